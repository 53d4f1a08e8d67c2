import { createHash } from 'node:crypto';
import type { CaContext } from '../context.js';
import { lockResident } from '../issuance/second-issue.js';
import { officeOf } from '../office/settings.js';
import { recordRevocation } from '../revocation/ledger.js';
import { publishSoon } from '../revocation/publish.js';
import { refused } from './refusals.js';

/** A renewal on its way, as it was asked for. */
export interface Begun {
  /** SHA-256 of the new key's SubjectPublicKeyInfo: the name of the renewal. */
  readonly key: Uint8Array;
  readonly oldAlias: string;
  readonly nonce: Uint8Array;
  readonly request: Uint8Array;
}

/** The new certificate of a renewal as far as it was made. */
export interface Pending {
  readonly municipality: string;
  readonly authority: string;
  readonly serial: Uint8Array;
  readonly alias: string;
  readonly profile: string;
  readonly issue: string;
  readonly state: 'reserved' | 'intended' | 'issued' | 'delivered';
  readonly revoked: boolean;
  readonly certificate: Uint8Array | undefined;
}

interface Row {
  key: Uint8Array;
  old: string;
  nonce: Uint8Array;
  request: Uint8Array;
}

export const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();

export async function begunBy(
  ctx: CaContext,
  which: { readonly nonce: Uint8Array } | { readonly key: Uint8Array },
): Promise<Begun | undefined> {
  const where = 'key' in which ? ctx.sql`spki_sha256 = ${which.key}` : ctx.sql`nonce_sha256 = ${which.nonce}`;
  const [row] = await ctx.sql<Row[]>`
    select spki_sha256 as key, old_alias as old, nonce_sha256 as nonce, request_sha256 as request
    from ca.renewal_begun where ${where}`;
  return row === undefined
    ? undefined
    : { key: row.key, oldAlias: row.old, nonce: row.nonce, request: row.request };
}

/**
 * Committed before anything is made for this key; a nonce works for one key. `renewal.tooMany` where so many were begun for this certificate within a day: each
 * leaves an entry in the lists.
 */
export async function begin(ctx: CaContext, what: Begun, resident: string): Promise<void> {
  const { attemptsPerDay } = await officeOf(ctx);
  const now = ctx.clock();
  await ctx.sql.begin(async (tx) => {
    await lockResident(tx, resident);
    const earlier = await tx`select 1 from ca.renewal_begun
      where old_alias = ${what.oldAlias} and begun_at > ${aDayBefore(now)}`;
    if (earlier.length >= attemptsPerDay) throw refused('renewal.tooMany');
    const done = await tx`insert into ca.renewal_begun ${tx({
      spki_sha256: what.key,
      old_alias: what.oldAlias,
      nonce_sha256: what.nonce,
      request_sha256: what.request,
      begun_at: now,
    })} on conflict do nothing`;
    if (done.count !== 1) throw refused('renewal.nonce');
  });
}

export const aDayBefore = (now: Date): Date => new Date(now.getTime() - 24 * 3600_000);

/** What was made for a key; undefined where nothing was signed. */
export async function pendingOf(ctx: CaContext, key: Uint8Array): Promise<Pending | undefined> {
  const [found] = await pendings(ctx, ctx.sql`c.spki_sha256 = ${key}`);
  return found;
}

/** What earlier attempts to renew the same certificate left, revoked as destroyed before it was handed over. */
export async function giveUpEarlier(ctx: CaContext, oldAlias: string): Promise<void> {
  const left = await pendings(
    ctx,
    ctx.sql`c.spki_sha256 in (select spki_sha256 from ca.renewal_begun where old_alias = ${oldAlias})
      and c.state in ('intended', 'issued')`,
  );
  for (const one of left) await giveUp(ctx, one);
}

/** One of them. */
export async function giveUp(ctx: CaContext, pending: Pending): Promise<void> {
  if (pending.revoked || pending.state === 'delivered') return;
  await recordRevocation(ctx, pending, { reason: 'unspecified', ground: 'error', at: ctx.clock() });
  await publishSoon(ctx);
}

async function pendings(ctx: CaContext, where: ReturnType<CaContext['sql']>): Promise<Pending[]> {
  const rows = await ctx.sql<(Omit<Pending, 'certificate'> & { certificate: Uint8Array | null })[]>`
    select c.municipality, c.authority, c.serial, c.alias, c.profile, c.issue, c.state, c.certificate, r.serial is not null as revoked
    from ca.certificate c left join ca.revocation r using (municipality, authority, serial) where ${where}`;
  return rows.map((row) => ({ ...row, certificate: row.certificate ?? undefined }));
}
