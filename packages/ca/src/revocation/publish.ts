import { createHash } from 'node:crypto';
import type { Signer } from '@madoguchi/pki/certificates';
import { buildCrl, type CrlInput, loadCrl, type RevokedEntry } from '@madoguchi/pki/validation';
import { type AuditHead, appendAudit, auditHead, type Tx } from '@madoguchi/store';
import { clockSetBack, noteTime } from '../clock.js';
import { type Authority, authorities, authorityById, type CaContext, keyName } from '../context.js';
import { defect } from '../error.js';
import { auditChain } from '../issuance/record.js';
import type { CaReason } from '../reasons.js';
import { auditHeadExtension } from './audit-head.js';
import { crlFault, type ExpectedCrl } from './crl-check.js';
import { type PublishedCrl, publishedCrl, publishedLines } from './published.js';
import { arlCode, distributionPointName, type ShardCode, shardsOf } from './shards.js';

const publishEveryMs = 24 * 3600_000;
/** Lists live longer than their rhythm, so that a failed night is no outage. */
const lifeMs = 4 * publishEveryMs;
/** An entry stays this long after its certificate's end, so that each appears at least once. */
const lookBackMs = 2 * publishEveryMs;

/** The base of the deltas of one list: the complete list of the day. */
interface Base {
  readonly number: bigint;
  readonly at: Date;
  readonly der: Uint8Array;
}

/**
 * Makes one list from the ledger and publishes it with its delta: one at a time for each (issuing key, place). The finished bytes are
 * read again and checked: nothing unsigned, stale, out of scope or shrinking goes out. The swap is one transaction, and happens only
 * if the published list is still the one whose number was read. What fails leaves the list before it in place.
 */
