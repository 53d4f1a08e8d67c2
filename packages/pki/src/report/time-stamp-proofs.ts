import type { CheckContext } from './check.js';
import type { Evidence, EvidenceTimeStamp } from './evidence.js';
import type { ReportSubIndication } from './indications.js';
import type { ValidationPolicy } from './policy.js';
import { revocationFacts } from './revocation.js';
import { algorithmWeakness, keyWeakness, type Weakness } from './strength.js';

/** Why a time stamp proves nothing here: `broken` and `order` say that something was tampered with, `unproven` that proof is wanting. */
interface TimeStampFault {
  readonly kind: 'broken' | 'order' | 'unproven';
  readonly subIndication: ReportSubIndication;
  readonly detail: string;
}

/** A time stamp judged. */
export interface JudgedTimeStamp {
  readonly kind: EvidenceTimeStamp['kind'];
  readonly sha256: string;
  readonly time?: string;
  readonly fault?: TimeStampFault;
}

/** What the time stamps of a signature prove (EN 319 102-1 5.5 and 5.6: best signature time, proofs of existence). */
export interface TimeStampProofs {
  readonly stamps: readonly JudgedTimeStamp[];
  /** The earliest moment at which the signature is proven to have been there. */
  readonly signedBefore: Date | undefined;
  /** The earliest moment at which each covered thing is proven to have been there, by SHA-256. */
  readonly existedAt: ReadonlyMap<string, Date>;
}

/** Reasons that leave what was stamped before the revocation as good as it was; all others mean a key in other hands. */
const harmless = new Set(['affiliationChanged', 'superseded', 'cessationOfOperation', 'privilegeWithdrawn']);

/**
 * Judges the time stamps from the newest archive time stamp inwards. Each is judged at the earliest moment it is itself proven to have
 * existed: today, or the time of a good archive time stamp that covers it. So a stamp whose authority has ended is
 * carried by the one that was put over it in time.
 */
export function judgeTimeStamps(
  evidence: Evidence,
  policy: ValidationPolicy,
  time: Date,
  notEarlier: Date | undefined,
): TimeStampProofs {
  const existedAt = new Map<string, Date>();
  const stamps: JudgedTimeStamp[] = [];
  let signedBefore: Date | undefined;
  for (const stamp of inwards(evidence.timeStamps ?? [])) {
    const control = existedAt.get(stamp.sha256) ?? time;
    const fault = faultOf(stamp, {
      evidence,
      policy,
      time,
      notEarlier,
      notLater: control,
      existedAt,
      stamps,
    });
    stamps.push({
      kind: stamp.kind,
      sha256: stamp.sha256,
      ...(stamp.time === undefined ? {} : { time: stamp.time }),
      ...(fault === undefined ? {} : { fault }),
    });
    if (fault !== undefined || stamp.time === undefined) continue;
    const proven = latestMoment(stamp);
    if (signedBefore === undefined || proven < signedBefore) signedBefore = proven;
    for (const covered of stamp.covers ?? []) {
      const before = existedAt.get(covered);
      if (before === undefined || proven < before) existedAt.set(covered, proven);
    }
  }
  return { stamps, signedBefore, existedAt };
}

/** Archive time stamps, the newest first, then signature time stamps. */
function inwards(stamps: readonly EvidenceTimeStamp[]): EvidenceTimeStamp[] {
  const rank = ({ kind }: EvidenceTimeStamp) => (kind === 'archive' ? 0 : 1);
  return [...stamps].sort(
    (a, b) =>
      rank(a) - rank(b) || (b.time ?? '').localeCompare(a.time ?? '') || a.sha256.localeCompare(b.sha256),
  );
}

/** The stated time may be off by the stated accuracy: as a proof the later end counts. */
function latestMoment({ time, accuracyMs = 0 }: EvidenceTimeStamp): Date {
  return new Date(Date.parse(time ?? '') + accuracyMs);
}

function faultOf(stamp: EvidenceTimeStamp, context: CheckContext): TimeStampFault | undefined {
  const { policy, notLater, notEarlier } = context;
  if (!stamp.intact || stamp.time === undefined || stamp.chain === undefined) {
    return { kind: 'broken', subIndication: 'SIG_CONSTRAINTS_FAILURE', detail: stamp.rule ?? 'tsp' };
  }
  const made = new Date(stamp.time);
  const skew = policy.skewSeconds * 1000;
  const order = (detail: string): TimeStampFault => ({
    kind: 'order',
    subIndication: 'TIMESTAMP_ORDER_FAILURE',
    detail,
  });
  if (made.getTime() > notLater.getTime() + skew)
    return order(`${stamp.time} after ${notLater.toISOString()}`);
  if (notEarlier !== undefined && latestMoment(stamp).getTime() < notEarlier.getTime() - skew) {
    return order(`${stamp.time} before ${notEarlier.toISOString()}`);
  }
  return unproven(stamp, made, context);
}

function unproven(stamp: EvidenceTimeStamp, made: Date, context: CheckContext): TimeStampFault | undefined {
  const { policy, notLater } = context;
  const fault = (subIndication: ReportSubIndication, detail: string): TimeStampFault => ({
    kind: 'unproven',
    subIndication,
    detail,
  });
  const { chain } = stamp;
  if (chain === undefined || chain.indication !== 'PASSED') {
    return fault('NO_CERTIFICATE_CHAIN_FOUND', chain?.reason ?? '');
  }
  if (!policy.demo && chain.path.some(({ demo }) => demo)) return fault('NO_CERTIFICATE_CHAIN_FOUND', 'demo');
  const weak = weakPart(stamp, context);
  if (weak !== undefined) return fault(weak.subIndication, weak.detail);
  for (const certificate of chain.path.slice(0, -1)) {
    if (notLater > new Date(certificate.notAfter)) return fault('OUT_OF_BOUNDS_NO_POE', certificate.notAfter);
    // Freshness is asked at the stamp's own time, so that the answer is the same next year; a revocation that is known counts always.
    const { revoked, fresh } = revocationFacts({ ...context, notLater: made }, certificate);
    if (revoked !== undefined) {
      const counts = harmless.has(revoked.reason ?? '') ? revoked.at <= made : revoked.at <= notLater;
      if (counts)
        return fault('REVOKED_NO_POE', `${revoked.at.toISOString()} ${revoked.reason ?? 'unspecified'}`);
    } else if (fresh.length === 0) {
      return fault('TRY_LATER', 'revocation of the time-stamping authority');
    }
  }
  return undefined;
}

/** The first algorithm or key of stamp and path that no longer counts at the moment at which the stamp is proven. */
function weakPart(
  { digest, algorithm, keyBits, chain }: EvidenceTimeStamp,
  context: CheckContext,
): Weakness | undefined {
  if (digest === 'sha1') {
    const weak = algorithmWeakness(context, 'rsa-sha1');
    if (weak !== undefined) return { ...weak, detail: digest };
  }
  const path = chain?.path ?? [];
  // The anchor's signature over itself proves nothing and weakens nothing.
  const used = [algorithm, ...path.slice(0, -1).map((certificate) => certificate.algorithm)];
  const bits = [keyBits, ...path.map((certificate) => certificate.keyBits)];
  return [
    ...used.map((each) => algorithmWeakness(context, each)),
    ...bits.map((each) => (each === undefined ? undefined : keyWeakness(context, each))),
  ].find((weakness) => weakness !== undefined);
}
