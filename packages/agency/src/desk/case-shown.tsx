/** The page of a case, put together from what is on record; and the two ways that a handler ends in it. */
import { drawApplication, type Submission } from '@madoguchi/procedure';
import type { FieldError } from '@madoguchi/ui';
import type { Context } from 'hono';
import type { attachmentInspector } from '../attachments/inspected.js';
import { type ActionRow, listActions } from '../cases/actions.js';
import { duplicatesOf } from '../cases/duplicates.js';
import { pausable, pauseOf } from '../cases/pause.js';
import { type CaseRow, findCase, findRefusal } from '../cases/queries.js';
import { openCasesOfSamePerson } from '../cases/same-person.js';
import { undecided } from '../cases/state.js';
import { submissionsRead } from '../cases/submissions-read.js';
import { matchQuestion } from '../links/question.js';
import { hasParts, readParts } from '../parts/case-parts.js';
import { DeskParts } from '../parts/desk-section.js';
import { DeskSigners } from '../signers/desk-section.js';
import { asksSigners, readSigning } from '../signers/signing.js';
import { mandateOf } from '../signers/standing.js';
import { latestVerification, lightsOfSigners } from '../verification/queries.js';
import { CasePage } from './case-page.js';
import type { CaseProps } from './case-props.js';
import { compareDrawn } from './compare-drawn.js';
import { copyFields } from './copy-section.js';
import { defaultUntil } from './correction-input.js';
import { markables } from './markable.js';
import { PauseSection } from './pause-section.js';
import { type DeskPlace, type Env, lookOf } from './place.js';
import { may } from './roles.js';

/** The desk with what looks into the files of its applications. */
export interface CasePlace extends DeskPlace {
  readonly inspect: ReturnType<typeof attachmentInspector>;
}

/** What the page shows besides the case: what was wrong, and what was typed into the form that was posted. */
interface Shown {
  errors?: readonly FieldError[];
  decision?: CaseProps['typed'];
  match?: CaseProps['typedMatch'];
  pause?: { reason: string; until: string };
  /** When it is neither 200 nor, with errors, 422. */
  status?: 403;
}

/** The case's page; with errors as 422. */
export async function showCase(
  c: Context<Env>,
  place: CasePlace,
  row: CaseRow,
  shown: Shown = {},
): Promise<Response> {
  const page = <CasePage {...(await caseProps(c, place, row, shown))} />;
  return c.html(page, shown.status ?? (shown.errors === undefined ? 200 : 422));
}

/** The same after an act that failed: of the case as it is by now. */
export async function showNewest(
  c: Context<Env>,
  place: CasePlace,
  row: CaseRow,
  shown: Shown,
): Promise<Response> {
  const newest = await findCase(place.sql, place.agency.code, row.receiptNumber);
  return showCase(c, place, newest ?? row, shown);
}

/** After an act that was done: the page anew, so that loading it again does nothing twice. */
export function backToCase(c: Context<Env>, { desk }: CasePlace, { receiptNumber }: CaseRow): Response {
  return c.redirect(`${desk}/cases/${receiptNumber}`, 303);
}

