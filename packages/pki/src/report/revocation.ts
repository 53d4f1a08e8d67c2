import type { CheckContext } from './check.js';
import { type EvidenceCertificate, insideMessage, type RevocationItem } from './evidence.js';
import { algorithmWeakness, type Weakness } from './strength.js';

/** What the revocation information says about one certificate, once the three questions are kept apart. */
export interface RevocationFacts {
  /** Items that count as evidence at all. */
  readonly accepted: readonly RevocationItem[];
  /** Accepted items that say "not revoked". */
  readonly good: readonly RevocationItem[];
  /** Of those, the ones that are fresh at the control time. */
  readonly fresh: readonly RevocationItem[];
  /** The earliest revocation any accepted item tells of. */
  readonly revoked: { readonly at: Date; readonly reason: string | undefined } | undefined;
  /** On hold, where a hold does not count as revoked. */
  readonly onHold: boolean;
}

/** Sorts the revocation information about one certificate by what it can prove (EN 319 102-1 5.2.5, RAC and RFC). */
export function revocationFacts(context: CheckContext, certificate: EvidenceCertificate): RevocationFacts {
  const { policy, evidence } = context;
  const accepted = evidence.revocation
    .filter((item) => item.certificate === certificate.sha256 && isAccepted(context, certificate, item))
    .sort(
      (a, b) => (b.thisUpdate ?? '').localeCompare(a.thisUpdate ?? '') || a.sha256.localeCompare(b.sha256),
    );
  const isHold = (item: RevocationItem) => item.reason === 'certificateHold' && !policy.holdIsRevoked;
  const good = accepted.filter((item) => item.status === 'good' && coversExpired(certificate, item));
  const revoked = accepted
    .filter((item) => item.status === 'revoked' && !isHold(item))
    .map((item) => ({ at: new Date(item.revokedAt ?? item.thisUpdate ?? 0), reason: item.reason }))
    .sort((a, b) => a.at.getTime() - b.at.getTime())[0];
  const [newest] = accepted;
  return {
    accepted,
    good,
    fresh: good.filter((item) => isFresh(context, item)),
    revoked,
    onHold: newest !== undefined && newest.status === 'revoked' && isHold(newest),
  };
}

/** Authentic, not from the future, and made after the certificate began. */
function isAccepted(context: CheckContext, certificate: EvidenceCertificate, item: RevocationItem): boolean {
  const { policy, time } = context;
  if (!item.authentic || item.thisUpdate === undefined || item.status === undefined) return false;
  if (isOutlived(context, certificate, item) || weaknessOfItem(context, item) !== undefined) return false;
  const made = Date.parse(item.thisUpdate);
  const skew = policy.skewSeconds * 1000;
  return made <= time.getTime() + skew && made >= Date.parse(certificate.notBefore) - skew;
}

/** Whether the list's own signature was still sound when the list is proven to have been there; undefined: it was, or nothing is recorded. */
export function weaknessOfItem(
  { policy, existedAt }: CheckContext,
  item: RevocationItem,
): Weakness | undefined {
  if (item.algorithm === undefined) return undefined;
  const provenAt = existedAt.get(item.sha256) ?? new Date(item.obtainedAt);
  return algorithmWeakness({ policy, notEarlier: undefined, notLater: provenAt }, item.algorithm);
}

/**
 * Whether information that travelled in the message is only proven to have been there after its issuer's certificate had ended: whoever
 * holds that key by then could have made it. An archive time stamp in time prevents that.
 */
export function isOutlived(
  { evidence, existedAt }: CheckContext,
  certificate: EvidenceCertificate,
  item: RevocationItem,
): boolean {
  if (item.source !== insideMessage) return false;
  const paths = [evidence.chain, ...(evidence.timeStamps ?? []).map(({ chain }) => chain)];
  const path =
    paths.find((chain) => chain?.path.some(({ sha256 }) => sha256 === certificate.sha256))?.path ?? [];
  const issuer = path[path.findIndex(({ sha256 }) => sha256 === certificate.sha256) + 1];
  const provenAt = existedAt.get(item.sha256) ?? new Date(item.obtainedAt);
  return issuer !== undefined && provenAt > new Date(issuer.notAfter);
}

/** Expired entries leave the list: made after notAfter, it proves nothing good unless it says that it keeps them. */
function coversExpired(certificate: EvidenceCertificate, item: RevocationItem): boolean {
  if (item.thisUpdate !== undefined && Date.parse(item.thisUpdate) <= Date.parse(certificate.notAfter))
    return true;
  const keeps = item.keepsExpiredSince;
  return keeps !== undefined && Date.parse(keeps) <= Date.parse(certificate.notAfter);
}

/** Freshness at the control time, so that the same evidence gives the same answer years later. */
function isFresh({ policy, notLater }: CheckContext, item: RevocationItem): boolean {
  const made = Date.parse(item.thisUpdate ?? '');
  const control = notLater.getTime();
  if (made >= control) return true;
  switch (policy.freshness.by) {
    case 'nextUpdate':
      return item.nextUpdate !== undefined && control < Date.parse(item.nextUpdate);
    case 'maximumAge':
      return made > control - policy.freshness.seconds * 1000;
    case 'afterArrival':
      return false;
  }
}

/**
 * When to ask again: at the newest item's nextUpdate, but in time before the certificate expires (an expired one leaves the
 * list), and never sooner than five minutes from now.
 */
export function nextAttempt({ time, evidence }: CheckContext, certificate: EvidenceCertificate): Date {
  const soon = time.getTime() + 5 * 60_000;
  const updates = evidence.revocation
    .filter((item) => item.certificate === certificate.sha256 && item.nextUpdate !== undefined)
    .map((item) => Date.parse(item.nextUpdate ?? ''))
    .filter((next) => next > soon);
  const beforeExpiry = Date.parse(certificate.notAfter) - 3_600_000;
  const wanted = updates.length === 0 ? soon : Math.min(...updates);
  return new Date(Math.max(soon, Math.min(wanted, beforeExpiry)));
}
