/** What a co-signer does with the application: looks over, signs, declines, takes the office's answer. */
import { type Answers, type ClaimedAttachment, checkAnswers, type Relation } from '@madoguchi/procedure';
import { appendAudit } from '@madoguchi/store';
import { type FieldError, japaneseDay } from '@madoguchi/ui';
import type { Context } from 'hono';
import { auditChain } from '../cases/audit-chain.js';
import { appendAction } from '../cases/queries.js';
import { readPostedRequest, refuseShape } from '../forms/posted-request.js';
import { postedText } from '../forms/posted-text.js';
import { handOver } from '../forms/signing.js';
import { readTyped } from '../forms/typed.js';
import { giveAddress, mayGiveAddress } from '../mail/give.js';
import { findReply } from '../replies/queries.js';
import type { Reader } from './access.js';
import { lockSigning } from './join.js';
import { mandateAbout, mandateErrors } from './mandate.js';
import { reasonLimit } from './page.js';
import { type CosignPlace, cosignAddress, mailReader, showSigning, signsMandate } from './signing-shown.js';
import { texts } from './texts.js';

/** Without a script: the answers are checked, and the page says what the signature needs. */
export async function checkForm(c: Context, place: CosignPlace, reader: Reader): Promise<Response> {
  if (!signsMandate(reader)) return showSigning(c, place, reader, { checked: true });
  const typed = readTyped(await c.req.parseBody({ all: true }));
  const { errors } = checkMandate(place, reader, typed);
  return showSigning(c, place, reader, errors.length > 0 ? { typed, errors } : { typed, checked: true });
}

/** What the agent is opened with: the form of a mandate, or the very application that was signed first. */
export async function requestCosignature(c: Context, place: CosignPlace, reader: Reader): Promise<Response> {
  if (reader.row.state !== 'cosigning' || reader.own.state === 'signed')
    return showSigning(c, place, reader, { errors: [{ message: texts.closed }] });
  const posted = await readPostedRequest(c);
  if (posted === undefined) return refuseShape(c);
  const { submission } = reader.signing;
  const bound = { relation: relationOf(reader), cosigned: submission.applicationBytes };
  if (signsMandate(reader)) {
    const typed = posted.answers;
    const { answers, errors } = checkMandate(place, reader, typed);
    if (errors.length > 0) return showSigning(c, place, reader, { typed, errors });
    return handOver(c, place, place.mandate, { answers, attachments: [], ...bound });
  }
  // The answers of the page count for nothing: what is signed is what was signed.
  const { definition, digest, definitionBytes: bytes, application } = submission;
  return handOver(
    c,
    place,
    { definition, digest, bytes },
    {
      answers: application.answers,
      attachments: application.attachments.map(claimOf),
      ...bound,
    },
  );
}

/** The office's answer is for everybody who signed. */
export async function sendNotice(c: Context, place: CosignPlace, { row, own }: Reader): Promise<Response> {
  const { receiptNumber } = row;
  const reply =
    own.state === 'signed' ? await findReply(place.db.sql, place.agency.code, receiptNumber) : undefined;
  if (reply === undefined) return c.notFound();
  return c.body(Uint8Array.from(reply.pdf), 200, {
    'content-type': 'application/pdf',
    'content-disposition': `attachment; filename="${receiptNumber}-notice.pdf"`,
  });
}

export async function giveMail(c: Context, place: CosignPlace, reader: Reader): Promise<Response> {
  if (!mayGiveAddress(place, reader.row)) return c.notFound();
  const wrong = await giveAddress(c, place, mailReader(reader));
  if (wrong !== undefined) return showSigning(c, place, reader, { errors: wrong.errors, mail: wrong.typed });
  return c.redirect(`${cosignAddress(place, reader)}#notices`, 303);
}

/** Says that they will not sign, with a reason if they like. Their way to the signature stays open. */
export async function declineSigning(c: Context, place: CosignPlace, reader: Reader): Promise<Response> {
  const reason = postedText(await c.req.parseBody(), 'reason');
  if (reason.length > reasonLimit)
    return showSigning(c, place, reader, { errors: [{ field: 'reason', message: texts.reasonLength }] });
  const { code } = place.agency;
  const subject = reader.row.receiptNumber;
  const relation = relationOf(reader);
  const { signer, application } = relation;
  const [at, actor] = [place.clock(), 'cosigner'];
  await place.db.sql.begin(async (tx) => {
    // Whoever was quicker has it: the page then shows how it stands.
    if ((await lockSigning(tx, code, relation, at)).fault !== undefined) return;
    const detail = { signer, application, ...(reason === '' ? {} : { reason }) };
    await appendAction(tx, code, subject, { at, actor, kind: 'cosignDeclined', detail });
    const action = 'case.cosignDeclined';
    await appendAudit(tx, auditChain(code), { at, actor, action, subject, detail: { signer } });
  });
  return c.redirect(cosignAddress(place, reader), 303);
}

/** What the reader typed of a mandate, with what nobody types; and what is wrong with it. */
function checkMandate(
  { mandate, clock }: CosignPlace,
  { signing, row }: Reader,
  typed: Record<string, string>,
): { answers: Answers; errors: FieldError[] } {
  const about = mandateAbout(signing.submission, row.receiptNumber);
  const checked = checkAnswers(mandate.definition, { ...typed, ...about });
  const errors = checked.ok
    ? mandateErrors(checked.answers, japaneseDay(row.arrivedAt), japaneseDay(clock()))
    : checked.errors;
  return { answers: checked.answers, errors };
}

/** What their signature is bound to: the application as its bytes are now, and them as one of its signers. */
function relationOf({ row, signing, own }: Reader): Relation & { signer: string } {
  const application = signing.digest;
  return { kind: 'cosigns', receipt: row.receiptNumber, application, signer: own.wanted.id };
}

function claimOf({ name, size, sha256, rule }: ClaimedAttachment): ClaimedAttachment {
  return { name, size, sha256, ...(rule === undefined ? {} : { rule }) };
}
