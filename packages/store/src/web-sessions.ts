import type { Sql } from './database.js';
import { isSecret, newSecret, sameSecret, secretDigest } from './secret.js';

const hourMs = 3600_000;

/** Who is in, and the token that each of their forms must carry. */
export interface WebSession {
  /** An account, never a name: it may stand in an audit chain. */
  readonly subject: string;
  readonly csrf: string;
}

interface LinkInput {
  /** What it opens, e.g. `portal.office`: a link of one scope opens no other. */
  scope: string;
  subject: string;
  now: Date;
  /** Default 12. */
  hours?: number;
}

/** Makes a one-time link; gives its token. The database keeps only a digest of it. */
export async function createWebLink(
  sql: Sql,
  { scope, subject, now, hours = 12 }: LinkInput,
): Promise<string> {
  const token = newSecret();
  const expires = new Date(now.getTime() + hours * hourMs);
  await sql`insert into store.web_links (token_sha256, scope, subject, expires_at)
    values (${secretDigest(token)}, ${scope}, ${subject}, ${expires})`;
  return token;
}

/** Uses a link up and opens a session: its token for the cookie. Undefined where the link is unknown, used, of another scope or too old. */
export async function openWebSession(
  sql: Sql,
  { scope, token, now, hours = 8 }: { scope: string; token: string; now: Date; hours?: number },
): Promise<string | undefined> {
  if (!isSecret(token)) return undefined;
  return sql.begin(async (tx) => {
    const [link] = await tx<{ subject: string }[]>`update store.web_links set used_at = ${now}
      where token_sha256 = ${secretDigest(token)} and scope = ${scope} and used_at is null and expires_at > ${now}
      returning subject`;
    if (link === undefined) return undefined;
    const session = newSecret();
    await tx`delete from store.web_sessions where expires_at <= ${now}`;
    await tx`delete from store.web_links where expires_at <= ${now}`;
    await tx`insert into store.web_sessions (token_sha256, scope, subject, csrf, expires_at)
      values (${secretDigest(session)}, ${scope}, ${link.subject}, ${newSecret()}, ${new Date(now.getTime() + hours * hourMs)})`;
    return session;
  });
}

/** The session behind a cookie, if it is open. */
export async function readWebSession(
  sql: Sql,
  { scope, token, now }: { scope: string; token: string | undefined; now: Date },
): Promise<WebSession | undefined> {
  if (!isSecret(token)) return undefined;
  const [row] = await sql<WebSession[]>`select subject, csrf from store.web_sessions
    where token_sha256 = ${secretDigest(token)} and scope = ${scope} and expires_at > ${now}`;
  return row;
}

/** Ends the session behind a cookie. */
export async function closeWebSession(sql: Sql, scope: string, token: string): Promise<void> {
  if (!isSecret(token)) return;
  await sql`delete from store.web_sessions where token_sha256 = ${secretDigest(token)} and scope = ${scope}`;
}

/** Whether a form carries its session's token. */
export function carriesCsrf({ csrf }: WebSession, sent: unknown): boolean {
  return isSecret(sent) && sameSecret(sent, csrf);
}
