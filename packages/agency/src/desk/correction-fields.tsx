import { CheckboxGroup, Details, type Register, type Text, TextInput, words } from '@madoguchi/ui';
import type { Markable } from './markable.js';
import { texts } from './texts.js';

export interface CorrectionFieldsProps {
  readonly markables: readonly Markable[];
  readonly typed: { readonly marks: readonly string[]; readonly until: string };
  readonly register: Register;
}

/** What only a request for a correction uses: which items, until when. */
export function CorrectionFields({ markables, typed, register }: CorrectionFieldsProps) {
  if (markables.length === 0) return null;
  const say = (text: Text) => words(text, register);
  return (
    <Details summary={texts.marks} open={typed.marks.length > 0}>
      <CheckboxGroup
        name="mark"
        label={texts.marks}
        hint={texts.marksHint}
        values={typed.marks}
        options={markables.map(({ name, label, row, value }) => ({
          value: name,
          label: `${row === undefined ? '' : `${say(row)} `}${say(label)}`,
          hint: value ?? texts.nothing,
        }))}
      />
      <TextInput
        name="until"
        label={texts.correctBy}
        hint={texts.untilHint}
        width="medium"
        value={typed.until}
      />
    </Details>
  );
}
