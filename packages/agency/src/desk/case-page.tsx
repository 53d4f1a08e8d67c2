import {
  Button,
  ButtonRow,
  fill,
  formatDate,
  formatDay,
  glossary,
  H2,
  Notice,
  P,
  Page,
  SummaryList,
  T,
} from '@madoguchi/ui';
import { AttachmentList } from './attachments.js';
import { CaseDecision } from './case-decision.js';
import { Looked, Matching, Refusal } from './case-lights.js';
import { type CaseProps, Hidden, isUndecided, mayDo, type SectionProps, seenIn } from './case-props.js';
import { Changed } from './changed.js';
import { CopySection } from './copy-section.js';
import { stateWords } from './decision-words.js';
import { DuplicatesSection } from './duplicates-section.js';
import { HistoryTable } from './history-table.js';
import { actorInWords } from './history-words.js';
import { pileLinks } from './queue-page.js';
import { texts } from './texts.js';

/** One application on the officer's desk. */
export function CasePage(props: CaseProps) {
  const { look, desk, row } = props;
  const { register } = look.prefs;
  const inside = { ...props, address: `${desk}/cases/${row.receiptNumber}` };
  return (
    <Page
      {...look}
      title={row.receiptNumber}
      wide
      errors={props.errors}
      nav={pileLinks(desk, undefined)}
      back={{ href: desk, label: texts.queue }}
    >
      <Facts {...inside} />
      <Assignee {...inside} />
      {props.pause}
      {props.refusal === undefined ? null : <Refusal rule={props.refusal} />}
      <EarlierCases {...inside} />
      <Twins {...inside} />
      <Looked {...inside} />
      <Matching {...inside} />
      {props.parts}
      {props.signers}
      {props.changed === undefined ? null : <Changed changed={props.changed} />}
      <Application {...inside} />
      <Attachments {...inside} />
      <CaseDecision {...inside} />
      <HistoryTable actions={props.actions} register={register} />
      <Exports {...inside} />
    </Page>
  );
}

/** What it is, since when, until when, and how it stands. */
function Facts({ row, title, look }: SectionProps) {
  const { register } = look.prefs;
  const day = (date: string) => formatDay(date, register);
  const answerBy = row.state === 'cosigning' ? texts.signBy : texts.correctBy;
  return (
    <SummaryList
      rows={[
        { label: texts.procedure, value: title },
        { label: glossary.arrival, value: formatDate(row.arrivedAt, register, { time: true }) },
        ...(row.dueOn === null ? [] : [{ label: texts.dueOn, value: day(row.dueOn) }]),
        ...(row.correctBy === null ? [] : [{ label: answerBy, value: day(row.correctBy) }]),
        { label: texts.state, value: stateWords[row.state] },
      ]}
    />
  );
}

/** Who works on it, and the buttons to change that. */
function Assignee(props: SectionProps) {
  const { row, session, address } = props;
  if (!isUndecided(props) || !mayDo(props, 'assign')) return null;
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

/** Other open applications of the same person, where the procedure allows one. */
function EarlierCases({ duplicates, desk, look }: SectionProps) {
  if (duplicates.length === 0) return null;
  return (
    <Notice kind="check">
      <P w={texts.duplicates} />
      <ul>
        {duplicates.map(({ receiptNumber, arrivedAt }) => (
          <li>
            <a href={`${desk}/cases/${receiptNumber}`}>{receiptNumber}</a>{' '}
            {formatDate(arrivedAt, look.prefs.register, { time: true })}
          </li>
        ))}
      </ul>
    </Notice>
  );
}

/** Applications that say the same, and what may be done about it. */
function Twins(props: SectionProps) {
  const { desk, address, row, look } = props;
  const possible = row.state === 'duplicate' ? 'reopen' : isUndecided(props) ? 'close' : 'nothing';
  return (
    <DuplicatesSection
      {...{ desk, address, register: look.prefs.register }}
      csrf={props.session.csrf}
      seen={seenIn(props)}
      found={props.twins}
      offer={mayDo(props, 'decide') ? possible : 'nothing'}
    />
  );
}

/** What the applicant wrote, as they saw it; and what of it goes into a core system. */
function Application({ newest, changed, drawn, copy, look, address }: SectionProps) {
  // Only what the certificate bears out comes from the card; before that it is what somebody wrote.
  const isBorneOut = newest?.lights.signature.state === 'good' && newest.lights.identity.state === 'good';
  const fromCard = isBorneOut ? texts.fromCard : texts.asStated;
  return (
    <>
      <H2 w={changed === undefined ? texts.application : texts.asCorrected} id="application" />
      {drawn === undefined ? (
        <P w={texts.noApplication} />
      ) : (
        <>
          <SummaryList
            boxed
            rows={drawn.map(({ row: group, label, value, source }) => ({
              group,
              label,
              value,
              note: source === 'card' ? fromCard : undefined,
            }))}
          />
          <p>
            <a href={`${address}/application.pdf`} target="_blank" rel="noopener">
              <T w={texts.onPaper} />
            </a>
          </p>
        </>
      )}
      {copy.length === 0 ? null : <CopySection fields={copy} register={look.prefs.register} />}
    </>
  );
}

function Attachments({ attachments, findings, address }: SectionProps) {
  return (
    <>
      <H2 w={texts.attachments} id="attachments" />
      {attachments.length === 0 ? <P w={texts.noAttachments} /> : null}
      <AttachmentList
        files={attachments.map((file, index) => ({ ...file, index }))}
        {...{ findings, address }}
      />
    </>
  );
}

/** The evidence and the whole case as files, for who may take them away. */
function Exports(props: SectionProps) {
  if (!mayDo(props, 'evidence')) return null;
  const { address } = props;
  return (
    <div class="button-row">
      {props.newest === undefined ? null : (
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
  );
}