async function caseProps(c: Context<Env>, place: CasePlace, row: CaseRow, shown: Shown): Promise<CaseProps> {
  const { sql, agency, clock, desk } = place;
  const { receiptNumber } = row;
  const [submissions, newest, refusal, actions] = await Promise.all([
    submissionsRead(sql, agency.code, receiptNumber),
    latestVerification(sql, agency.code, receiptNumber),
    row.state === 'refused' ? findRefusal(sql, agency.code, receiptNumber) : undefined,
    listActions(sql, agency.code, receiptNumber),
  ]);
  const submission = submissions.at(-1);
  const look = lookOf(c, place);
  const until = shown.decision?.until ?? '';
  return {
    look: { ...look, path: c.req.method === 'GET' ? look.path : `${desk}/cases/${receiptNumber}` },
    ...{ desk, row, newest, refusal, actions },
    session: c.get('session'),
    ...applicationProps(submissions),
    title: titleOf(place, row, submission),
    findings: await place.inspect(submission?.attachments ?? []),
    parts: await partsSection(c, place, row, submission),
    pause: pauseSection(c, place, row, actions, shown),
    signers: await signersSection(c, place, row),
    typed: {
      reason: shown.decision?.reason ?? '',
      marks: shown.decision?.marks ?? [],
      until: until === '' ? defaultUntil(clock()) : until,
    },
    typedMatch: shown.match ?? { matchReason: '', resident: '' },
    match: await matchQuestion(sql, agency.code, newest?.lights, submission?.application.applicant),
    errors: shown.errors ?? [],
    fourEyes: place.fourEyes ?? false,
    bundles: place.archive !== undefined,
    twins: await duplicatesOf(sql, agency.code, receiptNumber, agency.duplicateDays),
    duplicates:
      submission?.definition.oneOpenPerPerson === true && undecided.some((state) => state === row.state)
        ? await openCasesOfSamePerson(sql, agency.code, receiptNumber)
        : [],
  };
}

/** What the newest of these submissions says, and in what it differs from the one before. */
function applicationProps(
  submissions: readonly Submission[],
): Pick<CaseProps, 'drawn' | 'changed' | 'markables' | 'attachments' | 'copy'> {
  const submission = submissions.at(-1);
  const drawn = submissions.map(
    ({ definition, application, cosigned }) => drawApplication(definition, application, cosigned).rows,
  );
  return {
    drawn: drawn.at(-1),
    changed: drawn[0] && drawn[1] && compareDrawn(drawn[0], drawn[1]),
    markables: submission === undefined ? [] : markables(submission.definition, submission.application),
    attachments: submission?.attachments ?? [],
    copy: submission === undefined ? [] : copyFields(submission.application, drawn.at(-1) ?? []),
  };
}

/** As the application itself calls the procedure; where it cannot be read, as it is called today. */
function titleOf({ procedures }: CasePlace, { procedureId }: CaseRow, submission: Submission | undefined) {
  const known = procedures.find(({ definition }) => definition.id === procedureId);
  return submission?.definition.title ?? known?.definition.title ?? procedureId ?? '';
}

/** Of a one-stop application: how far each office is. */
async function partsSection(
  c: Context<Env>,
  place: CasePlace,
  { receiptNumber }: CaseRow,
  submission: Submission | undefined,
) {
  const { sql, agency, desk } = place;
  if (!(await hasParts(sql, agency.code, receiptNumber)) || submission === undefined) return undefined;
  return (
    <DeskParts
      progress={(await readParts(sql, agency.code, receiptNumber))?.progress ?? []}
      register={lookOf(c, place).prefs.register}
      address={`${desk}/parts/${receiptNumber}`}
    />
  );
}

function pauseSection(
  c: Context<Env>,
  place: CasePlace,
  row: CaseRow,
  actions: readonly ActionRow[],
  shown: Shown,
) {
  const { csrf, grants } = c.get('session');
  return (
    <PauseSection
      address={`${place.desk}/cases/${row.receiptNumber}`}
      csrf={csrf}
      seen={actions.at(-1)?.seq ?? 0}
      pause={pauseOf(row, actions)}
      mayPause={may(grants, 'correct', row.procedureId) && pausable.includes(row.state)}
      typed={shown.pause ?? { reason: '', until: '' }}
      register={lookOf(c, place).prefs.register}
    />
  );
}

/** Who signs with the applicant, where somebody must. */
async function signersSection(c: Context<Env>, place: CasePlace, { receiptNumber }: CaseRow) {
  const { sql, agency, clock, desk } = place;
  if (!(await asksSigners(sql, agency.code, receiptNumber))) return undefined;
  const signing = await readSigning(sql, agency.code, receiptNumber);
  if (signing === undefined) return undefined;
  return (
    <DeskSigners
      {...{ desk, signing }}
      register={lookOf(c, place).prefs.register}
      lights={await lightsOfSigners(sql, agency.code, signing)}
      mandate={await mandateOf(sql, agency.code, receiptNumber, clock(), signing)}
    />
  );
}
