import { createHash } from 'node:crypto';
import type { Evidence, EvidenceCertificate, RevocationSource, ValidationValues } from '@madoguchi/pki';

/** What goes into a signature of level LT, and what is still wanting. */
export interface CollectedValues {
  readonly values: ValidationValues;
  /** SHA-256 of certificates without a path, or about whose revocation nothing authentic was found: the level is not reached. */
  readonly missing: readonly string[];
}

/**
 * Everything that a verifier will need in years: the certificates of every path that the evidence found, the signer's and those of the time
 * stamps, and for each the newest list or answer among `sources` that speaks about it. Pure.
 */
export function validationValues(
  found: readonly Evidence[],
  sources: readonly RevocationSource[],
): CollectedValues {
  const paths = found.flatMap(pathsOf);
  const certificates = new Map(paths.flatMap((path) => path.map((each) => [each.sha256, each] as const)));
  const bytesOf = new Map(
    sources.map((source) => [sha256(bytes(source)), { kind: source.kind, bytes: bytes(source) }]),
  );
  const chosen = new Map<string, { kind: 'crl' | 'ocsp'; bytes: Uint8Array }>();
  const missing = new Set(found.flatMap(({ chain }) => (chain === undefined ? ['signer'] : [])));
  for (const path of paths) {
    // Alone it is either an anchor or a certificate without a path.
    if (path.length === 1 && path[0] !== undefined) missing.add(path[0].sha256);
    for (const { sha256: certificate } of path.slice(0, -1)) {
      const [newest] = found
        .flatMap(({ revocation }) => revocation)
        .filter((item) => item.certificate === certificate && item.authentic)
        .sort((a, b) => (b.thisUpdate ?? '').localeCompare(a.thisUpdate ?? ''));
      const value = newest === undefined ? undefined : bytesOf.get(newest.sha256);
      if (newest === undefined) missing.add(certificate);
      // What is not among the sources travelled in the message and is there already.
      else if (value !== undefined) chosen.set(newest.sha256, value);
    }
  }
  const ofKind = (wanted: 'crl' | 'ocsp') =>
    [...chosen.values()].flatMap((value) => (value.kind === wanted ? [value.bytes] : []));
  return {
    values: {
      certificates: [...certificates.values()].map(({ der }) => Buffer.from(der, 'base64')),
      crls: ofKind('crl'),
      ocspResponses: ofKind('ocsp'),
    },
    missing: [...missing],
  };
}

function pathsOf({ chain, timeStamps = [] }: Evidence): (readonly EvidenceCertificate[])[] {
  return [chain, ...timeStamps.map((stamp) => stamp.chain)].flatMap((each) =>
    each === undefined ? [] : [each.path],
  );
}

const bytes = (source: RevocationSource): Uint8Array =>
  source.kind === 'crl' ? source.crl.der : source.response;

const sha256 = (octets: Uint8Array): string => createHash('sha256').update(octets).digest('hex');
