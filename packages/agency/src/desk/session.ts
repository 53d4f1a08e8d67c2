import { createHmac } from 'node:crypto';
import {
  appendAudit,
  isSecret,
  newSecret,
  type Sql,
  sameSecret,
  secretDigest,
  type Tx,
} from '@madoguchi/store';
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { auditChain } from '../cases/audit-chain.js';
import type { AgencyConfig } from '../options.js';
import { ensureFirstOfficer, grantsOf } from './officers.js';
import type { Grant } from './roles.js';

const HOUR_MS = 3600_000;
const SESSION_HOURS = 8;

/** Who sits at the desk. */
export interface DeskSession {
  /** Id, never a name: it stands in the audit chain. */
  readonly officer: string;
  /** To be sent back with every form. */
  readonly csrf: string;
  /** How it was opened: a link may open less than a card, see `DeskOptions.linksOpen`. */
  readonly openedBy: 'link' | 'card';
  /** What this officer may do, as of this request. */
  readonly grants: readonly Grant[];
}

/**
 * Makes a one-time link to an agency's desk: the first way in, before an officer's card is registered. The database keeps only a digest of its token; it opens one
 * session, within `validHours` (default 12). Without `officer` it is for `desk`, the first officer of an agency that has none.
 */
export async function createDeskLink(input: {
  sql: Sql;
  agency: Pick<AgencyConfig, 'code' | 'origin' | 'basePath'>;
  now: Date;
  officer?: string;
  validHours?: number;
}): Promise<string> {
  const { sql, agency, now, officer = 'desk', validHours = 12 } = input;
  if (input.officer === undefined) await ensureFirstOfficer(sql, agency.code, now);
  const token = newSecret();
  const expires = new Date(now.getTime() + validHours * HOUR_MS);
  await sql`insert into agency.desk_links (agency, token_hash, officer, created_at, expires_at)
    values (${agency.code}, ${secretDigest(token)}, ${officer}, ${now}, ${expires})`;
  return `${agency.origin}${agency.basePath}/desk/enter?token=${token}`;
}

/** Uses a link up and opens a session; false when it is unknown, used, or out of time. */
export async function enter(
  c: Context,
  sql: Sql,
  agency: AgencyConfig,
  token: string,
  now: Date,
): Promise<boolean> {
  if (!isSecret(token)) return false;
  const session = newSecret();
  const opened = await sql.begin(async (tx) => {
    const [link] = await tx<{ officer: string }[]>`update agency.desk_links set used_at = ${now}
      where agency = ${agency.code} and token_hash = ${secretDigest(token)} and used_at is null and expires_at > ${now}
        and exists (select 1 from agency.officers o
          where o.agency = desk_links.agency and o.officer = desk_links.officer and o.ended_at is null)
      returning officer`;
    if (link === undefined) return false;
    await openSession(tx, agency, { session, officer: link.officer, now, by: 'link' });
    await tx`delete from agency.desk_links where agency = ${agency.code} and expires_at < ${now}`;
    return true;
  });
  if (!opened) return false;
  await endSession(c, sql, agency);
  giveCookie(c, agency, session);
  return true;
}

/** Opens a session for an officer whose card has logged in. */
export async function enterByCard(
  c: Context,
  sql: Sql,
  agency: AgencyConfig,
  officer: string,
  now: Date,
): Promise<void> {
  const session = newSecret();
  await sql.begin((tx) => openSession(tx, agency, { session, officer, now, by: 'card' }));
  giveCookie(c, agency, session);
}

async function openSession(
  tx: Tx,
  agency: AgencyConfig,
  opened: { session: string; officer: string; now: Date; by: DeskSession['openedBy'] },
): Promise<void> {
  const { session, officer, now, by } = opened;
  const until = new Date(now.getTime() + SESSION_HOURS * HOUR_MS);
  await tx`insert into agency.desk_sessions (agency, token_hash, officer, created_at, expires_at, opened_by)
    values (${agency.code}, ${secretDigest(session)}, ${officer}, ${now}, ${until}, ${by})`;
  await tx`delete from agency.desk_sessions where agency = ${agency.code} and expires_at < ${now}`;
  await appendAudit(tx, auditChain(agency.code), {
    at: now,
    actor: `officer:${officer}`,
    action: 'desk.enter',
    subject: agency.code,
    detail: { by },
  });
}

function giveCookie(c: Context, agency: AgencyConfig, session: string): void {
  setCookie(c, cookieName(agency), session, { ...cookieOptions(agency), maxAge: SESSION_HOURS * 3600 });
}

/** The session of this browser at this agency's desk. */
export async function readSession(
  c: Context,
  sql: Sql,
  agency: AgencyConfig,
  now: Date,
): Promise<DeskSession | undefined> {
  const token = getCookie(c, cookieName(agency)) ?? '';
  if (!isSecret(token)) return undefined;
  const [row] = await sql<Pick<DeskSession, 'officer' | 'openedBy'>[]>`
    select officer, opened_by as "openedBy" from agency.desk_sessions
    where agency = ${agency.code} and token_hash = ${secretDigest(token)} and expires_at > ${now}`;
  if (row === undefined) return undefined;
  // Asked anew each time: what was taken from an officer is gone with the next click.
  const grants = await grantsOf(sql, agency.code, row.officer);
  return grants && { ...row, csrf: csrfOf(token), grants };
}

/** Ends the session, here and in the browser. */
export async function leave(c: Context, sql: Sql, agency: AgencyConfig): Promise<void> {
  await endSession(c, sql, agency);
  deleteCookie(c, cookieName(agency), cookieOptions(agency));
}

async function endSession(c: Context, sql: Sql, agency: AgencyConfig): Promise<void> {
  const token = getCookie(c, cookieName(agency)) ?? '';
  await sql`delete from agency.desk_sessions where agency = ${agency.code} and token_hash = ${secretDigest(token)}`;
}

/** Did this form come from a page that this session was shown? */
export function isCsrf(session: DeskSession, given: unknown): boolean {
  return isSecret(given) && sameSecret(given, session.csrf);
}

/** One cookie an agency: a session at one agency is none at its neighbour under the same origin. */
function cookieName(agency: AgencyConfig): string {
  return `mado_desk_${agency.code.replaceAll(/[^A-Za-z0-9]/g, '')}`;
}

function cookieOptions(agency: AgencyConfig) {
  return {
    path: `${agency.basePath}/desk`,
    httpOnly: true,
    secure: agency.origin.startsWith('https:'),
    sameSite: 'Strict',
  } as const;
}

function csrfOf(token: string): string {
  return createHmac('sha256', token).update('desk form').digest('base64url');
}
