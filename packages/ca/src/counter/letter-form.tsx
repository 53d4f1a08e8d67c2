import { Button, CheckboxGroup, Details, fill, formatDate, Notice, P } from '@madoguchi/ui';
import { a } from './act-words.js';
import type { ActKind } from './acts.js';
import type { CounterLook } from './look.js';

export const letterKinds = ['issue', 'renew', 'pin'] as const satisfies readonly ActKind[];

export const letterKindWords = { issue: a.letterIssue, renew: a.letterRenew, pin: a.letterPin } as const;

interface LetterProps {
  path: string;
  csrf: string;
  prefs: CounterLook;
  letter: { readonly sentAt: Date; readonly until: Date } | undefined;
  /** How long a letter made now is good. */
  days: number;
}

/** A letter of inquiry, for an agent who will come: it is printed at once, with its number, which stands nowhere else. */
export function LetterForm({ path, csrf, prefs, letter, days }: LetterProps) {
  const day = (at: Date) => formatDate(at, prefs.register);
  return (
    <Details summary={a.moreTitle}>
      {letter === undefined ? null : (
        <Notice
          kind="check"
          title={fill(a.letterOpen, { sent: day(letter.sentAt), until: day(letter.until) })}
        />
      )}
      <P w={fill(a.letterNote, { days: String(days) })} />
      <form method="post" action={`${path}/letter`} target="_blank" rel="noopener">
        <input type="hidden" name="csrf" value={csrf} />
        <CheckboxGroup
          name="kinds"
          label={a.letterKinds}
          required
          values={[...letterKinds]}
          options={letterKinds.map((kind) => ({ value: kind, label: letterKindWords[kind] }))}
        />
        <Button label={a.sendLetter} kind="secondary" />
      </form>
    </Details>
  );
}
