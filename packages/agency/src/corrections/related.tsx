/** What a reader may answer an earlier application with now: its correction or its withdrawal, and how the form of each is drawn. */
import {
  type Application,
  type ProcedureDefinition,
  type Relation,
  readSubmission,
  type Submission,
  sha256Hex,
} from '@madoguchi/procedure';
import { type FieldError, japaneseDay } from '@madoguchi/ui';
import type { Context } from 'hono';
import type { CaseRow } from '../cases/queries.js';
import { undecided } from '../cases/state.js';
import { readSubmissionOf, submissionsOf } from '../cases/submissions.js';
import { island } from '../forms/island.js';
import { pageLook } from '../forms/look.js';
import { type Typed, typedOf } from '../forms/typed.js';
import type { LoadedProcedure, ReceptionOptions } from '../options.js';
import { readersCase } from '../receipts/access.js';
import { mandateFault, mandateOf, type Power } from '../signers/standing.js';
import { askedCorrection } from './asked.js';
import { CorrectionPage, NotNowPage, WithdrawalPage } from './page.js';
import type { texts } from './texts.js';

/** What a reader sees of a page that this module draws. */
interface Shown {
  typed?: Typed;
  errors?: FieldError[];
  checked?: boolean;
}

/** A form that answers an earlier application: whose, with what, and how it is drawn. */
export interface Related {
  row: CaseRow;
  procedure: LoadedProcedure;
  kind: Relation['kind'];
  /** What the answer is bound to. */
  digest: string;
  earlier: Pick<Application, 'answers' | 'attachments'>;
  page(shown: Shown): ReturnType<typeof CorrectionPage>;
}

export type RelatedFinder = (c: Context, options: ReceptionOptions) => Promise<Related | Response>;

/** 補正 of the case of the address, while the office asks for it; else the answer that says why not. */
export async function findCorrection(c: Context, options: ReceptionOptions): Promise<Related | Response> {
  const { db, agency, procedures, clock } = options;
  const row = await readersCase(c, options);
  if (row === undefined) return toLookUp(c, options);
  const asked = await askedCorrection(db.sql, agency.code, row.receiptNumber);
  const submission = await newestSubmission(options, row);
  if (row.state !== 'correction' || asked === undefined || submission === undefined)
    return notNow(c, options, row, 'notNow');
  const unmandated = await unmandatedFor(options, row, 'correct');
  if (unmandated !== undefined) return notNow(c, options, row, unmandated);
  const procedure = procedureFor(submission, procedures);
  if (procedure === undefined) return notNow(c, options, row, 'noProcedure');
  const digest = sha256Hex(submission.applicationBytes);
  const frame = { place: 'correction', row, digest };
  const kept = submission.attachments.map(({ name }, index) => ({
    rule: submission.application.attachments.find((file) => file.name === name)?.rule ?? '',
    name,
    href: `${addressOf(options, row)}/correction/files/${index}`,
  }));
  return {
    ...{ row, procedure, digest },
    kind: 'corrects',
    earlier: submission.application,
    page: (shown) => (
      <CorrectionPage
        {...commonProps(c, options, frame, shown)}
        {...{ procedure, asked, kept, today: japaneseDay(clock()) }}
        typed={shown.typed ?? typedOf(submission.application.answers)}
      />
    ),
  };
}

/** 取下げ of the case of the address, by the form `procedure`, until it is decided; else the answer that says why not. */
export async function findWithdrawal(
  c: Context,
  options: ReceptionOptions,
  procedure: LoadedProcedure,
): Promise<Related | Response> {
  const row = await readersCase(c, options);
  if (row === undefined) return toLookUp(c, options);
  const submission = await newestSubmission(options, row);
  if (
    submission === undefined ||
    submission.application.relation?.kind === 'withdraws' ||
    !undecided.some((state) => state === row.state)
  )
    return notNow(c, options, row, 'notWithdrawable');
  const unmandated = await unmandatedFor(options, row, 'withdraw');
  if (unmandated !== undefined) return notNow(c, options, row, unmandated);
  const digest = sha256Hex(submission.applicationBytes);
  const frame = { place: 'withdrawal', row, digest };
  return {
    ...{ row, digest, procedure },
    kind: 'withdraws',
    earlier: { answers: {}, attachments: [] },
    page: (shown) => (
      <WithdrawalPage
        {...commonProps(c, options, frame, shown)}
        procedure={procedure}
        title={submission.definition.title}
        typed={shown.typed ?? typedOf({})}
      />
    ),
  };
}

/** The newest submission of a case; undefined where that one cannot be read, even if an earlier one can. */
export async function newestSubmission(
  { db, agency }: ReceptionOptions,
  { receiptNumber }: CaseRow,
): Promise<Submission | undefined> {
  const number = (await submissionsOf(db.sql, agency.code, receiptNumber)).at(-1) ?? receiptNumber;
  const stored = await readSubmissionOf(db.sql, agency.code, number);
  const read = stored && readSubmission(stored.container);
  return read?.ok ? read.value : undefined;
}

/** What both forms are drawn with; `place`: the last part of the address. */
function commonProps(
  c: Context,
  options: ReceptionOptions,
  { place, row, digest }: { place: string; row: CaseRow; digest: string },
  shown: Shown,
) {
  const { agency } = options;
  const address = `${addressOf(options, row)}/${place}`;
  return {
    look: { ...pageLook(c, agency), path: address },
    ...{ agency, row },
    draft: `${address}/${digest.slice(0, 16)}`,
    errors: shown.errors ?? [],
    posted: c.req.method !== 'GET',
    checked: shown.checked ?? false,
    script: `${agency.basePath}${island.entry}`,
  };
}

function addressOf({ agency }: ReceptionOptions, { receiptNumber }: CaseRow): string {
  return `${agency.basePath}/applications/${receiptNumber}`;
}

/** Who has shown no right to see the case gives its numbers first. */
function toLookUp(c: Context, { agency }: ReceptionOptions): Response {
  return c.redirect(`${agency.basePath}/applications`, 303);
}

function notNow(c: Context, { agency }: ReceptionOptions, row: CaseRow, why: keyof typeof texts) {
  return c.html(<NotNowPage look={pageLook(c, agency)} {...{ agency, row, why }} />, 409);
}

async function unmandatedFor({ db, agency, clock }: ReceptionOptions, row: CaseRow, power: Power) {
  return mandateFault(await mandateOf(db.sql, agency.code, row.receiptNumber, clock()), power);
}

/** The very definition that was signed, where it is still offered; else the newer one of the same procedure. */
function procedureFor(
  { application, definition }: { application: Application; definition: ProcedureDefinition },
  procedures: readonly LoadedProcedure[],
): LoadedProcedure | undefined {
  return (
    procedures.find(({ digest }) => digest === application.procedure.digest) ??
    procedures.find((one) => one.definition.id === definition.id)
  );
}
