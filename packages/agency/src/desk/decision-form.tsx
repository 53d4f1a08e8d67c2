import { Button, ButtonRow, TextInput } from '@madoguchi/ui';
import type { Child } from 'hono/jsx';
import { CorrectionFields, type CorrectionFieldsProps } from './correction-fields.js';
import { type Decision, REASON_LIMIT } from './decide.js';
import { decisionWords } from './decision-words.js';
import type { DeskSession } from './session.js';
import { texts } from './texts.js';

const buttonKind: Record<Decision, 'primary' | 'secondary' | 'danger' | 'text'> = {
  accept: 'primary',
  proposeAccept: 'primary',
  correct: 'secondary',
  reject: 'danger',
  proposeReject: 'danger',
  note: 'text',
};

interface DecisionFormProps extends Omit<CorrectionFieldsProps, 'typed'> {
  /** Path of the case, or of the part that is decided. */
  readonly address: string;
  readonly session: DeskSession;
  /** The newest action that the officer has before their eyes. */
  readonly seen: number;
  /** What this officer may decide now. */
  readonly offered: readonly Decision[];
  readonly asksCorrections: boolean;
  readonly typed: CorrectionFieldsProps['typed'] & { readonly reason: string };
  /** What stands below the buttons. */
  readonly children?: Child;
}

/** The reason, what is to be corrected, and a button for each decision. */
export function DecisionForm(props: DecisionFormProps) {
  const { address, typed } = props;
  return (
    <form method="post" action={`${address}/decision`}>
      <input type="hidden" name="csrf" value={props.session.csrf} />
      <input type="hidden" name="seen" value={String(props.seen)} />
      <TextInput
        name="reason"
        label={texts.reason}
        hint={texts.reasonHint}
        rows={4}
        maxLength={REASON_LIMIT}
        value={typed.reason}
      />
      {props.asksCorrections ? (
        <CorrectionFields markables={props.markables} typed={typed} register={props.register} />
      ) : null}
      <ButtonRow>
        {props.offered.map((decision) => (
          <Button
            label={decisionWords[decision]}
            kind={buttonKind[decision]}
            name="decision"
            value={decision}
          />
        ))}
      </ButtonRow>
      {props.children}
    </form>
  );
}
