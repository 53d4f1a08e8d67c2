import { randomBytes } from 'node:crypto';
import { loginLifetime } from '@madoguchi/procedure';
import { isSecret, newSecret, secretDigest } from '@madoguchi/store';
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { CaContext } from '../context.js';

/** A login opens a session; a registration remembers by which card an account comes in. Their nonces are never each other's. */
export type LoginRealm = 'login' | 'register';

interface Place {
  readonly ctx: CaContext;
  readonly realm: LoginRealm;
  /** Origin of the counter. */
  readonly origin: string;
}

const cookieName = (realm: LoginRealm) => `mado_counter_${realm}`;

/**
 * The answer comes as a form from the agent's page, which is another site: only a cookie with SameSite=None travels with it. That one
 * needs https; without (demo on loopback) both sides are 127.0.0.1, which is one site.
 */
function cookieOptions(origin: string) {
  const secure = origin.startsWith('https:');
  return { path: '/counter', httpOnly: true, secure, sameSite: secure ? 'None' : 'Lax' } as const;
}

/** Gives this browser a fresh nonce (base64 of 256 bits) for five minutes. */
export async function issueNonce(
  c: Context,
  { ctx, realm, origin }: Place,
  account: string | undefined,
): Promise<{ nonce: string; until: Date }> {
  const now = ctx.clock();
  const until = new Date((Math.floor(now.getTime() / 1000) + loginLifetime) * 1000);
  const nonce = randomBytes(32).toString('base64');
  const browser = newSecret();
  setCookie(c, cookieName(realm), browser, { ...cookieOptions(origin), maxAge: loginLifetime });
  await ctx.sql`insert into ca.counter_nonce ${ctx.sql({
    browser_sha256: secretDigest(browser),
    realm,
    nonce,
    account: account ?? null,
    expires_at: until,
  })}`;
  await ctx.sql`delete from ca.counter_nonce where ctid in (
    select ctid from ca.counter_nonce where expires_at < ${now} limit 20)`;
  return { nonce, until };
}

/** Takes out the nonce of this browser: a second answer finds none, whatever became of the first. */
export async function takeNonce(
  c: Context,
  { ctx, realm, origin }: Place,
): Promise<{ nonce: string; account: string | undefined } | undefined> {
  const browser = getCookie(c, cookieName(realm)) ?? '';
  if (!isSecret(browser)) return undefined;
  deleteCookie(c, cookieName(realm), cookieOptions(origin));
  const [row] = await ctx.sql<{ nonce: string; expiresAt: Date; account: string | null }[]>`
    delete from ca.counter_nonce where browser_sha256 = ${secretDigest(browser)} and realm = ${realm}
    returning nonce, expires_at as "expiresAt", account`;
  if (row === undefined || ctx.clock() >= row.expiresAt) return undefined;
  return { nonce: row.nonce, account: row.account ?? undefined };
}
