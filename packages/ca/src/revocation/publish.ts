import { createHash } from 'node:crypto';
import { buildCrl, crlDistributionPointName } from '@madoguchi/pki';
import type { Sql, Tx } from '@madoguchi/store';
import { type Authority, authorities, type CaContext, keyName, signerOf } from '../context.js';
import { CaError, defect } from '../error.js';
import { demoMunicipalities, findMunicipality } from '../places.js';
import type { CaReason } from '../reasons.js';
import { crlFault } from './crl-check.js';

/** A place that has a list of its own: a municipality, the authorities' list, or everything where lists are not partitioned. */
export type ShardCode = string;
export const arlCode = 'arl';
const allCode = 'all';

const publishEveryMs = 24 * 3600_000;
/** Lists live longer than their rhythm, so that a failed night is no outage. */
const lifeMs = 4 * publishEveryMs;
/** An entry stays this long after its certificate's end, so that each appears at least once. */
const lookBackMs = 2 * publishEveryMs;

export interface PublishedCrl {
  readonly authority: string;
  readonly code: ShardCode;
  readonly number: bigint;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date;
  readonly entries: number;
  readonly sha256: Uint8Array;
  readonly der: Uint8Array;
}

/** Every list an authority publishes. */
function shardsOf(authority: Authority): ShardCode[] {
  if (authority.kind !== 'sign' && authority.kind !== 'auth') return [allCode];
  return [...demoMunicipalities.map((place) => place.code), arlCode];
}

/** The list in which a certificate's revocation stands. */
export async function shardOf(
  ctx: CaContext,
  row: { authority: string; municipality: string },
): Promise<ShardCode> {
  const authority = await authorityById(ctx, row.authority);
  if (authority.kind !== 'sign' && authority.kind !== 'auth') return allCode;
  // The responder's certificate belongs to no municipality; it has nocheck, and no list speaks for it.
  return row.municipality === '' ? arlCode : row.municipality;
}

async function authorityById(ctx: CaContext, id: string): Promise<Authority> {
  const found = (await authorities(ctx.sql)).find((authority) => authority.id === id);
  if (found === undefined) {
    throw new CaError('authority.unknown', {
      ja: `認証局「${id}」はありません。`,
      jaEasy: `「${id}」は ありません。`,
      en: `There is no authority "${id}".`,
    });
  }
  return found;
}

/** The directory name of a list's place (Name DER), as the certificates name it; undefined where the list is not partitioned. */
export function distributionPointName(authority: Authority, code: ShardCode): Uint8Array | undefined {
  if (code === allCode) return undefined;
  if (code === arlCode) return authority.certificate.subject.der;
  const place = findMunicipality(code);
  if (place === undefined) throw defect('crl.place', `no municipality ${code}`);
  return crlDistributionPointName(authority.certificate, place.prefectureRomaji, place.romaji);
}

interface CrlRow {
  code: string;
  authority: string;
  number: string;
  this_update: Date;
  next_update: Date;
  entries: number;
  sha256: Uint8Array;
  der: Uint8Array;
}

const fromRow = (row: CrlRow): PublishedCrl => ({
  authority: row.authority,
  code: row.code,
  number: BigInt(row.number),
  thisUpdate: row.this_update,
  nextUpdate: row.next_update,
  entries: row.entries,
  sha256: row.sha256,
  der: row.der,
});

/** All lists as published now. */
export async function publishedCrls(ctx: CaContext): Promise<PublishedCrl[]> {
  const rows = await ctx.sql<CrlRow[]>`select * from ca.crl order by authority, code`;
  return rows.map(fromRow);
}

/** One list as published now. */
export function publishedCrl(
  ctx: CaContext,
  authority: string,
  code: ShardCode,
): Promise<PublishedCrl | undefined> {
  return publishedIn(ctx.sql, authority, code);
}

async function publishedIn(
  sql: Sql | Tx,
  authority: string,
  code: ShardCode,
): Promise<PublishedCrl | undefined> {
  const [row] = await sql<CrlRow[]>`
    select * from ca.crl where authority = ${authority} and code = ${code}`;
  return row === undefined ? undefined : fromRow(row);
}

/**
 * Makes one list from the ledger and publishes it: one at a time for each (issuing key, place). The finished bytes are read again and
 * checked; the swap happens only if the published list is still the one whose number was read.
 */
