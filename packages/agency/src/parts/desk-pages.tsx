import { type DrawnRow, markText, type Submission } from '@madoguchi/procedure';
import {
  type FieldError,
  fill,
  formatDate,
  formatDay,
  glossary,
  H2,
  P,
  Page,
  type PageProps,
  StatusLight,
  SummaryList,
  T,
  Table,
} from '@madoguchi/ui';
import type { AttachmentFinding } from '../attachments/inspect.js';
import type { ActionRow } from '../cases/actions.js';
import type { CaseRow } from '../cases/queries.js';
import { AttachmentList } from '../desk/attachments.js';
import { type Decision, decisionsFor } from '../desk/decide.js';
import { DecisionForm } from '../desk/decision-form.js';
import { HistoryTable } from '../desk/history-table.js';
import { LightBlock } from '../desk/light-block.js';
import { LightSigns } from '../desk/light-signs.js';
import type { Markable } from '../desk/markable.js';
import type { Act } from '../desk/roles.js';
import type { DeskSession } from '../desk/session.js';
import { texts as deskTexts } from '../desk/texts.js';
import { LeaveDesk, whoIs } from '../desk/who.js';
import type { LoadedProcedure } from '../options.js';
import type { VerificationRow } from '../verification/queries.js';
import type { PartProgress } from './progress.js';
import { type PartPile, type PartRow, partPiles } from './queries.js';
import { PartsTable } from './table.js';
import { partStateWords, pileWords, texts } from './texts.js';

type Look = Omit<PageProps, 'title'>;

interface PartsQueueProps {
  look: Look;
  desk: string;
  session: DeskSession;
  /** May officers log in by card? */
  cards: boolean;
  pile: PartPile;
  counts: Record<PartPile, number>;
  rows: readonly PartRow[];
  procedures: readonly LoadedProcedure[];
  back: PageProps['back'];
}

/** An office's own queue: its parts of one-stop applications, the nearest day first. */
export function PartsQueuePage(props: PartsQueueProps) {
  const { look, desk, pile, counts, rows, procedures } = props;
  const { register } = look.prefs;
  const definitionOf = (row: PartRow) =>
    procedures.find(({ definition }) => definition.id === row.procedureId)?.definition;
  const partOf = (row: PartRow) => definitionOf(row)?.parts?.find(({ id }) => id === row.part);
  const nav = partPiles.map((one) => ({
    href: `${desk}/parts?pile=${one}`,
    label: fill(
      { ja: '{pile} {count}', jaEasy: '{pile} {count}', en: '{pile} {count}' },
      { pile: pileWords[one], count: counts[one] },
    ),
    current: one === pile,
  }));
  return (
    <Page
      {...look}
      title={texts.title}
      lead={texts.lead}
      wide
      nav={nav}
      {...(props.back ? { back: props.back } : {})}
    >
      <p>
        <T w={fill(deskTexts.role, { officer: whoIs(props.session) })} />
        {props.cards ? (
          <>
            {' ・ '}
            <a href={`${desk}/card`}>
              <T w={deskTexts.registerLink} />
            </a>
          </>
        ) : null}
      </p>
      {rows.length === 0 ? (
        <P w={texts.empty} />
      ) : (
        <Table
          id="office-parts"
          stack
          caption={pileWords[pile]}
          head={[
            glossary.receiptNumber,
            texts.part,
            texts.authority,
            texts.applicant,
            texts.due,
            texts.lights,
            texts.state,
          ]}
          rows={rows.map((row) => [
            <a class="nowrap" href={`${desk}/parts/${row.receiptNumber}/${row.part}`}>
              {row.receiptNumber}
            </a>,
            partOf(row)?.title ?? row.part,
            partOf(row)?.authority ?? row.office,
            <span class="nowrap">{markText(row.applicantName ?? '')}</span>,
            row.dueOn === null ? '' : formatDay(row.dueOn, register, { wareki: false }),
            row.lights === null ? '' : <LightSigns lights={row.lights} />,
            partStateWords[row.state],
          ])}
        />
      )}
      <LeaveDesk desk={desk} session={props.session} />
    </Page>
  );
}

