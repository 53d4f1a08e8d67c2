import { sha256 } from '@madoguchi/pki/certificates';
import type { Tx } from '@madoguchi/store';
import { type AuditEntry, appendAudit, arrayOf, gather, type Outcome } from '@madoguchi/store';
import { noteTime, refuseClockSetBack } from '../clock.js';
import type { CaContext } from '../context.js';
import { CaError, defect } from '../error.js';
import { isKeyTaken, keysInUse } from '../keys/in-use.js';
import type { ProfileName } from '../lint/profiles.js';
import type { Linted } from './linted.js';
import { lockResident, refuseSecondIssue } from './second-issue.js';

/** Profiles that have a row in the issue record (the authorities' self-signed certificates have one in `ca.authority`). */
export type IssuedProfile = Extract<
  ProfileName,
  | 'signature'
  | 'authentication'
  | 'phone-signature'
  | 'phone-authentication'
  | 'agency'
  | 'encryption'
  | 'ocsp'
  | 'tsa'
  | 'link'
  | 'cross'
>;

/** A place in the issue record (発行記録) that a certificate is being made for. */
export interface Reservation {
  readonly municipality: string;
  readonly authority: string;
  /** Content octets of the INTEGER. Never in a log, a page or an address: there `alias` stands for it. */
  readonly serial: Uint8Array;
  readonly alias: string;
  readonly profile: IssuedProfile;
  readonly issue: string;
  readonly resident: string | undefined;
}

/** Name of the audit chain of the authority. */
export const auditChain = 'ca';

interface Intention {
  readonly at: Reservation;
  readonly linted: Linted;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly keyDigest: Uint8Array;
  readonly keyId: Uint8Array;
  /** Keys of authorities are certified several times. */
  readonly keyIsKnown: boolean;
}

interface Signed {
  readonly at: Reservation;
  readonly tbs: Uint8Array;
  readonly certificate: Uint8Array;
  /** True where storing it is handing it over: whoever asked can fetch it from the record. A card is read back first. */
  readonly isDelivered: boolean;
}

/** What is written into the issue record: a certificate about to be signed, one that was signed, those that were handed over. */
type Line =
  | { readonly kind: 'intended'; readonly what: Intention }
  | { readonly kind: 'issued'; readonly what: Signed }
  | { readonly kind: 'delivered'; readonly what: readonly Reservation[] };

const writers = new WeakMap<CaContext, (line: Line) => Promise<void>>();

/** What many certificates come to write at the same moment shares one transaction, whatever step each of them is at. */
function write(ctx: CaContext, line: Line): Promise<void> {
  const writer =
    writers.get(ctx) ?? gather((lines: readonly Line[]) => writeAgain(ctx, lines), { items: 192, linger: 4 });
  writers.set(ctx, writer);
  return writer(line);
}

/** Another process may have certified one of the keys a moment ago: its transaction is over now, so the second look sees what it did. */
async function writeAgain(ctx: CaContext, lines: readonly Line[]): Promise<Outcome<void>[]> {
  try {
    return await writeAll(ctx, lines);
  } catch (error) {
    if (!isKeyTaken(error)) throw error;
    return writeAll(ctx, lines);
  }
}

/**
 * Stores the bytes about to be signed, under a serial number that nobody else has: from here on the certificate can be revoked, whether or
 * not the signature was made. Refuses (CaError) a second certificate for a resident, a key that is in use, leaked or blocked, and a clock
 * that was set back.
 */
export async function markIntended(ctx: CaContext, what: Intention): Promise<void> {
  await write(ctx, { kind: 'intended', what });
  await ctx.onStep('intended');
}

/** Stores the signed certificate. */
export async function markIssued(ctx: CaContext, what: Signed): Promise<void> {
  await write(ctx, { kind: 'issued', what });
  await ctx.onStep(what.isDelivered ? 'delivered' : 'issued');
}

/** It was read back from the card, or handed over to its requester. */
export async function markDelivered(ctx: CaContext, places: readonly Reservation[]): Promise<void> {
  await write(ctx, { kind: 'delivered', what: places });
  await ctx.onStep('delivered');
}

