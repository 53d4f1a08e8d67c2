/** The form of a decision: shown beforehand as the notice that would go out, and taken. */
import type { Context } from 'hono';
import type { CaseRow } from '../cases/queries.js';
import { submissionsRead } from '../cases/submissions-read.js';
import { postedText } from '../forms/posted-text.js';
import { noticeOf } from '../replies/reply.js';
import { draftPdf } from '../replies/sign.js';
import { backToCase, type CasePlace, showCase, showNewest } from './case-shown.js';
import { correctionInput } from './correction-input.js';
import { actOf, decide, decisions, REASON_LIMIT } from './decide.js';
import { faultWords } from './decision-words.js';
import { type Env, forbidden } from './place.js';
import { may } from './roles.js';
import { texts } from './texts.js';

/** What would go out, before it goes: the notice as a draft, with the reason as typed. */
export async function previewNotice(c: Context<Env>, place: CasePlace, row: CaseRow): Promise<Response> {
  const form = await c.req.parseBody();
  const reason = typeof form.reason === 'string' ? form.reason.slice(0, REASON_LIMIT) : '';
  const notice = await noticeOf(place.sql, place.agency, row, {
    decision: form.preview === 'rejected' ? 'rejected' : 'accepted',
    reason: reason.replaceAll('\r\n', '\n'),
    at: place.clock(),
  });
  if (notice === undefined) return c.notFound();
  return c.body(Uint8Array.from(draftPdf({ ...notice, draft: true })), 200, {
    'Content-Type': 'application/pdf',
    'Content-Disposition': 'inline; filename="draft.pdf"',
  });
}

/** Takes the decision that the form names, when the officer's role allows that one. */
export async function decideCase(c: Context<Env>, place: CasePlace, row: CaseRow): Promise<Response> {
  const { sql, agency, clock } = place;
  const form = await c.req.parseBody({ all: true });
  const decision = decisions.find((one) => one === form.decision);
  if (decision === undefined)
    return showCase(c, place, row, { errors: [{ field: 'reason', message: texts.badForm }] });
  const { grants, officer } = c.get('session');
  if (!may(grants, actOf[decision], row.procedureId)) return forbidden(c, place);
  const reason = postedText(form, 'reason');
  const submission =
    decision === 'correct' ? (await submissionsRead(sql, agency.code, row.receiptNumber)).at(-1) : undefined;
  const correction = correctionInput(form, submission, clock());
  const fault = await decide(sql, agency.code, row.receiptNumber, {
    ...{ decision, reason, officer, correction },
    seen: Number(form.seen),
    at: clock(),
    fourEyes: place.fourEyes,
  });
  if (fault === undefined) return backToCase(c, place, row);
  return showNewest(c, place, row, {
    errors: [{ field: fault === 'until' ? 'until' : 'reason', message: faultWords[fault] }],
    decision: { reason, marks: correction.fields, until: correction.until },
  });
}
