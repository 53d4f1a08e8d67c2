import { createReceipt, sha256Hex } from '@madoguchi/procedure';
import { arrayOf, enqueue, gather, type Outcome, type Tx } from '@madoguchi/store';
import { defectOf } from '@madoguchi/ui';
import { chunkSize, receiptNumberOf } from '../cases/queries.js';
import type { ReceptionOptions } from '../options.js';
import { lockRequests, type RequestRow, useRequests } from '../requests/queries.js';
import { type ArrivedRow, rememberArrived } from './just-arrived.js';
import { type TakenIn, takeIn } from './take-in.js';

interface Arrival {
  jti: string;
  envelope: Uint8Array;
}

/** So many share a commit at most. */
const most = 64;
/**
 * Milliseconds that those who come under load wait for those who were just answered: without them two groups of half the size take turns, and what a group costs
 * by itself (its statements, its job, its fsync) is paid twice.
 */
const linger = 5;

/**
 * {@link takeIn} for many at once: what arrives at the same moment shares one transaction, so that one fsync makes all of them durable. Each gets
 * its receipt after that commit and never before. What comes alone begins at once and waits for nobody. Only first arrivals under their nonce are taken
 * together; the same nonce twice, a used one, a large envelope, and all of a group that failed are taken in alone.
 */
export function takeInTogether(
  options: ReceptionOptions,
): (jti: string, envelope: Uint8Array) => Promise<TakenIn> {
  const together = gather<Arrival, TakenIn>((arrivals) => takeGroup(options, arrivals), {
    items: most,
    linger,
  });
  return (jti, envelope) =>
    envelope.length > chunkSize ? takeIn(options, jti, envelope) : together({ jti, envelope });
}

async function takeGroup(
  options: ReceptionOptions,
  arrivals: readonly Arrival[],
): Promise<Outcome<TakenIn>[]> {
  const alone = async ({ jti, envelope }: Arrival): Promise<Outcome<TakenIn>> => {
    try {
      return { ok: true, value: await takeIn(options, jti, envelope) };
    } catch (error) {
      return { ok: false, error };
    }
  };
  if (arrivals.length === 1) return Promise.all(arrivals.map(alone));
  // A second one under the same nonce waits for the first.
  const first = new Map<string, Arrival>();
  for (const arrival of arrivals) if (!first.has(arrival.jti)) first.set(arrival.jti, arrival);
  const taken = await takeFresh(options, [...first.values()]).catch((error: unknown) => {
    // Alone they may still go, with the same receipt where only the commit's answer was lost; an operator hears that the quick way is closed.
    options.log?.('intake.groupFailed', { applications: first.size, error: defectOf(error).error });
    return new Map<Arrival, TakenIn>();
  });
  return Promise.all(
    arrivals.map((arrival) => {
      const value = taken.get(arrival);
      return value === undefined ? alone(arrival) : { ok: true, value };
    }),
  );
}

/** Takes in those whose nonce was not used yet, in one transaction; the others are not in the answer. */
async function takeFresh(
  options: ReceptionOptions,
  arrivals: readonly Arrival[],
): Promise<Map<Arrival, TakenIn>> {
  const { db, agency, keys, staple, clock } = options;
  const digests = arrivals.map(({ envelope }) => sha256Hex(envelope));
  const [leaf] = keys.signerChain;
  const ocsp = leaf && (await staple(leaf).catch(() => undefined));
  const arrived: ArrivedRow[] = [];
  const taken = await db.sql.begin(async (tx): Promise<Map<Arrival, TakenIn>> => {
    const requests = await lockRequests(
      tx,
      agency.code,
      arrivals.map(({ jti }) => jti),
    );
    const fresh = arrivals.flatMap((arrival, index) => {
      const request = requests.get(arrival.jti);
      const envelopeSha256 = digests[index] ?? '';
      return request?.usedAt === null ? [{ arrival, request, envelopeSha256 }] : [];
    });
    if (fresh.length === 0) return new Map();
    const arrivedAt = clock();
    const numbers = await nextReceiptNumbers(tx, arrivedAt, fresh.length);
    const cases = await Promise.all(
      fresh.map(async (one, index): Promise<NewCase> => {
        const receiptNumber = numbers[index] ?? '';
        const receiptJws = await createReceipt(
          {
            receiptNumber,
            jti: one.arrival.jti,
            envelopeSha256: one.envelopeSha256,
            arrivedAt,
            agency: { code: agency.code, name: agency.name },
          },
          { signer: keys.signer, chain: keys.signerChain, ocsp },
        );
        return { ...one, receiptNumber, receiptJws };
      }),
    );
    await insertCases(tx, agency.code, arrivedAt, cases);
    arrived.push(
      ...cases.map(({ arrival, request, receiptNumber: number }) => ({
        ...{ ...request, number, arrivedAt },
        envelope: arrival.envelope,
      })),
    );
    return new Map(
      cases.map(({ arrival, receiptNumber, receiptJws }) => [
        arrival,
        { ok: true, receiptNumber, receiptJws, again: false },
      ]),
    );
  });
  rememberArrived(options, arrived);
  return taken;
}

interface NewCase {
  arrival: Arrival;
  request: RequestRow;
  envelopeSha256: string;
  receiptNumber: string;
  receiptJws: string;
}

/** What `takeIn` writes for one, for all: case, envelope, action, use of the request, and one job that opens them. */
async function insertCases(tx: Tx, agency: string, at: Date, cases: readonly NewCase[]): Promise<void> {
  const numbers = cases.map(({ receiptNumber }) => receiptNumber);
  const column = <T>(read: (one: NewCase) => T): T[] => cases.map(read);
  // Sent one behind the other without waiting: one round trip.
  await Promise.all([
    tx`insert into agency.cases (agency, receipt_number, jti, procedure_id, procedure_version, envelope_sha256,
        envelope_size, arrived_at, receipt_jws, state)
      select ${agency}, t.number, t.jti, t.procedure, t.version, t.sha256, t.size, ${at}, t.jws, 'arrived'
      from unnest(${numbers}::text[], ${column(({ arrival }) => arrival.jti)}::text[],
        ${column(({ request }) => request.procedureId)}::text[], ${column(({ request }) => request.procedureVersion)}::text[],
        ${column(({ envelopeSha256 }) => envelopeSha256)}::text[], ${column(({ arrival }) => arrival.envelope.length)}::int[],
        ${column(({ receiptJws }) => receiptJws)}::text[]) as t (number, jti, procedure, version, sha256, size, jws)`,
    tx`insert into agency.envelope_chunks (agency, receipt_number, seq, bytes)
      select ${agency}, t.number, 0, t.bytes
      from unnest(${numbers}::text[], ${arrayOf.bytes(
        tx,
        column(({ arrival }) => arrival.envelope),
      )}::bytea[]) as t (number, bytes)`,
    tx`insert into agency.actions (agency, receipt_number, at, actor, kind)
      select ${agency}, number, ${at}, 'intake', 'arrived' from unnest(${numbers}::text[]) as number`,
    useRequests(
      tx,
      agency,
      at,
      column(({ arrival: { jti }, receiptNumber }) => ({ jti, receiptNumber })),
    ),
    enqueue(tx, 'agency.open', { agency, receiptNumbers: numbers }),
  ]);
}

async function nextReceiptNumbers(tx: Tx, at: Date, count: number): Promise<string[]> {
  const rows = await tx<{ next: string }[]>`select nextval('agency.receipt_numbers') as next
    from generate_series(1, ${count}::int)`;
  return rows.map(({ next }) => receiptNumberOf(next, at));
}
