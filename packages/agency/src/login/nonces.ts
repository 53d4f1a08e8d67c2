import { randomBytes } from 'node:crypto';
import { loginLifetime } from '@madoguchi/procedure';
import { isSecret, newSecret, type Sql, secretDigest } from '@madoguchi/store';
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { LoginOptions } from './options.js';

type Place = Pick<LoginOptions, 'agency' | 'home' | 'realm' | 'sql' | 'clock'>;

function cookieName({ agency, realm }: Place): string {
  return `mado_login_${realm}_${agency.code.replaceAll(/[^A-Za-z0-9]/g, '')}`;
}

/**
 * The answer comes as a form from the agent's page, which is another site: only a cookie with SameSite=None travels with it. That one
 * needs https; without (demo on loopback) both sides are 127.0.0.1, which is one site.
 */
function cookieOptions({ agency, home }: Place) {
  const secure = agency.origin.startsWith('https:');
  return {
    path: `${home}/login`,
    httpOnly: true,
    secure,
    sameSite: secure ? 'None' : 'Lax',
  } as const;
}

/** Gives this browser a fresh nonce (base64 of 256 bits) for five minutes; one it had before is void. */
export async function issueNonce(
  c: Context,
  place: Place,
  startedBy: string | undefined,
): Promise<{ nonce: string; until: Date }> {
  const { sql, agency, realm } = place;
  const now = place.clock();
  const until = new Date((Math.floor(now.getTime() / 1000) + loginLifetime) * 1000);
  const nonce = randomBytes(32).toString('base64');
  const browser = newSecret();
  setCookie(c, cookieName(place), browser, { ...cookieOptions(place), maxAge: loginLifetime });
  await sql`insert into agency.login_nonces (agency, realm, browser_hash, nonce, expires_at, started_by)
    values (${agency.code}, ${realm}, ${secretDigest(browser)}, ${nonce}, ${until}, ${startedBy ?? null})`;
  await clear(sql, agency.code, now);
  return { nonce, until };
}

/** Takes out the nonce of this browser: a second answer finds none, whatever became of the first. */
export async function takeNonce(
  c: Context,
  place: Place,
): Promise<{ nonce: string; startedBy: string | undefined } | undefined> {
  const { sql, agency, realm } = place;
  const browser = getCookie(c, cookieName(place)) ?? '';
  if (!isSecret(browser)) return undefined;
  deleteCookie(c, cookieName(place), cookieOptions(place));
  const [row] = await sql<
    { nonce: string; expiresAt: Date; startedBy: string | null }[]
  >`delete from agency.login_nonces
    where agency = ${agency.code} and realm = ${realm} and browser_hash = ${secretDigest(browser)}
    returning nonce, expires_at as "expiresAt", started_by as "startedBy"`;
  if (row === undefined || place.clock() >= row.expiresAt) return undefined;
  return { nonce: row.nonce, startedBy: row.startedBy ?? undefined };
}

/** Each login clears away a few that nobody answered. */
async function clear(sql: Sql, agency: string, now: Date): Promise<void> {
  await sql`delete from agency.login_nonces where ctid in (
    select ctid from agency.login_nonces where agency = ${agency} and expires_at < ${now} limit 20)`;
}
