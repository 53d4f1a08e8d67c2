import { performance } from 'node:perf_hooks';
import { type Certificate, parseCertificate, readAsic, verifySignedData } from '@madoguchi/pki';
import { sha256Hex } from '@madoguchi/procedure';
import { type Rate, type RateLimiter, rateLimiter } from '@madoguchi/ui';
import { findCasesOfNonce } from '../cases/queries.js';
import { openWithKeys } from '../intake/open-envelope.js';
import { certificateName, numbersOf } from '../links/naming.js';
import type { ReceptionOptions } from '../options.js';

/** Sixty at once after a rest, then six a minute: who files for many people is not stopped, a machine is. */
const usualSignerRate: Rate = { perMinute: 6, burst: 60 };

/** The intake asks so often who waits: one question for all envelopes of that time. */
const askMs = 1000;
/** Whoever has to wait at all waits so long: shorter than the question is old would be no wait. */
const leastSeconds = 10;

type Place = Pick<ReceptionOptions, 'db' | 'agency' | 'keys' | 'limits' | 'clock'>;

/** What this process counted for an agency, and who was written down until when. */
const counts = new WeakMap<object, { limiter: RateLimiter; written: Map<string, number> }>();

/**
 * Counts an application by the certificate that signed it, after its signature and its path were found good: nobody is counted by a certificate they only
 * copied. Beyond the limit it is written down until when its holder waits; what has arrived stays arrived.
 */
export async function countSigner(place: Place, certificate: Certificate): Promise<void> {
  const { db, agency, keys, limits, clock } = place;
  const counted = counts.get(keys) ?? {
    limiter: rateLimiter(limits?.signer ?? usualSignerRate),
    written: new Map<string, number>(),
  };
  counts.set(keys, counted);
  const name = certificateName(keys.secret, agency.code, numbersOf(certificate));
  const key = name.toString('hex');
  const wait = counted.limiter.take(key, performance.now());
  const now = clock();
  // Written once for each wait, however many arrived before the intake heard of it.
  if (wait === undefined || (counted.written.get(key) ?? 0) > now.getTime()) return;
  const until = new Date(now.getTime() + Math.max(wait, leastSeconds) * 1000);
  for (const [known, time] of counted.written) if (time <= now.getTime()) counted.written.delete(known);
  counted.written.set(key, until.getTime());
  await db.sql`insert into agency.signer_waits (agency, certificate, until) values (${agency.code}, ${name}, ${until})
    on conflict (agency, certificate) do update set until = ${until}`;
  await db.sql`delete from agency.signer_waits where agency = ${agency.code} and until <= ${now}`;
}

/**
 * Asks of an envelope whether its signer has to wait, and how many seconds. As long as nobody has to, nothing is opened for it and nothing asked of it; while
 * somebody does, envelopes are opened before they are taken in. What arrived before is never made to wait: its sender gets the same receipt again.
 */
export function signerGate(place: Place): (jti: string, envelope: Uint8Array) => Promise<number | undefined> {
  const { db, agency, keys, clock } = place;
  let askedAt = Number.NEGATIVE_INFINITY;
  let waiting: ReadonlyMap<string, Date> = new Map();
  async function refresh(): Promise<void> {
    const now = performance.now();
    if (now - askedAt < askMs) return;
    askedAt = now;
    const rows = await db.sql<{ certificate: Uint8Array; until: Date }[]>`select certificate, until
      from agency.signer_waits where agency = ${agency.code} and until > ${clock()}`;
    waiting = new Map(rows.map((row) => [Buffer.from(row.certificate).toString('hex'), row.until]));
  }
  return async (jti, envelope) => {
    await refresh();
    if (waiting.size === 0) return undefined;
    const opened = await openWithKeys(keys, envelope);
    const signer = opened.ok ? signerOf(opened.value) : undefined;
    if (signer === undefined) return undefined;
    const name = certificateName(keys.secret, agency.code, numbersOf(signer)).toString('hex');
    const left = (waiting.get(name)?.getTime() ?? 0) - clock().getTime();
    if (left <= 0) return undefined;
    const digest = sha256Hex(envelope);
    const earlier = await findCasesOfNonce(db.sql, agency.code, jti);
    return earlier.some(({ envelopeSha256 }) => envelopeSha256 === digest)
      ? undefined
      : Math.ceil(left / 1000);
  };
}

function signerOf(container: Uint8Array): Certificate | undefined {
  const asic = readAsic(container);
  if (!asic.ok) return undefined;
  const { signature, manifest } = asic.value;
  const der = verifySignedData({ cms: signature, content: manifest }).signers[0]?.certificate;
  const parsed = der && parseCertificate(der);
  return parsed?.ok ? parsed.value : undefined;
}
