import { type FieldError, readPreferences } from '@madoguchi/ui';
import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import type { CaseRow } from '../cases/queries.js';
import { undecided } from '../cases/state.js';
import type { ReceptionOptions } from '../options.js';
import { askAddress, mailState } from './addresses.js';
import type { MailReader } from './secrets.js';
import { MailSection, mailError } from './section.js';

/** Are notices sent, and is there still something to tell of this case? */
export function mayGiveAddress({ mail }: ReceptionOptions, { state }: CaseRow): boolean {
  return mail !== undefined && undecided.some((open) => open === state);
}

/** The section in which a reader of a case gives their address: it is posted to `/mail` under the page's own address. */
export async function mailSection(
  { db, agency }: ReceptionOptions,
  reader: MailReader,
  { address, typed }: { address: string; typed: string },
): Promise<Child> {
  const state = await mailState(db.sql, agency.code, reader);
  return (
    <MailSection action={`${address}/mail`} state={state} typed={typed} cosigns={reader.signer !== ''} />
  );
}

/** Takes the address that was posted; with a fault, the page is shown again with what was typed. */
export async function giveAddress(
  c: Context,
  { db, agency, keys, clock }: ReceptionOptions,
  reader: MailReader,
): Promise<{ typed: string; errors: FieldError[] } | undefined> {
  const { mail } = await c.req.parseBody();
  const typed = typeof mail === 'string' ? mail : '';
  const fault = await askAddress(
    { sql: db.sql, agency: agency.code, secret: keys.secret },
    { reader, typed, register: readPreferences(c).register, at: clock() },
  );
  return fault && { typed: typed.slice(0, 400), errors: [mailError(fault)] };
}
