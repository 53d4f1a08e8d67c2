import type { AuditHead, AuditVerdict } from '@madoguchi/store';
import {
  Button,
  ButtonRow,
  fill,
  formatDate,
  Notice,
  P,
  Select,
  StatusLight,
  T,
  Table,
  TextInput,
  useWords,
  type Words,
} from '@madoguchi/ui';
import { findMunicipality } from '../places.js';
import { Frame } from './frame.js';
import type { CounterLook } from './look.js';
import type { RecordedAct } from './record.js';
import { actKinds } from './record-act.js';
import { actKindWords, evidenceLabel, presenterLabel, r, reasonLabel, stateWords } from './record-words.js';

interface RecordProps {
  prefs: CounterLook;
  acts: readonly RecordedAct[];
  /** What was asked for, as typed. */
  asked: Readonly<Record<'kind' | 'clerk' | 'from' | 'until', string>>;
  /** Address of the page with older acts. */
  older: string | undefined;
  /** What a walk along the audit chain found, where it was asked for. */
  checked: Checked | undefined;
}

/** The chain's verdict, against a head that stands elsewhere: in the list that is published. */
export interface Checked {
  readonly verdict: AuditVerdict;
  readonly head: AuditHead | undefined;
}

/** What a walk along the audit chain found, in words. */
export function CheckNotice({ checked }: { checked: Checked | undefined }) {
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
export function RecordTabs({ at }: { at: 'acts' | 'people' }) {
  return (
    <ButtonRow>
      {at === 'acts' ? (
        <Button label={r.toPeople} kind="secondary" href="/counter/record/people" />
      ) : (
        <Button label={r.toActs} kind="secondary" href="/counter/record" />
      )}
    </ButtonRow>
  );
}

/** Who did what, why and on what evidence: for the auditor, and the supervisor of a place. */
export function RecordPage({ prefs, acts, asked, older, checked }: RecordProps) {
  return (
    <Frame prefs={prefs} path="/counter/record" title={r.title} lead={r.lead}>
      <RecordTabs at="acts" />
      <CheckNotice checked={checked} />
      <form method="get" action="/counter/record">
        <Select
          name="kind"
          label={r.kind}
          value={asked.kind}
          options={[
            { value: '', label: r.all },
            ...actKinds.map((kind) => ({ value: kind, label: actKindWords[kind] })),
          ]}
        />
        <TextInput name="clerk" label={r.clerk} value={asked.clerk} width="medium" autocomplete="off" />
        <TextInput name="from" label={r.fromDay} value={asked.from} width="medium" autocomplete="off" />
        <TextInput name="until" label={r.untilDay} value={asked.until} width="medium" autocomplete="off" />
        <ButtonRow>
          <Button label={r.show} />
          <Button label={r.check} kind="secondary" name="check" value="yes" />
        </ButtonRow>
      </form>
      {acts.length === 0 ? (
        <P w={r.none} />
      ) : (
        <Table
          id="acts"
          caption={r.title}
          stack
          head={[r.number, r.clerk, r.what, r.why, r.evidence, r.chain]}
          rows={acts.map((act) => [
            <Lines of={[act.number, formatDate(act.at, prefs.register, { time: true })]} />,
            <Lines of={[act.clerk, findMunicipality(act.municipality)?.name ?? act.municipality]} />,
            <Lines of={whatOf(act)} />,
            <Lines
              of={[reasonLabel(act.kind, act.reason), presenterLabel(act.presenter), ...personOf(act)]}
            />,
            <Lines of={act.evidence.map(evidenceLabel)} />,
            <Chain act={act} />,
          ])}
        />
      )}
      {older === undefined ? null : <Button label={r.more} kind="secondary" href={older} />}
    </Frame>
  );
}

function whatOf(act: RecordedAct): (Words | string)[] {
  return [
    actKindWords[act.kind],
    stateWords[act.state] ?? act.state,
    ...(act.revoked > 0 ? [fill(r.revoked, { count: act.revoked })] : []),
    ...(act.rule === undefined ? [] : [act.rule]),
    ...(act.consent.includes('clerk') ? [fill(r.consent, { who: r.byClerk })] : []),
    ...(act.consent.includes('applicant') ? [fill(r.consent, { who: r.byApplicant })] : []),
  ];
}

function personOf(act: RecordedAct): Words[] {
  return act.person === undefined ? [] : [fill(r.person, { number: act.person })];
}

function Lines({ of }: { of: readonly (Words | string)[] }) {
  const shown = of.filter((one) => one !== '');
  return (
    <>
      {shown.map((one, index) => (
        <>
          {index === 0 ? null : <br />}
          <T w={one} />
        </>
      ))}
    </>
  );
}

/** An act whose row says something else than its entry in the chain was changed afterwards. */
function Chain({ act }: { act: RecordedAct }) {
  const text = useWords();
  if (act.agrees === undefined) return <T w={r.untied} />;
  const word = fill(act.agrees ? r.agrees : r.differs, { seq: act.entry ?? '' });
  return <StatusLight state={act.agrees ? 'good' : 'bad'} label={text(r.chain)} word={word} />;
}
