import { fill, formatDate, T, Table, type Words } from '@madoguchi/ui';
import { findMunicipality } from '../places.js';
import type { RecordedAct } from './record.js';
import { actKinds } from './record-act.js';
import { ChainLight, RecordFrame, type RecordLook } from './record-parts.js';
import {
  actKindWords,
  evidenceLabel,
  presenterLabel,
  r,
  reasonLabel,
  stateWords,
  stoppedLabel,
} from './record-words.js';

/** Who did what, why and on what evidence: for the auditor, and the supervisor of a place. */
export function RecordPage({ acts, ...look }: RecordLook & { acts: readonly RecordedAct[] }) {
  return (
    <RecordFrame
      {...look}
      {...{ at: 'acts', title: r.title, lead: r.lead, label: r.kind }}
      kinds={actKinds.map((kind) => ({ value: kind, label: actKindWords[kind] }))}
      isEmpty={acts.length === 0}
    >
      <Table
        id="acts"
        caption={r.title}
        headed
        stack
        head={[r.number, r.clerk, r.what, r.why, r.evidence, r.chain]}
        rows={acts.map((act) => [
          <Lines of={[act.number, formatDate(act.at, look.prefs.register, { time: true })]} />,
          <span class="nowrap">
            <Lines of={[act.clerk, findMunicipality(act.municipality)?.name ?? act.municipality]} />
          </span>,
          <Lines of={whatOf(act)} />,
          <Lines of={[reasonLabel(act.kind, act.reason), presenterLabel(act.presenter), ...personOf(act)]} />,
          <Lines of={act.evidence.map(evidenceLabel)} />,
          act.agrees === undefined ? (
            <T w={r.untied} />
          ) : (
            <ChainLight agrees={act.agrees} seq={act.entry ?? ''} />
          ),
        ])}
      />
    </RecordFrame>
  );
}

function whatOf(act: RecordedAct): (Words | string)[] {
  return [
    actKindWords[act.kind],
    stateWords[act.state] ?? act.state,
    ...(act.revoked > 0 ? [fill(r.revoked, { count: act.revoked })] : []),
    ...(act.rule === undefined ? [] : [stoppedLabel(act.rule)]),
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
