import { isSecret, newSecret, type Sql, secretDigest } from '@madoguchi/store';
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { AgencyConfig } from '../options.js';

/** A session ends half an hour after the last page, and eight hours after the login. */
const idleMs = 30 * 60_000;
const longestMs = 8 * 3600_000;

/** A citizen who logged in by card: known by a digest of the card's authentication key, not by a name. */
export interface CitizenSession {
  authenticationKey: string;
}

export async function openCitizenSession(
  c: Context,
  sql: Sql,
  agency: AgencyConfig,
  authenticationKey: string,
  now: Date,
): Promise<void> {
  const token = newSecret();
  const until = new Date(now.getTime() + idleMs);
  await sql`insert into agency.citizen_sessions (agency, token_hash, authentication_key, created_at, expires_at)
    values (${agency.code}, ${secretDigest(token)}, ${authenticationKey}, ${now}, ${until})`;
  await sql`delete from agency.citizen_sessions where ctid in (
    select ctid from agency.citizen_sessions where agency = ${agency.code} and expires_at < ${now} limit 20)`;
  setCookie(c, cookieName(agency), token, { ...cookieOptions(agency), maxAge: longestMs / 1000 });
}

/** The session of this browser, kept alive for another half hour by being asked for. */
export async function readCitizenSession(
  c: Context,
  sql: Sql,
  agency: AgencyConfig,
  now: Date,
): Promise<CitizenSession | undefined> {
  const token = getCookie(c, cookieName(agency)) ?? '';
  if (!isSecret(token)) return undefined;
  const until = new Date(now.getTime() + idleMs);
  const [row] = await sql<CitizenSession[]>`update agency.citizen_sessions
    set expires_at = least(${until}, created_at + ${longestMs / 1000} * interval '1 second')
    where agency = ${agency.code} and token_hash = ${secretDigest(token)} and expires_at > ${now}
    returning authentication_key as "authenticationKey"`;
  return row;
}

export async function endCitizenSession(c: Context, sql: Sql, agency: AgencyConfig): Promise<void> {
  const token = getCookie(c, cookieName(agency)) ?? '';
  await sql`delete from agency.citizen_sessions where agency = ${agency.code} and token_hash = ${secretDigest(token)}`;
  deleteCookie(c, cookieName(agency), cookieOptions(agency));
}

/** One cookie an agency: a login here is none at the neighbour under the same origin. */
function cookieName(agency: AgencyConfig): string {
  return `mado_my_${agency.code.replaceAll(/[^A-Za-z0-9]/g, '')}`;
}

function cookieOptions(agency: AgencyConfig) {
  return {
    path: `${agency.basePath}/my`,
    httpOnly: true,
    secure: agency.origin.startsWith('https:'),
    // The page after the agent's form is a step from another site: a Strict cookie would stay at home there.
    sameSite: 'Lax',
  } as const;
}
