import { createHash, randomUUID } from 'node:crypto';
import type { Tx } from '@madoguchi/store';
import { type AuditEntry, appendAudit, arrayOf } from '@madoguchi/store';
import { noteTime, refuseClockSetBack } from '../clock.js';
import type { CaContext } from '../context.js';
import { CaError, defect } from '../error.js';
import { gather, type Outcome } from '../gather.js';
import { keysInUse } from '../keys/in-use.js';
import type { ProfileName } from '../lint/profiles.js';
import type { Linted } from './linted.js';
import { lockResident, refuseSecondIssue } from './second-issue.js';

/** Profiles that have a row in the issue record (the authorities' self-signed certificates have one in `ca.authority`). */
export type IssuedProfile = Extract<
  ProfileName,
  'signature' | 'authentication' | 'agency' | 'encryption' | 'ocsp' | 'tsa' | 'link' | 'cross'
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

type Wanted = Omit<Reservation, 'serial' | 'alias'>;

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

/** The steps of the issue record; what happens at the same moment shares a commit. */
interface Steps {
  readonly reserve: (what: Wanted) => Promise<Reservation>;
  readonly intend: (what: Intention) => Promise<void>;
  readonly issue: (what: Signed) => Promise<void>;
  readonly deliver: (places: readonly Reservation[]) => Promise<void>;
}

const stepsOf = new WeakMap<CaContext, Steps>();

function steps(ctx: CaContext): Steps {
  const known = stepsOf.get(ctx) ?? {
    reserve: gather((items: readonly Wanted[]) => reserveAll(ctx, items)),
    intend: gather((items: readonly Intention[]) => intendAll(ctx, items)),
    issue: gather((items: readonly Signed[]) => issueAll(ctx, items)),
    deliver: gather((items: readonly (readonly Reservation[])[]) => deliverAll(ctx, items)),
  };
  stepsOf.set(ctx, known);
  return known;
}

/** Takes the next serial number and commits that it is taken, before anything is done with it. */
export async function reserve(ctx: CaContext, what: Wanted): Promise<Reservation> {
  const place = await steps(ctx).reserve(what);
  await ctx.onStep('reserved');
  return place;
}

/**
 * Stores the bytes about to be signed: from here on the certificate can be revoked, whether or not the signature was made. Refuses
 * (CaError) a second certificate for a resident, a key that is in use, leaked or blocked, and a clock that was set back.
 */
export async function markIntended(ctx: CaContext, what: Intention): Promise<void> {
  await steps(ctx).intend(what);
  await ctx.onStep('intended');
}

/** Stores the signed certificate. */
export async function markIssued(ctx: CaContext, what: Signed): Promise<void> {
  await steps(ctx).issue(what);
  await ctx.onStep(what.isDelivered ? 'delivered' : 'issued');
}

/** It was read back from the card, or handed over to its requester. */
export async function markDelivered(ctx: CaContext, places: readonly Reservation[]): Promise<void> {
  await steps(ctx).deliver(places);
  await ctx.onStep('delivered');
}

const done: Outcome<void> = { ok: true, value: undefined };
const column = <T, K extends keyof T>(items: readonly T[], key: K) => items.map((item) => item[key]);

/** The next number of the running number space, as content octets. A sequence never gives one twice, not even after a rollback. */
export async function nextSerial(ctx: Pick<CaContext, 'sql'>): Promise<Uint8Array> {
  const [row] = await ctx.sql<{ serial: Uint8Array }[]>`
    select decode(lpad(to_hex(nextval('ca.serial')), 8, '0'), 'hex') as serial`;
  if (row === undefined) throw defect('serial', 'the database gave no serial number');
  return row.serial;
}

async function reserveAll(ctx: CaContext, items: readonly Wanted[]): Promise<Outcome<Reservation>[]> {
  const places = items.map((item) => ({ ...item, alias: randomUUID() }));
  const now = ctx.clock();
  const rows = await ctx.sql<{ alias: string; serial: Uint8Array }[]>`
    insert into ca.certificate
      (municipality, authority, serial, alias, profile, state, resident, issue, reserved_at, changed_at)
    select municipality, authority, decode(lpad(to_hex(nextval('ca.serial')), 8, '0'), 'hex'), alias, profile,
      'reserved', nullif(resident, '')::uuid, issue, ${now}, ${now}
    from unnest(${column(places, 'municipality')}::text[], ${column(places, 'authority')}::text[],
      ${column(places, 'alias')}::uuid[], ${column(places, 'profile')}::text[],
      ${places.map((place) => place.resident ?? '')}::text[], ${column(places, 'issue')}::uuid[])
      as t (municipality, authority, alias, profile, resident, issue)
    returning alias, serial`;
  const serials = new Map(rows.map(({ alias, serial }) => [alias, serial]));
  return places.map((place) => {
    const serial = serials.get(place.alias);
    return serial === undefined
      ? { ok: false, error: defect('serial', 'the database gave no serial number') }
      : { ok: true, value: { ...place, serial } };
  });
}

function audited(at: Reservation, now: Date, action: string): AuditEntry {
  const { profile, authority } = at;
  return { at: now, actor: 'ca', action, subject: at.alias, detail: { profile, authority } };
}

