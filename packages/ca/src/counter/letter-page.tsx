import { Button, ConfirmationPanel, P } from '@madoguchi/ui';
import type { CounterResident } from '../register/find.js';
import { a } from './act-words.js';
import { Frame } from './frame.js';
import type { CounterLook } from './look.js';

/** Where nothing can be printed here: a letter's number, shown once. */
export function LetterPage(props: { prefs: CounterLook; resident: CounterResident; number: string }) {
  const { prefs, resident, number } = props;
  const path = `/counter/residents/${resident.id}`;
  return (
    <Frame prefs={prefs} path={path} title={a.letterTitle} heading={false} back>
      <ConfirmationPanel title={a.letterTitle} reference={{ label: a.letterTitle, value: number }}>
        <P w={a.letterBody} />
      </ConfirmationPanel>
      <Button label={a.toResident} kind="secondary" href={path} />
    </Frame>
  );
}
