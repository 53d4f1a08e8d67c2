import { type DrawnRow, explainRule, type Submission } from '@madoguchi/procedure';
import {
  Button,
  ButtonRow,
  type FieldError,
  fill,
  formatDate,
  formatDay,
  glossary,
  H2,
  type LightState,
  Notice,
  P,
  Page,
  type PageProps,
  SummaryList,
  T,
  type Words,
  words,
} from '@madoguchi/ui';
import type { Child } from 'hono/jsx';
import type { AttachmentFinding } from '../attachments/inspect.js';
import type { ActionRow } from '../cases/actions.js';
import type { Duplicate } from '../cases/duplicates.js';
import type { CaseRow } from '../cases/queries.js';
import type { EarlierCase } from '../cases/same-person.js';
import { undecided } from '../cases/state.js';
import { worst } from '../verification/lights.js';
import type { VerificationRow } from '../verification/queries.js';
import { AttachmentList } from './attachments.js';
import { Changed } from './changed.js';
import type { ChangedRow } from './compare-drawn.js';
import { CopySection, type copyFields } from './copy-section.js';
import { type Decision, decisionsFor } from './decide.js';
import { DecisionForm } from './decision-form.js';
import { adviceWords, stateWords } from './decision-words.js';
import { DuplicatesSection } from './duplicates-section.js';
import { HistoryTable } from './history-table.js';
import { actorInWords } from './history-words.js';
import { LightBlock } from './light-block.js';
import type { Markable } from './markable.js';
import { type MatchQuestion, MatchSection } from './match-section.js';
import { pileLinks } from './queue-page.js';
import { type Act, may } from './roles.js';
import type { DeskSession } from './session.js';
import { previewWords, texts } from './texts.js';

export interface CaseProps {
  readonly look: Omit<PageProps, 'title'>;
  readonly desk: string;
  readonly session: DeskSession;
  readonly row: CaseRow;
  readonly title: Words | string;
  /** The application as the applicant saw it; absent where it cannot be read. */
  readonly drawn: readonly DrawnRow[] | undefined;
  readonly attachments: Submission['attachments'];
  /** What was found in each of them. */
  readonly findings: readonly (readonly AttachmentFinding[])[];
  readonly newest: VerificationRow | undefined;
  /** Of a one-stop application: its parts, which their offices decide. */
  readonly parts?: Child;
  /** 保留, or the way to it. */
  readonly pause: Child;
  /** Who signed with the applicant, or is still to sign. */
  readonly signers?: Child;
  readonly refusal: string | undefined;
  readonly actions: readonly ActionRow[];
  /** Of a corrected case: in what its two newest submissions differ. */
  readonly changed: readonly ChangedRow[] | undefined;
  readonly markables: readonly Markable[];
  /** What stands in the form of the decision. */
  readonly typed: { reason: string; marks: readonly string[]; until: string };
  readonly typedMatch: { matchReason: string; resident: string };
  readonly errors: readonly FieldError[];
  readonly fourEyes: boolean;
  /** A case can be exported as one file. */
  readonly bundles: boolean;
  /** Other open applications of the same person, where the procedure allows one. */
  readonly duplicates: readonly EarlierCase[];
  /** Applications that say the same as this one. */
  readonly twins: readonly Duplicate[];
  /** What may be copied into a core system, by field id. */
  readonly copy: ReturnType<typeof copyFields>;
  /** What there is to decide about 照合. */
  readonly match: MatchQuestion | undefined;
}