async function intendAll(ctx: CaContext, items: readonly Intention[]): Promise<Outcome<void>[]> {
  const now = ctx.clock();
  return ctx.sql.begin(async (tx) => {
    await refuseClockSetBack(ctx, tx, now);
    const inUse = await keysInUse(tx, items);
    const outcomes: Outcome<void>[] = [];
    for (const [index, item] of items.entries()) {
      const error = inUse[index] ?? (await secondIssue(tx, item.at, now));
      outcomes.push(error === undefined ? done : { ok: false, error });
    }
    const good = items.filter((_, index) => outcomes[index]?.ok);
    if (good.length === 0) return outcomes;
    const places = column(good, 'at');
    await tx`
      update ca.certificate c set state = 'intended', intended_tbs = t.tbs, spki_sha256 = t.key,
        not_before = t.not_before, not_after = t.not_after, changed_at = ${now}
      from unnest(${column(places, 'municipality')}::text[], ${column(places, 'authority')}::text[],
        ${arrayOf.bytes(tx, column(places, 'serial'))}::bytea[], ${arrayOf.bytes(
          tx,
          good.map((item) => item.linted.tbs),
        )}::bytea[],
        ${arrayOf.bytes(tx, column(good, 'keyDigest'))}::bytea[], ${arrayOf.times(tx, column(good, 'notBefore'))}::timestamptz[],
        ${arrayOf.times(tx, column(good, 'notAfter'))}::timestamptz[])
        as t (municipality, authority, serial, tbs, key, not_before, not_after)
      where c.municipality = t.municipality and c.authority = t.authority and c.serial = t.serial`;
    await noteTime(tx, now);
    await appendAudit(tx, auditChain, ...places.map((at) => audited(at, now, 'certificate.signing')));
    return outcomes;
  });
}

/** Decides under a lock that lasts until the commit, so that two counters at once cannot both find that there is none. */
async function secondIssue(tx: Tx, at: Reservation, now: Date): Promise<CaError | undefined> {
  if (at.resident === undefined) return undefined;
  const { municipality, resident, issue } = at;
  await lockResident(tx, resident);
  try {
    await refuseSecondIssue(tx, { municipality, resident, issue, now });
    return undefined;
  } catch (error) {
    if (error instanceof CaError) return error;
    throw error;
  }
}

async function issueAll(ctx: CaContext, items: readonly Signed[]): Promise<Outcome<void>[]> {
  const now = ctx.clock();
  return ctx.sql.begin(async (tx) => {
    const places = column(items, 'at');
    // The database puts the certificate together from the bytes that were intended and what is new: what comes out must be, to the
    // octet, what was signed and checked here. So only the bytes that were stored before can ever become a certificate.
    const parts = items.map(({ tbs, certificate }) => {
      const start = Buffer.from(certificate).indexOf(tbs);
      return {
        head: certificate.subarray(0, Math.max(start, 1)),
        tail: certificate.subarray(start + tbs.length),
        digest: createHash('sha256').update(certificate).digest(),
      };
    });
    const changed = await tx<{ alias: string }[]>`
      update ca.certificate c set state = t.state, certificate = t.head || c.intended_tbs || t.tail,
        intended_tbs = null, changed_at = ${now}
      from unnest(${column(places, 'municipality')}::text[], ${column(places, 'authority')}::text[],
        ${arrayOf.bytes(tx, column(places, 'serial'))}::bytea[], ${arrayOf.bytes(tx, column(parts, 'head'))}::bytea[],
        ${arrayOf.bytes(tx, column(parts, 'tail'))}::bytea[], ${arrayOf.bytes(tx, column(parts, 'digest'))}::bytea[],
        ${items.map((item) => (item.isDelivered ? 'delivered' : 'issued'))}::text[])
        as t (municipality, authority, serial, head, tail, digest, state)
      where c.municipality = t.municipality and c.authority = t.authority and c.serial = t.serial
        and c.state = 'intended' and sha256(t.head || c.intended_tbs || t.tail) = t.digest
      returning c.alias`;
    const issued = new Set(column(changed, 'alias'));
    const good = items.filter(({ at }) => issued.has(at.alias));
    const lines = good.map(({ at, isDelivered }) =>
      audited(at, now, isDelivered ? 'certificate.signed and delivered' : 'certificate.signed'),
    );
    if (lines.length > 0) await appendAudit(tx, auditChain, ...lines);
    return places.map((at) =>
      issued.has(at.alias)
        ? done
        : {
            ok: false,
            error: defect('issue.changed', 'the certificate is not the one that was intended'),
          },
    );
  });
}

async function deliverAll(
  ctx: CaContext,
  items: readonly (readonly Reservation[])[],
): Promise<Outcome<void>[]> {
  const now = ctx.clock();
  const places = items.flat();
  await ctx.sql.begin(async (tx) => {
    await tx`
      update ca.certificate c set state = 'delivered', changed_at = ${now}
      from unnest(${column(places, 'municipality')}::text[], ${column(places, 'authority')}::text[],
        ${arrayOf.bytes(tx, column(places, 'serial'))}::bytea[]) as t (municipality, authority, serial)
      where c.municipality = t.municipality and c.authority = t.authority and c.serial = t.serial
        and c.state = 'issued'`;
    await appendAudit(tx, auditChain, ...places.map((at) => audited(at, now, 'certificate.delivered')));
  });
  return items.map(() => done);
}
