import type { Context } from 'hono';
import { type CaseRow, findCase } from '../cases/queries.js';
import type { ReceptionOptions } from '../options.js';
import { isBrowser, mayOpenCase } from '../requests/browser.js';
import { browsersOfCase } from '../requests/queries.js';

export const receiptPattern = /^[0-9]{4}-[0-9]{7,12}$/;

/**
 * The case that `:receipt` of the address names, when this reader may see it: the inquiry number was given (or the card logged in) within the last
 * half hour, or this is the browser that asked for the signature of one of its submissions.
 */
export async function readersCase(
  c: Context,
  { db, agency, keys, clock }: Pick<ReceptionOptions, 'db' | 'agency' | 'keys' | 'clock'>,
): Promise<CaseRow | undefined> {
  const receiptNumber = c.req.param('receipt') ?? '';
  if (!receiptPattern.test(receiptNumber)) return undefined;
  const row = await findCase(db.sql, agency.code, receiptNumber);
  if (row === undefined || mayOpenCase(c, agency, keys, receiptNumber, clock())) return row;
  const hashes = await browsersOfCase(db.sql, agency.code, receiptNumber);
  return hashes.some((hash) => isBrowser(c, hash)) ? row : undefined;
}
