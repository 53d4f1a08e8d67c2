import { randomUUID } from 'node:crypto';
import {
  buildTimeStampResponse,
  demoOids,
  parseCertificate,
  parseTimeStampRequest,
  type TimeStampFailure,
  type TimeStampTerms,
  timeStampFault,
  timeStampRefusal,
} from '@madoguchi/pki';
import { withAdvisoryLock } from '@madoguchi/store';
import { type CaContext, issuingAuthority } from '../context.js';
import { defect } from '../error.js';
import { issue } from '../issuance/issue.js';

export interface TimeStampAnswer {
  /** TimeStampResp, DER. */
  readonly der: Uint8Array;
  readonly outcome: 'granted' | TimeStampFailure;
}

/** The key that stamps and its certificate. */
interface Unit {
  readonly certificate: Uint8Array;
  readonly key: string;
  readonly authority: string;
  readonly serial: Uint8Array;
  readonly notAfter: Date;
}

/** What a stamp promises: the machine's clock is kept by NTP, whole seconds are meant. */
const terms: TimeStampTerms = { policy: demoOids.timeStamping, accuracy: { seconds: 1 }, named: true };

/** The stamp's accuracy: a clock that goes back by more contradicts stamps that were given. */
const toleranceMs = 1000;

export interface TimeStampAuthority {
  answer(request: Uint8Array): Promise<TimeStampAnswer>;
}

export function refuse(failure: TimeStampFailure, text: string): TimeStampAnswer {
  return { der: timeStampRefusal(failure, text), outcome: failure };
}

/**
 * The time-stamping authority (RFC 3161) under the time-stamping root. Its certificate is issued when the first stamp is asked for, and
 * again once it has expired or is revoked. Hostile input gets a refusal in RFC 3161's own terms; it never throws for it.
 */
export function createTimeStampAuthority(ctx: CaContext): TimeStampAuthority {
  let unit: Promise<Unit> | undefined;
  return {
    async answer(der) {
      const parsed = parseTimeStampRequest(der);
      if (!parsed.ok) return refuse('badDataFormat', `the request cannot be read: ${parsed.rule}`);
      const fault = timeStampFault(parsed.value, terms);
      if (fault !== undefined) return refuse(fault.failure, fault.text);
      unit ??= currentUnit(ctx);
      let known = await unit.catch((error: unknown) => {
        unit = undefined;
        throw error;
      });
      let number = await nextNumber(ctx, known);
      if (number.revoked || known.notAfter <= ctx.clock()) {
        unit = currentUnit(ctx);
        known = await unit.catch((error: unknown) => {
          unit = undefined;
          throw error;
        });
        number = await nextNumber(ctx, known);
        if (number.revoked) return refuse('systemFailure', 'the authority has no valid certificate');
      }
      const time = ctx.clock();
      if (time.getTime() < number.latest.getTime() - toleranceMs) {
        return refuse('timeNotAvailable', 'the clock stands before the last time stamp');
      }
      const response = await buildTimeStampResponse({
        request: parsed.value,
        time,
        serial: number.serial,
        terms,
        signer: { signer: await ctx.keys.signer(known.key), certificate: known.certificate },
      });
      return { der: response, outcome: 'granted' };
    },
  };
}

/** A number for the next stamp, and whether the unit may still stamp: asked with every stamp, for a revoked key must stop at once. */
async function nextNumber(
  ctx: CaContext,
  unit: Unit,
): Promise<{ serial: Uint8Array; revoked: boolean; latest: Date }> {
  // The latest time is stored with the number, before the stamp is made: a clock set back is noticed after a crash too.
  const [row] = await ctx.sql<{ number: string; revoked: boolean; latest: Date }[]>`
    with clock as (
      update ca.time_stamp_clock set latest = greatest(latest, ${ctx.clock()}::timestamptz) returning latest)
    select nextval('ca.time_stamp_serial')::text as number, exists (
      select 1 from ca.revocation where authority = ${unit.authority} and serial = ${unit.serial}) as revoked,
      (select latest from clock) as latest`;
  if (row === undefined) throw defect('tsa.number', 'the sequence gave no number');
  const hex = BigInt(row.number).toString(16).padStart(16, '0');
  return { serial: Buffer.from(`00${hex}`, 'hex'), revoked: row.revoked, latest: row.latest };
}

interface UnitRow {
  certificate: Uint8Array;
  key: string;
  authority: string;
  serial: Uint8Array;
}

/** The newest unit, if it can stamp now; else a new one. Only one process makes it. */
function currentUnit(ctx: CaContext): Promise<Unit> {
  return withAdvisoryLock(ctx.sql, 'ca.time-stamp-unit', async () => {
    const [row] = await ctx.sql<(UnitRow & { revoked: boolean })[]>`
      select u.certificate, u.key, u.authority, u.serial, exists (
        select 1 from ca.revocation r where r.authority = u.authority and r.serial = u.serial) as revoked
      from ca.time_stamp_unit u order by u.number desc limit 1`;
    const known = row === undefined || row.revoked ? undefined : unitOf(row);
    return known !== undefined && known.notAfter > ctx.clock() ? known : makeUnit(ctx);
  });
}

function unitOf({ certificate, key, authority, serial }: UnitRow): Unit {
  const parsed = parseCertificate(certificate);
  if (!parsed.ok) throw defect('tsa.certificate', parsed.rule);
  return { certificate, key, authority, serial, notAfter: parsed.value.notAfter };
}

async function makeUnit(ctx: CaContext): Promise<Unit> {
  const { id } = await issuingAuthority(ctx, 'tsa');
  const key = `time-stamp-${randomUUID()}`;
  const { publicKey } = await ctx.keys.ensure(key, 'p256');
  const issued = await issue(ctx, { profile: 'tsa', publicKey });
  const row = {
    authority: id,
    serial: Buffer.from(issued.serial, 'hex'),
    certificate: issued.certificate,
    key,
  };
  await ctx.sql`insert into ca.time_stamp_unit ${ctx.sql({ ...row, created_at: ctx.clock() })}`;
  return unitOf(row);
}
