import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { CaContext } from '../context.js';

const linkLifeMs = 24 * 3600_000;
const sessionLifeMs = 8 * 3600_000;

const digest = (token: string) => createHash('sha256').update(token).digest();
const newToken = () => randomBytes(32).toString('base64url');
const isToken = (text: string) => /^[A-Za-z0-9_-]{43}$/.test(text);

/** A clerk's open session. */
export interface CounterSession {
  /** Five digits where the clerk serves one municipality only. */
  readonly municipality: string | undefined;
  readonly csrf: string;
  /** Account of the clerk, never a name: it stands in the audit chain. */
  readonly clerk: string;
}

/** A link that opens the counter once, within a day: its path. Until there is login by card, this is the only way in. */
export async function createCounterLink(
  ctx: CaContext,
  options: { readonly municipality?: string; readonly clerk?: string } = {},
): Promise<string> {
  const token = newToken();
  await ctx.sql`insert into ca.counter_link ${ctx.sql({
    token_sha256: digest(token),
    municipality: options.municipality ?? null,
    clerk: options.clerk ?? 'clerk-1',
    expires_at: new Date(ctx.clock().getTime() + linkLifeMs),
  })}`;
  return `/counter/enter/${token}`;
}

/** Uses a link up; the session's token for the cookie, or undefined where the link is unknown, used or too old. */
export async function enter(ctx: CaContext, linkToken: string): Promise<string | undefined> {
  if (!isToken(linkToken)) return undefined;
  const now = ctx.clock();
  return ctx.sql.begin(async (tx) => {
    const [link] = await tx<{ municipality: string | null; clerk: string }[]>`
      update ca.counter_link set used_at = ${now}
      where token_sha256 = ${digest(linkToken)} and used_at is null and expires_at > ${now}
      returning municipality, clerk`;
    if (link === undefined) return undefined;
    const token = newToken();
    await tx`delete from ca.counter_session where expires_at <= ${now}`;
    await tx`delete from ca.counter_link where expires_at <= ${now}`;
    await tx`insert into ca.counter_session ${tx({
      token_sha256: digest(token),
      municipality: link.municipality,
      clerk: link.clerk,
      csrf: newToken(),
      expires_at: new Date(now.getTime() + sessionLifeMs),
    })}`;
    return token;
  });
}

/** The session behind a cookie, if it is open. */
export async function sessionOf(
  ctx: CaContext,
  token: string | undefined,
): Promise<CounterSession | undefined> {
  if (token === undefined || !isToken(token)) return undefined;
  const [row] = await ctx.sql<{ municipality: string | null; csrf: string; clerk: string }[]>`
    select municipality, csrf, clerk from ca.counter_session
    where token_sha256 = ${digest(token)} and expires_at > ${ctx.clock()}`;
  return row === undefined ? undefined : { ...row, municipality: row.municipality ?? undefined };
}

/** Whether a form carries its session's token. */
export function fitsCsrf(session: CounterSession, sent: unknown): boolean {
  if (typeof sent !== 'string' || !isToken(sent)) return false;
  return timingSafeEqual(digest(sent), digest(session.csrf));
}
