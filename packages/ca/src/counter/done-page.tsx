import { Button, ButtonRow, ConfirmationPanel, Notice, P, type Words } from '@madoguchi/ui';
import { a } from './act-words.js';
import type { Act } from './acts.js';
import { Frame } from './frame.js';
import type { CounterLook } from './look.js';

/** The end of an act, for the clerk. */
export function DonePage(props: { prefs: CounterLook; act: Act; hasCopy: boolean; why?: Words }) {
  const { prefs, act, hasCopy, why } = props;
  const path = `/counter/acts/${act.id}`;
  const resident = (
    <Button label={a.toResident} kind="secondary" href={`/counter/residents/${act.resident}`} />
  );
  if (act.state === 'working')
    return (
      <Frame prefs={prefs} path={path} title={a.working} back>
        <Notice kind="check" title={a.working}>
          <P w={a.workingBody} />
        </Notice>
        <ButtonRow>{resident}</ButtonRow>
      </Frame>
    );
  if (act.state !== 'done') {
    return (
      <Frame prefs={prefs} path={path} title={a.failed} back>
        <Notice kind="bad" title={a.failed}>
          {why === undefined ? null : <P w={why} />}
          <P w={a.failedBody} />
        </Notice>
        <ButtonRow>{resident}</ButtonRow>
      </Frame>
    );
  }
  const title = act.kind === 'pin' ? a.donePin : a.doneIssue;
  return (
    <Frame prefs={prefs} path={path} title={title} heading={false} back>
      <ConfirmationPanel title={title}>
        <P w={act.kind === 'pin' ? a.donePinBody : a.doneBody} />
      </ConfirmationPanel>
      <ButtonRow>
        {hasCopy ? <Button label={a.copy} href={`${path}/copy.pdf`} /> : null}
        {resident}
      </ButtonRow>
    </Frame>
  );
}