export async function publishCrl(
  ctx: CaContext,
  authorityId: string,
  code: ShardCode,
): Promise<PublishedCrl> {
  const authority = await authorityById(ctx.sql, authorityId);
  const signer = await ctx.keys.signer(keyName(authorityId));
  // Lock and work share one connection: many publishers at once can never use up the pool and wait for each other.
  return ctx.sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(hashtextextended(${`ca.crl:${authorityId}:${code}`}, 0))`;
    await ctx.onStep('crl.locked');
    const previous = await publishedCrl({ sql: tx }, authorityId, code);
    const now = ctx.clock();
    if (previous !== undefined && now < previous.thisUpdate) throw clockSetBack(now, previous.thisUpdate);
    // The end of the chain as it is: read without waiting, so that a long list holds no issuance up.
    const head = await auditHead(tx, auditChain);
    const work: Work = { ctx, tx, authority, code, signer, previous, now, head };
    const entries = await entriesOf(tx, authority, code, now);
    const published = await makeComplete(work, entries);
    await ctx.onStep('crl.checked');
    await swap(tx, published, previous);
    await publishDelta(work, published, entries);
    await noteTime(tx, now);
    await appendAudit(tx, auditChain, {
      at: now,
      actor: 'ca',
      action: 'crl.published',
      subject: `${authorityId} ${code}`,
      detail: {
        number: published.number,
        entries: published.entries,
        sha256: Buffer.from(published.sha256).toString('hex'),
      },
    });
    await ctx.onStep('crl.swapped');
    return published;
  });
}

interface Work {
  readonly ctx: CaContext;
  readonly tx: Tx;
  readonly authority: Authority;
  readonly code: ShardCode;
  readonly signer: Signer;
  readonly previous: PublishedCrl | undefined;
  readonly now: Date;
  readonly head: AuditHead | undefined;
}

/** What complete list and delta of one moment share: times, number, scope, the end of the audit chain. */
function frame({ authority, code, previous, now, head }: Work) {
  const thisUpdate = new Date(Math.floor(now.getTime() / 1000) * 1000);
  // The time in milliseconds: it rises without a counter, and a restored backup does not fall behind what verifiers have seen.
  const byTime = BigInt(now.getTime());
  const number = previous !== undefined && previous.number >= byTime ? previous.number + 1n : byTime;
  const distributionPoint = distributionPointName(authority, code);
  return {
    issuer: authority.certificate.subject.der,
    issuerKeyIdentifier: authority.keyId,
    thisUpdate,
    nextUpdate: new Date(thisUpdate.getTime() + lifeMs),
    number,
    ...(distributionPoint === undefined ? {} : { distributionPoint }),
    ...(code === arlCode ? { onlyContainsCaCerts: true } : {}),
    ...(head === undefined ? {} : { extensions: [auditHeadExtension(head)] }),
  } satisfies Omit<CrlInput, 'entries'>;
}

async function makeComplete(work: Work, entries: readonly LedgerEntry[]): Promise<PublishedCrl> {
  const { ctx, authority, code, signer, previous, now, head } = work;
  const common = frame(work);
  const der = await buildCrl(
    { ...common, entries: written(entries), ...freshest(authority, common.distributionPoint) },
    signer,
  );
  await ctx.onStep('crl.signed');
  const fault = crlFault(der, {
    issuerSpki: authority.certificate.spki,
    issuerKeyId: authority.keyId,
    distributionPoint: common.distributionPoint,
    number: common.number,
    previousNumber: previous?.number,
    previousUpdate: previous?.thisUpdate,
    serials: entries.map((entry) => entry.serial),
    ...(await leaving(work)),
    deltaBase: undefined,
    auditHead: head,
    now,
  });
  if (fault !== undefined) throw defect('crl.publish', fault);
  return {
    authority: authority.id,
    code,
    number: common.number,
    thisUpdate: common.thisUpdate,
    nextUpdate: common.nextUpdate,
    entries: entries.length,
    sha256: createHash('sha256').update(der).digest(),
    der,
    ...(head === undefined ? {} : { auditHead: head }),
  };
}

/** Where deltas are: under the list's own name, or the authority's where the list has none. */
function freshest(authority: Authority, place: Uint8Array | undefined): { freshest: Uint8Array } {
  return { freshest: place ?? authority.certificate.subject.der };
}

/** The published list, and which of its certificates have ended since: only those may leave it. */
async function leaving({
  tx,
  authority,
  previous,
  now,
}: Work): Promise<Pick<ExpectedCrl, 'previous' | 'ended'>> {
  if (previous === undefined || previous.entries === 0) return { previous: undefined, ended: [] };
  const loaded = loadCrl(previous.der);
  if (!loaded.ok) throw defect('crl.previous', loaded.rule);
  const rows = await tx<{ serial: Uint8Array }[]>`
    select serial from ca.certificate
    where authority = ${authority.id} and not_after <= ${new Date(now.getTime() - lookBackMs)}
      and not_after > ${new Date(previous.thisUpdate.getTime() - lookBackMs)}`;
  return { previous: loaded.crl, ended: rows.map((row) => row.serial) };
}

interface LedgerEntry {
  readonly serial: Uint8Array;
  readonly revoked_at: Date;
  readonly reason: CaReason;
}

async function entriesOf(
  tx: Tx,
  authority: Authority,
  code: ShardCode,
  now: Date,
): Promise<readonly LedgerEntry[]> {
  const isLocal = /^\d+$/.test(code);
  return tx<LedgerEntry[]>`
    select r.serial, r.revoked_at, r.reason
    from ca.revocation r join ca.certificate c using (municipality, authority, serial)
    where r.authority = ${authority.id}
      ${
        code === arlCode
          ? tx`and r.municipality = '' and c.profile in ('link', 'cross')`
          : tx`and r.municipality like ${isLocal ? `${code}%` : ''}`
      }
      and c.not_after > ${new Date(now.getTime() - lookBackMs)}
    order by r.revoked_at, r.serial`;
}

function* written(entries: Iterable<LedgerEntry>): Iterable<RevokedEntry> {
  for (const { serial, revoked_at, reason } of entries) {
    // RFC 5280 5.3.1: rather no extension than "unspecified".
    yield { serial, date: revoked_at, ...(reason === 'unspecified' ? {} : { reason }) };
  }
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
    audit_seq: (next.auditHead?.seq ?? 0n).toString(),
    audit_hash: next.auditHead === undefined ? null : Buffer.from(next.auditHead.hash, 'hex'),
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

/**
 * The delta of a list (RFC 5280 5.2.4): what the complete list of now has and the base of the day has not, by comparing the two, so that
 * base and delta together always say what the complete list says. It has the same number. Nothing is ever taken back: no removeFromCRL.
 */
async function publishDelta(
  work: Work,
  complete: PublishedCrl,
  entries: readonly LedgerEntry[],
): Promise<void> {
  const { tx, authority, code, signer, now, head } = work;
  const base = await baseOf(work, complete);
  const loaded = loadCrl(base.der);
  if (!loaded.ok) throw defect('crl.base', loaded.rule);
  const added = entries.filter(({ serial }) => loaded.crl.lookup(serial) === undefined);
  const common = { ...frame(work), number: complete.number };
  const der = await buildCrl({ ...common, entries: written(added), deltaBase: base.number }, signer);
  const fault = crlFault(der, {
    issuerSpki: authority.certificate.spki,
    issuerKeyId: authority.keyId,
    distributionPoint: common.distributionPoint,
    number: complete.number,
    previousNumber: undefined,
    previousUpdate: undefined,
    serials: added.map((entry) => entry.serial),
    previous: undefined,
    ended: [],
    deltaBase: base.number,
    auditHead: head,
    now,
  });
  if (fault !== undefined) throw defect('crl.delta', fault);
  const values = {
    base_number: base.number.toString(),
    base_at: base.at,
    base_der: base.der,
    number: complete.number.toString(),
    this_update: complete.thisUpdate,
    next_update: complete.nextUpdate,
    entries: added.length,
    sha256: createHash('sha256').update(der).digest(),
    der,
  };
  await tx`
    insert into ca.crl_delta ${tx({ code, authority: authority.id, ...values })}
    on conflict (code, authority) do update set ${tx(values)}`;
}

/** The base stays for a day; then the complete list of now is the next one, and the delta begins empty. */
async function baseOf({ tx, authority, code, now }: Work, complete: PublishedCrl): Promise<Base> {
  const [row] = await tx<{ base_number: string; base_at: Date; base_der: Uint8Array }[]>`
    select base_number, base_at, base_der from ca.crl_delta where authority = ${authority.id} and code = ${code}`;
  const isOfToday = row !== undefined && now.getTime() - row.base_at.getTime() < publishEveryMs;
  return isOfToday
    ? { number: BigInt(row.base_number), at: row.base_at, der: row.base_der }
    : { number: complete.number, at: now, der: complete.der };
}

/** Publishes every list, due or not. */
export async function publishAll(ctx: CaContext): Promise<PublishedCrl[]> {
  const done: PublishedCrl[] = [];
  for (const authority of await living(ctx)) {
    for (const code of shardsOf(authority)) done.push(await publishCrl(ctx, authority.id, code));
  }
  return done;
}

/**
 * After a revocation: OCSP tells it already, and the lists follow now if they can. One that cannot be published is behind the ledger; the publisher's next
 * run makes it, or tells the operator why it cannot.
 */
export async function publishSoon(ctx: CaContext): Promise<void> {
  await publishDue(ctx).catch(() => []);
}

/** An old generation publishes until the last certificate that it signed has ended; its own certificate's end comes after all of them. */
async function living(ctx: CaContext): Promise<Authority[]> {
  const now = ctx.clock();
  return (await authorities(ctx.sql)).filter((one) => one.certificate.notAfter > now);
}

/**
 * Publishes what is missing, a day old, or behind the ledger. Cheap when nothing is: meant to be called every minute. A list that fails
 * holds no other up; the first failure is thrown at the end.
 */
export async function publishDue(ctx: CaContext): Promise<PublishedCrl[]> {
  const now = ctx.clock();
  const published = new Map((await publishedLines(ctx)).map((crl) => [`${crl.authority} ${crl.code}`, crl]));
  const latest = await ctx.sql<
    { municipality: string; authority: string; profile: string; at: Date; count: number }[]
  >`
    select municipality, authority, (c.profile in ('link', 'cross'))::text as profile,
      max(recorded_at) as at, count(*)::int as count
    from ca.revocation join ca.certificate c using (municipality, authority, serial)
    group by 1, 2, 3`;
  const done: PublishedCrl[] = [];
  const failures: unknown[] = [];
  for (const authority of await living(ctx)) {
    for (const code of shardsOf(authority)) {
      const current = published.get(`${authority.id} ${code}`);
      const rows = latest.filter(
        (row) =>
          row.authority === authority.id &&
          (code === arlCode
            ? row.profile === 'true'
            : /^\d+$/.test(code)
              ? row.municipality.startsWith(code)
              : row.municipality === ''),
      );
      const count = rows.reduce((sum, row) => sum + row.count, 0);
      const isBehind =
        current === undefined ||
        now.getTime() - current.thisUpdate.getTime() >= publishEveryMs ||
        (count > current.entries && rows.some((row) => row.at >= current.thisUpdate));
      if (!isBehind) continue;
      try {
        done.push(await publishCrl(ctx, authority.id, code));
      } catch (error) {
        failures.push(error);
      }
    }
  }
  if (failures.length > 0) throw failures[0];
  return done;
}