export interface PartPageProps {
  look: Look;
  desk: string;
  session: DeskSession;
  row: CaseRow;
  submission: Submission;
  mine: PartProgress;
  progress: readonly PartProgress[];
  drawn: readonly DrawnRow[];
  attachments: readonly { index: number; name: string; bytes: Uint8Array }[];
  /** What was found in each of them. */
  findings: readonly (readonly AttachmentFinding[])[];
  newest: VerificationRow | undefined;
  /** May this office see the evidence of the lights? */
  withEvidence: boolean;
  actions: readonly ActionRow[];
  markables: readonly Markable[];
  seen: number;
  mayDo(act: Act): boolean;
  /** May this officer see the whole application? */
  whole: boolean;
  fourEyes: boolean;
  typed: { reason: string; marks: readonly string[]; until: string };
  errors: readonly FieldError[];
}

/** One part on its office's desk: what the office needs to know, where the others stand, and its own decision. */
export function PartPage(props: PartPageProps) {
  const { look, desk, row, submission, mine, newest } = props;
  const { register } = look.prefs;
  const { part } = mine;
  const address = `${desk}/parts/${row.receiptNumber}/${part.id}`;
  const day = (date: string) => formatDay(date, register);
  return (
    <Page
      {...look}
      title={row.receiptNumber}
      lead={part.title}
      wide
      errors={props.errors}
      back={{ href: `${desk}/parts`, label: texts.title }}
    >
      <SummaryList
        rows={[
          { label: texts.procedure, value: submission.definition.title },
          { label: texts.authority, value: part.authority },
          { label: glossary.arrival, value: formatDate(row.arrivedAt, register, { time: true }) },
          ...(mine.dueOn === undefined ? [] : [{ label: texts.due, value: day(mine.dueOn) }]),
          { label: texts.state, value: partStateWords[mine.state] },
        ]}
      />
      {props.whole ? (
        <p>
          <a href={`${desk}/cases/${row.receiptNumber}`}>
            <T w={texts.whole} />
          </a>
        </p>
      ) : null}
      {newest === undefined ? <P w={deskTexts.notLooked} /> : <PartLights {...props} newest={newest} />}
      <H2 w={texts.seen} id="application" />
      <P w={texts.seenNote} quiet />
      <SummaryList
        boxed
        rows={props.drawn.map(({ row: group, label, value }) => ({ group, label, value }))}
      />
      <AttachmentList files={props.attachments} findings={props.findings} address={address} />
      <H2 w={texts.others} id="parts-title" />
      <PartsTable progress={props.progress} register={register} withReasons={false} />
      <PartDecision {...props} address={address} />
      <HistoryTable actions={props.actions} register={register} />
    </Page>
  );
}

function PartLights({ newest, withEvidence }: PartPageProps & { newest: VerificationRow }) {
  const { signature, identity, validity } = newest.lights;
  const labels = [
    { id: 'signature', label: glossary.signature, light: signature },
    { id: 'identity', label: glossary.matching, light: identity },
    { id: 'validity', label: glossary.validity, light: validity },
  ];
  if (withEvidence) return <section>{labels.map((each) => LightBlock(each))}</section>;
  return (
    <section>
      {labels.map(({ id, label, light }) => (
        <p id={`light-${id}`} data-state={light.state}>
          <StatusLight state={light.state} label={label} />
        </p>
      ))}
      <P w={texts.hiddenEvidence} quiet />
    </section>
  );
}

function PartDecision(props: PartPageProps & { address: string }) {
  const { mine, session, mayDo, row, address, seen } = props;
  const isOver = ['accepted', 'rejected', 'ended'].includes(mine.state);
  const isOpen = (decision: Decision) =>
    mine.state === 'waiting' || decision === 'note' || (mine.state === 'blocked' && decision === 'correct');
  const offered = decisionsFor(mayDo, props.fourEyes, isOpen);
  return (
    <>
      <H2 w={texts.decide} id="decide" />
      {mine.state === 'waiting' && row.state !== 'cosigning' ? null : (
        <P w={fill(texts.decided, { state: partStateWords[mine.state] })} />
      )}
      {isOver || offered.length === 0 ? null : (
        <DecisionForm
          {...{ address, session, offered, seen, markables: props.markables, typed: props.typed }}
          asksCorrections={offered.includes('correct')}
          register={props.look.prefs.register}
        />
      )}
    </>
  );
}
