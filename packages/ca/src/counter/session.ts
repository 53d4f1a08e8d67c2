import { isSecret, newSecret, sameSecret, secretDigest, type Tx } from '@madoguchi/store';
import type { CaContext } from '../context.js';
import { type Office, officeOf } from '../office/settings.js';
import { addClerk, isGoodKey } from './clerks.js';
import { recordPeople } from './people.js';
import { type Right, type Role, roles } from './roles.js';

/** A link is good for a day; a session as long as the office set, and for so many minutes in which nobody does anything. */
const linkLifeMs = 24 * 3600_000;
/** A session's last use is written down this often at most. */
const noteEveryMs = 30_000;

/** How somebody came in: by card, by the demo's link, or by a link that only lets them register their card. */
type EnteredBy = 'card' | 'link' | 'register';

/** A clerk's open session. */
export interface CounterSession {
  /** Account of the clerk, never a name: it stands in the audit chain. */
  readonly clerk: string;
  readonly role: Role;
  /** Five digits where the clerk serves one municipality only. */
  readonly municipality: string | undefined;
  readonly by: EnteredBy;
  readonly csrf: string;
}

/** Whether a session may do this; one that came to register a card may do nothing else. */
export function may(session: CounterSession, right: Right): boolean {
  return session.by !== 'register' && roles[session.role].may.includes(right);
}

interface LinkOptions {
  readonly clerk?: string;
  readonly role?: Role;
  readonly municipality?: string;
  /** Default `enter`: opens the counter without a card. For the demo and for tests. */
  readonly purpose?: 'enter' | 'register';
}

/**
 * A link that works once, within a day: its path. `register` opens the page where a clerk registers their card, and nothing else;
 * `enter` is the demo's: it opens the counter for an account, which is enrolled where it is not there.
 */
export async function createCounterLink(ctx: CaContext, options: LinkOptions = {}): Promise<string> {
  const { clerk = 'clerk-1', role = 'supervisor', purpose = 'enter' } = options;
  const municipality = options.municipality ?? (roles[role].local ? '99201' : undefined);
  if (purpose === 'enter')
    await addClerk(ctx, { account: clerk, role, ...(municipality === undefined ? {} : { municipality }) });
  const token = newSecret();
  await ctx.sql`insert into ca.counter_link ${ctx.sql({
    token_sha256: secretDigest(token),
    clerk,
    purpose,
    expires_at: new Date(ctx.clock().getTime() + linkLifeMs),
  })}`;
  return `/counter/enter/${token}`;
}

/** Uses a link up; the session's token for the cookie and where it leads, or undefined where the link is unknown, used or too old. */
export async function enterByLink(
  ctx: CaContext,
  linkToken: string,
): Promise<{ token: string; to: string } | undefined> {
  if (!isSecret(linkToken)) return undefined;
  const now = ctx.clock();
  const office = await officeOf(ctx);
  return ctx.sql.begin(async (tx) => {
    const [link] = await tx<{ clerk: string; purpose: 'enter' | 'register'; role: Role }[]>`
      update ca.counter_link l set used_at = ${now} from ca.clerk c
      where l.token_sha256 = ${secretDigest(linkToken)} and l.used_at is null and l.expires_at > ${now}
        and c.account = l.clerk and c.removed_at is null
      returning l.clerk, l.purpose, c.role`;
    if (link === undefined) return undefined;
    await tx`delete from ca.counter_link where expires_at <= ${now}`;
    const by = link.purpose === 'register' ? 'register' : 'link';
    const token = await openSession(tx, link.clerk, { by, now, office });
    return { token, to: by === 'register' ? '/counter/card' : roles[link.role].home };
  });
}

/** Opens a session for the clerk whose card has logged in; the token for the cookie. */
export async function enterByCard(ctx: CaContext, clerk: string): Promise<string> {
  const office = await officeOf(ctx);
  return ctx.sql.begin((tx) => openSession(tx, clerk, { by: 'card', now: ctx.clock(), office }));
}

async function openSession(
  tx: Tx,
  clerk: string,
  { by, now, office }: { by: EnteredBy; now: Date; office: Office },
): Promise<string> {
  const token = newSecret();
  await tx`delete from ca.counter_session where expires_at <= ${now}`;
  await tx`insert into ca.counter_session ${tx({
    token_sha256: secretDigest(token),
    clerk,
    entered_by: by,
    csrf: newSecret(),
    seen_at: now,
    expires_at: new Date(now.getTime() + office.sessionHours * 3600_000),
  })}`;
  await recordPeople(tx, {
    at: now,
    actor: clerk,
    action: 'counter.entered',
    subject: clerk,
    detail: { by },
  });
  return token;
}

/**
 * The session behind a cookie, if it is open: in its time, used within the office's idle minutes, of an account that still is one, and,
 * where a card opened it, of a card whose certificate is valid at this moment.
 */
export async function sessionOf(
  ctx: CaContext,
  token: string | undefined,
): Promise<CounterSession | undefined> {
  if (!isSecret(token)) return undefined;
  const now = ctx.clock();
  const { idleMinutes } = await officeOf(ctx);
  const [row] = await ctx.sql<
    {
      clerk: string;
      role: Role;
      municipality: string | null;
      by: EnteredBy;
      csrf: string;
      key: string | null;
      seenAt: Date;
    }[]
  >`select s.clerk, c.role, c.municipality, s.entered_by as by, s.csrf, c.authentication_key as key, s.seen_at as "seenAt"
    from ca.counter_session s join ca.clerk c on c.account = s.clerk
    where s.token_sha256 = ${secretDigest(token)} and s.expires_at > ${now} and c.removed_at is null
      and s.seen_at > ${new Date(now.getTime() - idleMinutes * 60_000)}`;
  if (row === undefined) return undefined;
  const { key, seenAt, municipality, ...session } = row;
  if (session.by === 'card' && (key === null || !(await isGoodKey(ctx, key)))) {
    await leave(ctx, token);
    return undefined;
  }
  if (now.getTime() - seenAt.getTime() > noteEveryMs)
    await ctx.sql`update ca.counter_session set seen_at = ${now} where token_sha256 = ${secretDigest(token)}`;
  return { ...session, municipality: municipality ?? undefined };
}

/** Somebody goes: their session ends, and it is written down. */
export async function logOut(ctx: CaContext, token: string | undefined): Promise<void> {
  if (!isSecret(token)) return;
  await ctx.sql.begin(async (tx) => {
    const [row] = await tx<{ clerk: string }[]>`
      delete from ca.counter_session where token_sha256 = ${secretDigest(token)} returning clerk`;
    if (row === undefined) return;
    const { clerk } = row;
    await recordPeople(tx, { at: ctx.clock(), actor: clerk, action: 'counter.left', subject: clerk });
  });
}

/** Ends the session behind a cookie. */
async function leave(ctx: CaContext, token: string | undefined): Promise<void> {
  if (!isSecret(token)) return;
  await ctx.sql`delete from ca.counter_session where token_sha256 = ${secretDigest(token)}`;
}

/** Whether a form carries its session's token. */
export function fitsCsrf(session: CounterSession, sent: unknown): boolean {
  return isSecret(sent) && sameSecret(sent, session.csrf);
}
