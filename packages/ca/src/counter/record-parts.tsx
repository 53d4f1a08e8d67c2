import type { AuditHead, AuditVerdict } from '@madoguchi/store';
import {
  Button,
  ButtonRow,
  fill,
  Notice,
  P,
  Select,
  StatusLight,
  TextInput,
  useWords,
  type Words,
} from '@madoguchi/ui';
import type { Child } from 'hono/jsx';
import { Frame } from './frame.js';
import type { CounterLook } from './look.js';
import { r } from './record-words.js';

/** What was asked for on a page of the record, as typed. */
type AskedRecord = Readonly<Record<'kind' | 'clerk' | 'from' | 'until', string>>;

/** The chain's verdict, against a head that stands elsewhere: in the list that is published. */
export interface Checked {
  readonly verdict: AuditVerdict;
  readonly head: AuditHead | undefined;
}

/** What both pages of the record have. */
export interface RecordLook {
  prefs: CounterLook;
  asked: AskedRecord;
  /** Address of the page with older rows. */
  older: string | undefined;
  /** What a walk along the audit chain found, where it was asked for. */
  checked: Checked | undefined;
}

/** A page of the record: the way to the other one, the filter, a table in `children`, and the way to older rows. */
export function RecordFrame(
  props: RecordLook & {
    at: 'acts' | 'people';
    title: Words;
    lead: Words;
    /** The filter's kinds, and what they are kinds of. */
    label: Words;
    kinds: readonly { readonly value: string; readonly label: Words }[];
    isEmpty: boolean;
    children: Child;
  },
) {
  const { prefs, asked, older, checked, at, title, lead, label, kinds, isEmpty, children } = props;
  return (
    <Frame prefs={prefs} path="/counter/record" title={title} lead={lead}>
      <RecordTabs at={at} />
      <CheckNotice checked={checked} />
      <RecordFilter path={paths[at]} asked={asked} label={label} kinds={kinds} />
      {isEmpty ? <P w={r.none} /> : children}
      {older === undefined ? null : <Button label={r.more} kind="secondary" href={older} />}
    </Frame>
  );
}

const paths = { acts: '/counter/record', people: '/counter/record/people' } as const;

/** What a walk along the audit chain found, in words. */
function CheckNotice({ checked }: { checked: Checked | undefined }) {
  if (checked === undefined) return null;
  const { verdict, head } = checked;
  if (!verdict.ok)
    return (
      <Notice kind="bad" live>
        <P w={fill(r.chainBad, { seq: verdict.seq.toString() })} />
      </Notice>
    );
  const end = `${verdict.head.hash.slice(0, 16)}…`;
  return (
    <Notice kind="good" live>
      <P w={fill(r.chainGood, { entries: String(verdict.entries), end })} />
      {head === undefined ? null : <P w={fill(r.chainHead, { seq: head.seq.toString() })} />}
    </Notice>
  );
}

/** Between the two pages of the record. */
function RecordTabs({ at }: { at: 'acts' | 'people' }) {
  return (
    <ButtonRow>
      {at === 'acts' ? (
        <Button label={r.toPeople} kind="secondary" href={paths.people} />
      ) : (
        <Button label={r.toActs} kind="secondary" href={paths.acts} />
      )}
    </ButtonRow>
  );
}

/** The filter of a page of the record, and the button that has the chain walked. */
function RecordFilter(props: {
  path: string;
  asked: AskedRecord;
  label: Words;
  kinds: readonly { readonly value: string; readonly label: Words }[];
}) {
  const { path, asked, label, kinds } = props;
  return (
    <form method="get" action={path} class="search">
      <Select
        name="kind"
        label={label}
        value={asked.kind}
        options={[{ value: '', label: r.all }, ...kinds]}
      />
      <TextInput name="clerk" label={r.clerk} value={asked.clerk} width="medium" autocomplete="off" />
      <TextInput name="from" label={r.fromDay} value={asked.from} width="medium" autocomplete="off" />
      <TextInput name="until" label={r.untilDay} value={asked.until} width="medium" autocomplete="off" />
      <ButtonRow>
        <Button label={r.show} />
        <Button label={r.check} kind="secondary" name="check" value="yes" />
      </ButtonRow>
    </form>
  );
}

/** Whether a row says what its entry in the chain says: one that does not was changed afterwards. */
export function ChainLight({ agrees, seq }: { agrees: boolean; seq: string }) {
  const text = useWords();
  const word = fill(agrees ? r.agrees : r.differs, { seq });
  return <StatusLight state={agrees ? 'good' : 'bad'} label={text(r.chain)} word={word} />;
}