/** One application on the officer's desk. */
export function CasePage(props: CaseProps) {
  const { look, desk, row, newest, refusal } = props;
  const { register } = look.prefs;
  const address = `${desk}/cases/${row.receiptNumber}`;
  const when = (date: Date) => formatDate(date, register, { time: true });
  const isOpen = undecided.some((state) => state === row.state);
  // Only what the certificate bears out comes from the card; before that it is what somebody wrote.
  const isBorneOut = newest?.lights.signature.state === 'good' && newest.lights.identity.state === 'good';
  const fromCard = isBorneOut ? texts.fromCard : texts.asStated;
  return (
    <Page
      {...look}
      title={row.receiptNumber}
      wide
      errors={props.errors}
      nav={pileLinks(desk, undefined)}
      back={{ href: desk, label: texts.queue }}
    >
      <SummaryList
        rows={[
          { label: texts.procedure, value: props.title },
          { label: glossary.arrival, value: when(row.arrivedAt) },
          ...(row.dueOn === null ? [] : [{ label: texts.dueOn, value: formatDay(row.dueOn, register) }]),
          ...(row.correctBy === null
            ? []
            : [
                {
                  label: row.state === 'cosigning' ? texts.signBy : texts.correctBy,
                  value: formatDay(row.correctBy, register),
                },
              ]),
          { label: texts.state, value: stateWords[row.state] },
        ]}
      />
      <Assignee {...props} address={address} />
      {props.pause}
      {refusal === undefined ? null : <Refusal rule={refusal} />}
      {props.duplicates.length === 0 ? null : (
        <Notice kind="check">
          <P w={texts.duplicates} />
          <ul>
            {props.duplicates.map(({ receiptNumber, arrivedAt }) => (
              <li>
                <a href={`${props.desk}/cases/${receiptNumber}`}>{receiptNumber}</a> {when(arrivedAt)}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      <DuplicatesSection
        {...{ desk, address, register }}
        csrf={props.session.csrf}
        seen={props.actions.at(-1)?.seq ?? 0}
        found={props.twins}
        offer={
          !mayDo(props, 'decide')
            ? 'nothing'
            : row.state === 'duplicate'
              ? 'reopen'
              : isOpen
                ? 'close'
                : 'nothing'
        }
      />
      {newest === undefined ? (
        refusal === undefined ? (
          <Notice kind="info">
            <P w={row.erasedAt === null ? texts.notLooked : texts.erasedCase} />
          </Notice>
        ) : null
      ) : (
        <LightsSection {...props} address={address} newest={newest} />
      )}
      {props.match !== undefined &&
      mayDo(props, 'match') &&
      undecided.some((state) => state === row.state) ? (
        <MatchSection
          question={props.match}
          action={`${address}/match`}
          csrf={props.session.csrf}
          seen={props.actions.at(-1)?.seq ?? 0}
          typed={props.typedMatch}
        />
      ) : null}
      {props.parts}
      {props.signers}
      {props.changed === undefined ? null : <Changed changed={props.changed} />}
      <H2 w={props.changed === undefined ? texts.application : texts.asCorrected} id="application" />
      {props.drawn === undefined ? (
        <P w={texts.noApplication} />
      ) : (
        <SummaryList
          boxed
          rows={props.drawn.map(({ row: group, label, value, source }) => ({
            group,
            label,
            value,
            note: source === 'card' ? fromCard : undefined,
          }))}
        />
      )}
      {props.copy.length === 0 ? null : <CopySection fields={props.copy} register={register} />}
      <H2 w={texts.attachments} id="attachments" />
      {props.attachments.length === 0 ? <P w={texts.noAttachments} /> : null}
      <AttachmentList
        files={props.attachments.map((file, index) => ({ ...file, index }))}
        findings={props.findings}
        address={address}
      />
      <CaseDecision {...props} address={address} />
      <HistoryTable actions={props.actions} register={register} />
      {!mayDo(props, 'evidence') ? null : (
        <div class="button-row">
          {newest === undefined ? null : (
            <form method="post" action={`${address}/evidence`}>
              <Hidden {...props} />
              <Button label={texts.export} kind="secondary" />
            </form>
          )}
          {props.bundles ? (
            <form method="post" action={`${address}/bundle`}>
              <Hidden {...props} />
              <Button label={texts.exportBundle} kind="secondary" />
            </form>
          ) : null}
        </div>
      )}
    </Page>
  );
}

type Inside = CaseProps & { address: string };

/** Does this officer's role allow it, for this case's procedure? */
function mayDo({ session, row }: Pick<CaseProps, 'session' | 'row'>, act: Act): boolean {
  return may(session.grants, act, row.procedureId);
}

function Hidden({ session, actions }: Pick<CaseProps, 'session' | 'actions'>) {
  return (
    <>
      <input type="hidden" name="csrf" value={session.csrf} />
      <input type="hidden" name="seen" value={String(actions.at(-1)?.seq ?? 0)} />
    </>
  );
}

/** Who works on it, and the buttons to change that. */
function Assignee(props: Inside) {
  const { row, session, address } = props;
  if (!undecided.some((state) => state === row.state) || !mayDo(props, 'assign')) return null;
  const { assignedTo } = row;
  const isOthers = assignedTo !== null && assignedTo !== session.officer;
  const next = assignedTo === null ? 'take' : isOthers ? 'takeOver' : 'release';
  return (
    <form method="post" action={`${address}/assign`} id="assignee">
      <Hidden {...props} />
      {assignedTo === null ? null : isOthers ? (
        <Notice kind="check" title={texts.assignee}>
          <P w={fill(texts.worksOn, { officer: actorInWords(`officer:${assignedTo}`) })} />
        </Notice>
      ) : (
        <P w={texts.isYours} />
      )}
      <ButtonRow>
        <Button label={texts[next]} kind="secondary" name="assignment" value={next} />
      </ButtonRow>
    </form>
  );
}

function Refusal({ rule }: { rule: string }) {
  return (
    <Notice kind="bad" title={texts.refused}>
      <P w={explainRule(rule).what} />
    </Notice>
  );
}

function LightsSection(props: Inside & { newest: VerificationRow }) {
  const { newest, address, look } = props;
  const { lights } = newest;
  const when = formatDate(newest.at, look.prefs.register, { time: true, wareki: false });
  return (
    <section aria-label={words(glossary.check, look.prefs.register)}>
      <LightBlock id="signature" label={glossary.signature} light={lights.signature} />
      <LightBlock id="identity" label={glossary.matching} light={lights.identity} />
      <LightBlock id="validity" label={glossary.validity} light={lights.validity} />
      <Advice states={[lights.signature.state, lights.identity.state, lights.validity.state]} />
      <form method="post" action={`${address}/recheck`}>
        <Hidden {...props} />
        <P w={fill(texts.looked, { when, look: newest.seq })} quiet />
        {mayDo(props, 'recheck') ? <Button label={texts.recheck} kind="secondary" /> : null}
      </form>
    </section>
  );
}

const noticeKind = { good: 'good', check: 'check', bad: 'bad', pending: 'info' } as const;

function Advice({ states }: { states: readonly [LightState, LightState, LightState] }) {
  const state = worst(states);
  if (state === 'good') return null;
  const words = states[0] === 'bad' ? adviceWords.signature : adviceWords[state];
  return (
    <Notice kind={noticeKind[state]}>
      <P w={words} />
    </Notice>
  );
}

function CaseDecision(props: Inside) {
  const { row, address } = props;
  if (props.newest === undefined || !undecided.some((state) => state === row.state)) {
    return (
      <>
        <H2 w={texts.state} id="decide" />
        <P w={fill(texts.decided, { state: stateWords[row.state] })} />
        {props.actions.some(({ kind }) => kind === 'replied') ? (
          <p>
            <a href={`${address}/notice.pdf`} target="_blank" rel="noopener">
              <T w={texts.notice} />
            </a>
          </p>
        ) : null}
      </>
    );
  }
  const isOpen = (decision: Decision) =>
    props.parts === undefined || decision === 'correct' || decision === 'note' || row.state === 'cosigning';
  const offered = decisionsFor((act) => mayDo(props, act), props.fourEyes, isOpen);
  if (offered.length === 0) return null;
  return (
    <>
      <H2 w={texts.decide} id="decide" />
      <DecisionForm
        {...{ address, offered, session: props.session, markables: props.markables, typed: props.typed }}
        seen={props.actions.at(-1)?.seq ?? 0}
        asksCorrections={mayDo(props, 'correct')}
        register={props.look.prefs.register}
      >
        <p hidden={!mayDo(props, 'propose')}>
          {(['accepted', 'rejected'] as const).map((decision) => (
            <button
              class="button button-text"
              type="submit"
              formaction={`${address}/preview`}
              formtarget="_blank"
              name="preview"
              value={decision}
            >
              <T w={previewWords[decision]} />
            </button>
          ))}
        </p>
      </DecisionForm>
    </>
  );
}
