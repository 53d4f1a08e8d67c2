import type { DistributionPointName } from '../certificate/extensions.js';
import type { GeneralName } from '../certificate/general-name.js';
import type { Certificate } from '../certificate/parse.js';
import type { CrlIndex } from '../crl/load.js';
import { keyIdentifier, sha256Hex } from '../key/digest.js';
import { namesEqual } from '../name.js';
import { verifyOcspResponse } from '../ocsp/verify.js';
import type { RevocationItem } from './evidence.js';

/** Revocation information as it was found: a loaded CRL or an OCSP response, with its origin. */
export type RevocationSource = { readonly source: string; readonly obtainedAt: Date } & (
  | { readonly kind: 'crl'; readonly crl: CrlIndex }
  | {
      readonly kind: 'ocsp';
      readonly response: Uint8Array;
      readonly knownResponders?: readonly Uint8Array[];
      /** When the responder is to have been entitled, where that is not when it was obtained: a kept response ages. */
      readonly checkedAt?: Date;
    }
);

/** Without nextUpdate a response is taken with its date; whether that is fresh enough is the policy's question. */
const ANY_AGE = 100 * 366 * 86_400_000;

// A CRL has megabytes and is asked about thousands of certificates: its digest and its signature are computed once.
const crlDigests = new WeakMap<CrlIndex, string>();
const crlSignatures = new WeakMap<CrlIndex, Map<string, boolean>>();

/**
 * What one piece of revocation information says about a certificate, given the certificate that issued it: the answer, and whether it is
 * authentic (signed by that very key, in scope). Undefined when it is about another certificate or another authority.
 */
export function revocationItem(
  found: RevocationSource,
  certificate: Certificate,
  issuer: Certificate,
): RevocationItem | undefined {
  return found.kind === 'crl' ? crlItem(found, certificate, issuer) : ocspItem(found, certificate, issuer);
}

function crlItem(
  { crl, source, obtainedAt }: RevocationSource & { kind: 'crl' },
  certificate: Certificate,
  issuer: Certificate,
): RevocationItem | undefined {
  if (!namesEqual(crl.issuer, issuer.subject)) return undefined;
  const rule = crlFault(crl, certificate, issuer);
  const entry = crl.lookup(certificate.serial, certificate.issuer);
  return {
    kind: 'crl',
    certificate: sha256Hex(certificate.der),
    source,
    obtainedAt: obtainedAt.toISOString(),
    sha256: crlDigest(crl),
    authentic: rule === undefined,
    ...(rule === undefined ? {} : { rule }),
    ...(crl.signatureAlgorithm === undefined ? {} : { algorithm: crl.signatureAlgorithm }),
    thisUpdate: crl.thisUpdate.toISOString(),
    ...(crl.nextUpdate === undefined ? {} : { nextUpdate: crl.nextUpdate.toISOString() }),
    ...(entry === undefined
      ? { status: 'good' }
      : { status: 'revoked', revokedAt: entry.date.toISOString(), reason: entry.reason }),
    ...(crl.expiredCertsOnCrl === undefined
      ? {}
      : { keepsExpiredSince: crl.expiredCertsOnCrl.toISOString() }),
  };
}

/**
 * Why a CRL of the right name does not count for this certificate. Stricter than RFC 5280: the key that issued the certificate must have
 * signed the CRL (generations of an authority share one name), complete and for all reasons.
 */
function crlFault(crl: CrlIndex, certificate: Certificate, issuer: Certificate): string | undefined {
  const key = issuer.subjectKeyIdentifier ?? keyIdentifier(issuer.spki);
  const named = crl.authorityKeyIdentifier;
  if (named !== undefined && Buffer.compare(named, key) !== 0) return 'crl.otherKey';
  if (crl.deltaBase !== undefined) return 'crl.delta';
  const scope = crl.issuingDistributionPoint;
  if (scope?.indirectCrl) return 'crl.indirect';
  if (scope?.onlySomeReasons !== undefined) return 'crl.reasons';
  const isCa = certificate.basicConstraints?.ca === true;
  const excluded =
    scope?.onlyContainsAttributeCerts || (isCa ? scope?.onlyContainsUserCerts : scope?.onlyContainsCaCerts);
  if (excluded) return 'crl.scope';
  if (scope?.name !== undefined && !isPlaceOf(scope.name, certificate)) return 'crl.scope';
  if (issuer.keyUsage?.includes('cRLSign') === false) return 'crl.keyUsage';
  if (crl.signatureAlgorithm === undefined) return 'crl.algorithm';
  return isSigned(crl, issuer) ? undefined : 'crl.signature';
}

/** Whether the certificate names this very distribution point. */
function isPlaceOf(place: DistributionPointName, certificate: Certificate): boolean {
  const points = certificate.crlDistributionPoints ?? [];
  if (!('fullName' in place)) return false;
  return points.some(
    ({ name, reasons, crlIssuer }) =>
      reasons === undefined &&
      crlIssuer === undefined &&
      name !== undefined &&
      'fullName' in name &&
      name.fullName.some((asked) => place.fullName.some((given) => isSameName(asked, given))),
  );
}

function isSameName(a: GeneralName, b: GeneralName): boolean {
  if (a.kind === 'directoryName' && b.kind === 'directoryName') return namesEqual(a.name, b.name);
  return (
    a.kind === 'uniformResourceIdentifier' && b.kind === 'uniformResourceIdentifier' && a.value === b.value
  );
}

function crlDigest(crl: CrlIndex): string {
  const known = crlDigests.get(crl) ?? sha256Hex(crl.der);
  crlDigests.set(crl, known);
  return known;
}

function isSigned(crl: CrlIndex, issuer: Certificate): boolean {
  const byKey = crlSignatures.get(crl) ?? new Map<string, boolean>();
  crlSignatures.set(crl, byKey);
  const key = Buffer.from(issuer.spki).toString('base64');
  const known = byKey.get(key) ?? crl.verify(issuer.spki);
  byKey.set(key, known);
  return known;
}

function ocspItem(
  { response, source, obtainedAt, knownResponders, checkedAt }: RevocationSource & { kind: 'ocsp' },
  certificate: Certificate,
  issuer: Certificate,
): RevocationItem | undefined {
  const verdict = verifyOcspResponse({
    response,
    certificate: certificate.der,
    issuer: issuer.der,
    time: checkedAt ?? obtainedAt,
    maxAgeMs: ANY_AGE,
    ...(knownResponders === undefined ? {} : { knownResponders }),
  });
  const base = {
    kind: 'ocsp',
    certificate: sha256Hex(certificate.der),
    source,
    obtainedAt: obtainedAt.toISOString(),
    sha256: sha256Hex(response),
  } as const;
  if (!verdict.ok) {
    return verdict.rule === 'ocsp.certId.other'
      ? undefined
      : { ...base, authentic: false, rule: verdict.rule };
  }
  const { status, thisUpdate, nextUpdate, revokedAt, reason, archiveCutoff } = verdict;
  return {
    ...base,
    authentic: true,
    thisUpdate: thisUpdate.toISOString(),
    ...(nextUpdate === undefined ? {} : { nextUpdate: nextUpdate.toISOString() }),
    status,
    ...(revokedAt === undefined ? {} : { revokedAt: revokedAt.toISOString() }),
    ...(reason === undefined ? {} : { reason }),
    ...(archiveCutoff === undefined ? {} : { keepsExpiredSince: archiveCutoff.toISOString() }),
  };
}