export async function publishCrl(
  ctx: CaContext,
  authorityId: string,
  code: ShardCode,
): Promise<PublishedCrl> {
  const authority = await authorityById(ctx, authorityId);
  const signer = await signerOf(ctx.keystore, keyName(authorityId));
  // Lock and work share one connection: many publishers at once can never use up the pool and wait for each other.
  return ctx.sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(hashtextextended(${`ca.crl:${authorityId}:${code}`}, 0))`;
    const previous = await publishedIn(tx, authorityId, code);
    const now = ctx.clock();
    const thisUpdate = new Date(Math.floor(now.getTime() / 1000) * 1000);
    const nextUpdate = new Date(thisUpdate.getTime() + lifeMs);
    const entries = await entriesOf(tx, authority, code, now);
    // The time in milliseconds: it rises without a counter, and a restored backup does not fall behind what verifiers have seen.
    const byTime = BigInt(now.getTime());
    const number = previous !== undefined && previous.number >= byTime ? previous.number + 1n : byTime;
    const distributionPoint = distributionPointName(authority, code);
    const der = await buildCrl(
      {
        issuer: authority.certificate.subject.der,
        issuerKeyIdentifier: authority.keyId,
        thisUpdate,
        nextUpdate,
        number,
        ...(distributionPoint === undefined ? {} : { distributionPoint }),
        ...(code === arlCode ? { onlyContainsCaCerts: true } : {}),
        entries: entries.map(({ serial, revoked_at, reason }) => ({
          serial,
          date: revoked_at,
          // RFC 5280 5.3.1: rather no extension than "unspecified".
          ...(reason === 'unspecified' ? {} : { reason }),
        })),
      },
      signer,
    );
    const fault = crlFault(der, {
      issuerSpki: authority.certificate.spki,
      issuerKeyId: authority.keyId,
      distributionPoint,
      number,
      previousNumber: previous?.number,
      serials: entries.map((entry) => entry.serial),
      now,
    });
    if (fault !== undefined) throw defect('crl.publish', fault);
    const published: PublishedCrl = {
      authority: authorityId,
      code,
      number,
      thisUpdate,
      nextUpdate,
      entries: entries.length,
      sha256: createHash('sha256').update(der).digest(),
      der,
    };
    await swap(tx, published, previous);
    return published;
  });
}

async function entriesOf(tx: Tx, authority: Authority, code: ShardCode, now: Date) {
  if (code === arlCode) return [];
  const municipality = code === allCode ? '' : code;
  return tx<{ serial: Uint8Array; revoked_at: Date; reason: CaReason }[]>`
    select r.serial, r.revoked_at, r.reason
    from ca.revocation r join ca.certificate c using (municipality, authority, serial)
    where r.municipality = ${municipality} and r.authority = ${authority.id}
      and c.not_after > ${new Date(now.getTime() - lookBackMs)}
    order by r.revoked_at, r.serial`;
}

/** Compare and swap: nothing else was published since `previous` was read. */
async function swap(tx: Tx, next: PublishedCrl, previous: PublishedCrl | undefined): Promise<void> {
  const values = {
    number: next.number.toString(),
    this_update: next.thisUpdate,
    next_update: next.nextUpdate,
    entries: next.entries,
    sha256: next.sha256,
    der: next.der,
  };
  const changed =
    previous === undefined
      ? await tx`
          insert into ca.crl ${tx({ code: next.code, authority: next.authority, ...values })}
          on conflict do nothing`
      : await tx`
          update ca.crl set ${tx(values)}
          where authority = ${next.authority} and code = ${next.code} and number = ${previous.number.toString()}`;
  if (changed.count !== 1) throw defect('crl.swap', 'another list was published meanwhile');
}

/** Publishes every list, due or not. */
export async function publishAll(ctx: CaContext): Promise<PublishedCrl[]> {
  const done: PublishedCrl[] = [];
  for (const authority of await authorities(ctx.sql)) {
    for (const code of shardsOf(authority)) done.push(await publishCrl(ctx, authority.id, code));
  }
  return done;
}

/** Publishes what is missing, a day old, or behind the ledger. Cheap when nothing is: meant to be called every minute. */
export async function publishDue(ctx: CaContext): Promise<PublishedCrl[]> {
  const now = ctx.clock();
  const published = new Map((await publishedCrls(ctx)).map((crl) => [`${crl.authority} ${crl.code}`, crl]));
  const latest = await ctx.sql<{ municipality: string; authority: string; at: Date; count: number }[]>`
    select municipality, authority, max(recorded_at) as at, count(*)::int as count
    from ca.revocation group by municipality, authority`;
  const done: PublishedCrl[] = [];
  for (const authority of await authorities(ctx.sql)) {
    for (const code of shardsOf(authority)) {
      const current = published.get(`${authority.id} ${code}`);
      const ledger = latest.find(
        (row) =>
          row.authority === authority.id &&
          code !== arlCode &&
          row.municipality === (code === allCode ? '' : code),
      );
      const isBehind =
        current === undefined ||
        now.getTime() - current.thisUpdate.getTime() >= publishEveryMs ||
        (ledger !== undefined && ledger.at >= current.thisUpdate && ledger.count > current.entries);
      if (isBehind) done.push(await publishCrl(ctx, authority.id, code));
    }
  }
  return done;
}
