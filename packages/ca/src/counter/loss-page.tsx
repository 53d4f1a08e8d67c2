import {
  Button,
  ButtonRow,
  ConfirmationPanel,
  type FieldError,
  fill,
  H2,
  Notice,
  P,
  RadioGroup,
  SummaryList,
  TextInput,
} from '@madoguchi/ui';
import { a } from './act-words.js';
import { Frame } from './frame.js';
import type { CounterLook } from './look.js';
import { callers } from './loss.js';
import { loss, lossKindWords } from './loss-words.js';
import { questions } from './questions.js';

const path = '/counter/loss';

export type TypedCall = Readonly<Record<string, string>>;

interface CallProps {
  prefs: CounterLook;
  csrf: string;
  typed?: TypedCall;
  errors?: readonly FieldError[];
}

const callerWords = { self: a.self, guardian: a.guardian, family: loss.family } as const;

/** The questions of the loss line. Nothing of the register stands here. */
export function LossPage({ prefs, csrf, typed = {}, errors = [] }: CallProps) {
  return (
    <Frame prefs={prefs} path={path} title={loss.title} lead={loss.lead} errors={errors}>
      <form method="post" action={path} autocomplete="off">
        <input type="hidden" name="csrf" value={csrf} />
        <RadioGroup
          name="kind"
          label={loss.what}
          required
          value={typed.kind ?? 'lost'}
          options={(['lost', 'stolen'] as const).map((kind) => ({ value: kind, label: lossKindWords[kind] }))}
        />
        <RadioGroup
          name="presenter"
          label={loss.caller}
          required
          value={typed.presenter ?? 'self'}
          options={callers.map((caller) => ({ value: caller, label: callerWords[caller] }))}
        />
        {questions.map(({ id, label, hint }) => (
          <TextInput
            name={id}
            label={label}
            {...(hint === undefined ? {} : { hint })}
            required={id !== 'kana'}
            value={typed[id]}
            maxLength={200}
            autocomplete="off"
            {...(id === 'birth' ? { inputmode: 'numeric' as const, width: 'medium' as const } : {})}
          />
        ))}
        <Button label={loss.check} />
      </form>
    </Frame>
  );
}

/** What was typed, to be read once more before what cannot be taken back. */
function Call({ typed }: { typed: TypedCall }) {
  const kind = (['lost', 'stolen'] as const).find((one) => one === typed.kind);
  const caller = callers.find((one) => one === typed.presenter);
  return (
    <>
      <H2 w={loss.call} />
      <SummaryList
        rows={[
          ...(kind === undefined ? [] : [{ label: loss.what, value: lossKindWords[kind] }]),
          ...(caller === undefined ? [] : [{ label: loss.caller, value: callerWords[caller] }]),
          ...questions.flatMap(({ id, label }) => {
            const value = typed[id] ?? '';
            return value === '' ? [] : [{ label, value: <>{value}</> }];
          }),
        ]}
      />
    </>
  );
}

/** All answers fit: what a hold means, and the button. Still nothing of the register but how many certificates there are. */
export function LossFoundPage(props: CallProps & { living: number }) {
  const { prefs, csrf, typed = {}, living } = props;
  return (
    <Frame prefs={prefs} path={path} title={loss.title}>
      <Notice kind="good" title={loss.fits}>
        <P w={living === 0 ? loss.none : fill(loss.living, { count: living })} />
      </Notice>
      <Call typed={typed} />
      <form method="post" action={`${path}/hold`} autocomplete="off">
        <input type="hidden" name="csrf" value={csrf} />
        {Object.entries(typed).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <ButtonRow>
          {living === 0 ? null : <Button label={loss.hold} kind="danger" />}
          <Button label={loss.again} kind="secondary" href={path} />
        </ButtonRow>
      </form>
    </Frame>
  );
}

/** The reference that the caller is told. */
export function LossDonePage({ prefs, number }: { prefs: CounterLook; number: string }) {
  return (
    <Frame prefs={prefs} path={path} title={loss.doneTitle} heading={false}>
      <ConfirmationPanel title={loss.doneTitle} reference={{ label: loss.number, value: number }}>
        <P w={loss.doneBody} />
      </ConfirmationPanel>
      <Button label={loss.again} kind="secondary" href={path} />
    </Frame>
  );
}
