/** What officers do to a case on its way to a decision. Each act ends at the case's page: as it then is, or with what was wrong and what was typed. */
import type { Context } from 'hono';
import type { CaseRow } from '../cases/queries.js';
import { postedText } from '../forms/posted-text.js';
import { decideMatch } from '../links/decide-match.js';
import { recheck } from '../verification/index.js';
import { assign, assignments } from './assign.js';
import { backToCase, type CasePlace, showCase, showNewest } from './case-shown.js';
import { closeDuplicate } from './close-duplicate.js';
import { faultWords } from './decision-words.js';
import { matchError } from './match-section.js';
import { setPause } from './pause.js';
import { pauseError } from './pause-section.js';
import type { Env } from './place.js';

/** Whoever was quicker has it: the page then says so. */
export async function assignCase(c: Context<Env>, place: CasePlace, row: CaseRow): Promise<Response> {
  const form = await c.req.parseBody();
  const assignment = assignments.find((one) => one === form.assignment);
  const { officer } = c.get('session');
  const at = place.clock();
  if (assignment !== undefined)
    await assign(place.sql, place.agency.code, row.receiptNumber, { assignment, officer, at });
  return backToCase(c, place, row);
}

/** 保留, or its end. */
export async function pauseOrResume(c: Context<Env>, place: CasePlace, row: CaseRow): Promise<Response> {
  const form = await c.req.parseBody();
  const typed = {
    reason: postedText(form, 'pauseReason'),
    until: postedText(form, 'pauseUntil').normalize('NFKC'),
  };
  const fault = await setPause(place.sql, place.agency.code, row.receiptNumber, {
    ...typed,
    pause: form.pause === 'yes',
    seen: Number(form.seen),
    officer: c.get('session').officer,
    at: place.clock(),
  });
  if (fault === undefined) return backToCase(c, place, row);
  return showNewest(c, place, row, { errors: [pauseError(fault)], pause: typed });
}

export async function recheckCase(c: Context<Env>, place: CasePlace, row: CaseRow): Promise<Response> {
  await recheck(place.verification, row.receiptNumber);
  return backToCase(c, place, row);
}

/** Are the certificate's holder and the resident on record one person? */
export async function matchPerson(c: Context<Env>, place: CasePlace, row: CaseRow): Promise<Response> {
  const form = await c.req.parseBody();
  const typed = {
    matchReason: postedText(form, 'matchReason'),
    resident: postedText(form, 'resident').normalize('NFKC'),
  };
  const verdict = form.verdict === 'same' || form.verdict === 'different' ? form.verdict : undefined;
  const fault =
    verdict === undefined
      ? 'nothing'
      : await decideMatch(place.sql, place.agency.code, row.receiptNumber, {
          verdict,
          reason: typed.matchReason,
          lasting: form.lasting === 'yes',
          resident: typed.resident,
          seen: Number(form.seen),
          officer: c.get('session').officer,
          at: place.clock(),
        });
  if (fault !== undefined) return showCase(c, place, row, { errors: [matchError(fault)], match: typed });
  // The lights are those of a look: with the decision it is another one.
  await recheck(place.verification, row.receiptNumber);
  return backToCase(c, place, row);
}

/** Ends an application that says the same as another one, or takes it up again. */
export async function closeAsDuplicate(c: Context<Env>, place: CasePlace, row: CaseRow): Promise<Response> {
  const { sql, agency, clock } = place;
  const form = await c.req.parseBody();
  const of = typeof form.of === 'string' && form.of !== '' ? form.of.slice(0, 40) : undefined;
  const { officer } = c.get('session');
  const closing = { of, seen: Number(form.seen), officer, at: clock(), days: agency.duplicateDays };
  const fault = await closeDuplicate(sql, agency.code, row.receiptNumber, closing);
  if (fault === undefined) return backToCase(c, place, row);
  return showNewest(c, place, row, { errors: [{ field: 'duplicates', message: faultWords[fault] }] });
}