const done: Outcome<void> = { ok: true, value: undefined };
const column = <T, K extends keyof T>(items: readonly T[], key: K) => items.map((item) => item[key]);

async function writeAll(ctx: CaContext, lines: readonly Line[]): Promise<Outcome<void>[]> {
  const now = ctx.clock();
  const intended = lines.flatMap((line) => (line.kind === 'intended' ? [line.what] : []));
  const issued = lines.flatMap((line) => (line.kind === 'issued' ? [line.what] : []));
  const delivered = lines.flatMap((line) => (line.kind === 'delivered' ? line.what : []));
  return ctx.sql.begin(async (tx) => {
    // What does not wait for another's answer is asked in one go: a group is written in few turns of the event loop.
    const [refusals, stored] = await Promise.all([
      judge(ctx, tx, intended, now),
      storeSigned(tx, issued, now),
    ]);
    const good = intended.filter((item) => !refusals.has(item));
    const entry = audited(now);
    const entries: AuditEntry[] = [
      ...good.map(({ at }) => entry(at, 'certificate.signing')),
      ...issued.flatMap(({ at, isDelivered }) =>
        stored.has(at.alias)
          ? [entry(at, isDelivered ? 'certificate.signed and delivered' : 'certificate.signed')]
          : [],
      ),
      ...delivered.map((at) => entry(at, 'certificate.delivered')),
    ];
    await Promise.all([
      insert(
        tx,
        good.filter((item) => item.at.resident === undefined),
        now,
      ),
      good.length > 0 ? noteTime(tx, now) : undefined,
      deliver(tx, delivered, now),
      // The last, because its lock is everybody's.
      entries.length > 0 ? appendAudit(tx, auditChain, ...entries) : undefined,
    ]);
    return lines.map((line): Outcome<void> => {
      if (line.kind === 'delivered') return done;
      if (line.kind === 'intended') {
        const error = refusals.get(line.what);
        return error === undefined ? done : { ok: false, error };
      }
      if (stored.has(line.what.at.alias)) return done;
      return {
        ok: false,
        error: defect('issue.changed', 'the certificate is not the one that was intended'),
      };
    });
  });
}

/** Writes entries of one moment; those of one profile and authority share their detail. */
function audited(now: Date): (at: Reservation, action: string) => AuditEntry {
  const details = new Map<string, { profile: string; authority: string }>();
  return ({ alias, profile, authority }, action) => {
    const key = `${profile} ${authority}`;
    const detail = details.get(key) ?? { profile, authority };
    details.set(key, detail);
    return { at: now, actor: 'ca', action, subject: alias, detail };
  };
}

/** Returns why each of those that are refused is. Those that name a resident and are not refused have their row already. */
async function judge(
  ctx: CaContext,
  tx: Tx,
  items: readonly Intention[],
  now: Date,
): Promise<Map<Intention, CaError>> {
  const refusals = new Map<Intention, CaError>();
  if (items.length === 0) return refusals;
  const [inUse] = await Promise.all([keysInUse(tx, items), refuseClockSetBack(ctx, tx, now)]);
  // In one order, so that two processes never wait for each other.
  for (const resident of [...new Set(items.flatMap(({ at }) => at.resident ?? []))].sort())
    await lockResident(tx, resident);
  for (const [index, item] of items.entries()) {
    const error = inUse[index] ?? (await secondIssue(tx, item.at, now));
    if (error !== undefined) refusals.set(item, error);
    // So that the next in this transaction is judged with this one in the record.
    else if (item.at.resident !== undefined) await insert(tx, [item], now);
  }
  return refusals;
}

