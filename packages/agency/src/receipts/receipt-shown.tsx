/** The page of a receipt, put together from what is on record. */
import type { FieldError } from '@madoguchi/ui';
import type { Context } from 'hono';
import { filesTold } from '../attachments/filed.js';
import { listActions } from '../cases/actions.js';
import { duplicatesOf } from '../cases/duplicates.js';
import { type CaseRow, findRefusal } from '../cases/queries.js';
import { askedCorrection } from '../corrections/asked.js';
import { texts as correctionTexts } from '../corrections/texts.js';
import { pageLook } from '../forms/look.js';
import { mailSection, mayGiveAddress } from '../mail/give.js';
import type { LoadedProcedure, ReceptionOptions } from '../options.js';
import { partsProgress } from '../parts/case-parts.js';
import { hasReply } from '../replies/queries.js';
import { findRequest } from '../requests/queries.js';
import { signerCode } from '../signers/code.js';
import { asksSigners, type CaseSigning, readSigning } from '../signers/signing.js';
import { mandateFault, mandateOf } from '../signers/standing.js';
import { inquiryNumber } from './inquiry-number.js';
import { ReceiptPage } from './page.js';

interface Shown {
  errors?: readonly FieldError[];
  /** The address for notices, as typed. */
  mail?: string;
  status?: 403 | 422;
}

export async function showReceipt(
  c: Context,
  options: ReceptionOptions,
  row: CaseRow,
  shown: Shown = {},
): Promise<Response> {
  const { db, agency, keys } = options;
  const { receiptNumber } = row;
  const request = await findRequest(db.sql, agency.code, row.jti);
  const relation = request?.relation;
  const signs = relation?.kind === 'cosigns' ? relation.receipt : undefined;
  const follows = signs === undefined ? relation?.receipt : undefined;
  const signing = signs === undefined ? await signingOf(options, row) : undefined;
  const actions = await listActions(db.sql, agency.code, receiptNumber);
  const waits = row.state === 'arrived' && (request?.attachments ?? []).length > 0;
  const props = {
    ...{ agency, row, signs, follows, signing, actions },
    look: { ...pageLook(c, agency), path: `${agency.basePath}/applications/${receiptNumber}` },
    errors: shown.errors ?? [],
    procedure: procedureOf(options, row),
    inquiryNumber: inquiryNumber(keys.secret, agency.code, receiptNumber),
    parts: await partsProgress(db.sql, agency.code, receiptNumber),
    codeOf: (signer: string) =>
      signerCode(keys.secret, agency.code, {
        ...{ receipt: receiptNumber, signer, digest: signing?.digest ?? '' },
      }),
    duplicates: await duplicatesOf(db.sql, agency.code, receiptNumber, agency.duplicateDays),
    files: waits ? undefined : await filesTold(db.sql, agency.code, receiptNumber, actions),
    mail:
      signs === undefined && follows === undefined ? await mailOf(options, row, shown.mail ?? '') : undefined,
    asked: row.state === 'correction' ? await askedCorrection(db.sql, agency.code, receiptNumber) : undefined,
    replied: await hasReply(db.sql, agency.code, receiptNumber),
    withheld: await withheldFrom(options, row, signing),
    refusal: row.state === 'refused' ? await findRefusal(db.sql, agency.code, receiptNumber) : undefined,
  };
  return c.html(<ReceiptPage {...props} />, shown.status ?? 200);
}

/** The procedure of a case, where it is still offered. */
export function procedureOf(
  { procedures }: ReceptionOptions,
  { procedureId }: CaseRow,
): LoadedProcedure | undefined {
  return procedures.find(({ definition }) => definition.id === procedureId);
}

/** Who signs with the applicant, where somebody must. */
async function signingOf({ db, agency }: ReceptionOptions, { receiptNumber }: CaseRow) {
  const asks = await asksSigners(db.sql, agency.code, receiptNumber);
  return asks ? await readSigning(db.sql, agency.code, receiptNumber) : undefined;
}

/** Why the notice is not for this reader, a representative. */
async function withheldFrom(
  { db, agency, clock }: ReceptionOptions,
  { receiptNumber }: CaseRow,
  signing: CaseSigning | undefined,
) {
  const mandate = signing && (await mandateOf(db.sql, agency.code, receiptNumber, clock(), signing));
  const fault = mandateFault(mandate, 'receive');
  return fault && correctionTexts[fault];
}

async function mailOf(options: ReceptionOptions, row: CaseRow, typed: string) {
  if (!mayGiveAddress(options, row)) return undefined;
  const { receiptNumber } = row;
  const address = `${options.agency.basePath}/applications/${receiptNumber}`;
  return mailSection(options, { receiptNumber, signer: '' }, { address, typed });
}