async function insert(tx: Tx, items: readonly Intention[], now: Date): Promise<void> {
  if (items.length === 0) return;
  const places = column(items, 'at');
  await tx`
    insert into ca.certificate (municipality, authority, alias, profile, state, resident, issue, serial, intended_tbs, spki_sha256,
      not_before, not_after, reserved_at, changed_at)
    select municipality, authority, alias, profile, 'intended', nullif(resident, '')::uuid, issue, serial, tbs, key,
      not_before, not_after, ${now}, ${now}
    from unnest(${arrayOf.texts(tx, column(places, 'municipality'))}, ${arrayOf.texts(tx, column(places, 'authority'))},
      ${arrayOf.texts(tx, column(places, 'alias'))}::uuid[], ${arrayOf.texts(tx, column(places, 'profile'))},
      ${arrayOf.texts(
        tx,
        places.map((place) => place.resident ?? ''),
      )}, ${arrayOf.texts(tx, column(places, 'issue'))}::uuid[],
      ${arrayOf.bytes(tx, column(places, 'serial'))}::bytea[],
      ${arrayOf.bytes(
        tx,
        items.map((item) => item.linted.tbs),
      )}::bytea[],
      ${arrayOf.bytes(tx, column(items, 'keyDigest'))}::bytea[], ${arrayOf.times(tx, column(items, 'notBefore'))}::timestamptz[],
      ${arrayOf.times(tx, column(items, 'notAfter'))}::timestamptz[])
      as t (municipality, authority, alias, profile, resident, issue, serial, tbs, key, not_before, not_after)`;
}

/** To be asked under the resident's lock, which lasts until the commit: two counters at once cannot both find that there is none. */
async function secondIssue(tx: Tx, at: Reservation, now: Date): Promise<CaError | undefined> {
  if (at.resident === undefined) return undefined;
  const { municipality, resident, issue } = at;
  try {
    await refuseSecondIssue(tx, { municipality, resident, issue, now });
    return undefined;
  } catch (error) {
    if (error instanceof CaError) return error;
    throw error;
  }
}

/** Returns the aliases of those that were stored: all of them, unless what was signed is not what was intended. */
async function storeSigned(tx: Tx, items: readonly Signed[], now: Date): Promise<Set<string>> {
  if (items.length === 0) return new Set();
  const places = column(items, 'at');
  // The database puts the certificate together from the bytes that were intended and what is new: what comes out must be, to the
  // octet, what was signed and checked here. So only the bytes that were stored before can ever become a certificate.
  const parts = items.map(({ tbs, certificate }) => {
    const start = headerLength(certificate);
    return {
      head: certificate.subarray(0, start),
      tail: certificate.subarray(start + tbs.length),
      digest: sha256(certificate),
    };
  });
  const changed = await tx<{ alias: string }[]>`
    update ca.certificate c set state = t.state, certificate = t.head || c.intended_tbs || t.tail,
      intended_tbs = null, changed_at = ${now}
    from unnest(${arrayOf.texts(tx, column(places, 'municipality'))}, ${arrayOf.texts(tx, column(places, 'authority'))},
      ${arrayOf.bytes(tx, column(places, 'serial'))}::bytea[], ${arrayOf.bytes(tx, column(parts, 'head'))}::bytea[],
      ${arrayOf.bytes(tx, column(parts, 'tail'))}::bytea[], ${arrayOf.bytes(tx, column(parts, 'digest'))}::bytea[],
      ${arrayOf.texts(
        tx,
        items.map((item) => (item.isDelivered ? 'delivered' : 'issued')),
      )})
      as t (municipality, authority, serial, head, tail, digest, state)
    where c.municipality = t.municipality and c.authority = t.authority and c.serial = t.serial
      and c.state = 'intended' and sha256(t.head || c.intended_tbs || t.tail) = t.digest
    returning c.alias`;
  return new Set(column(changed, 'alias'));
}

/** Octets before the content of an element in DER. */
function headerLength([, length = 0]: Uint8Array): number {
  return length < 0x80 ? 2 : 2 + (length & 0x7f);
}

async function deliver(tx: Tx, places: readonly Reservation[], now: Date): Promise<void> {
  if (places.length === 0) return;
  await tx`
    update ca.certificate c set state = 'delivered', changed_at = ${now}
    from unnest(${arrayOf.texts(tx, column(places, 'municipality'))}, ${arrayOf.texts(tx, column(places, 'authority'))},
      ${arrayOf.bytes(tx, column(places, 'serial'))}::bytea[]) as t (municipality, authority, serial)
    where c.municipality = t.municipality and c.authority = t.authority and c.serial = t.serial
      and c.state = 'issued'`;
}
