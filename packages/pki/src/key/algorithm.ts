import { asBuffer, type Tlv } from '../der/read.js';
import { explicit, integer, nullValue, oid, sequence } from '../der/write.js';
import { algorithms, digests } from '../oids.js';

/** SHA-1 is there to verify what is old. */
export type DigestAlgorithm = 'sha1' | 'sha256' | 'sha384' | 'sha512';

/** What a signature is made with. SHA-1 is there to verify what is old, never to sign. */
export type SignatureAlgorithm =
  | 'rsa-sha1'
  | 'rsa-sha256'
  | 'rsa-sha384'
  | 'rsa-sha512'
  | 'pss-sha256'
  | 'pss-sha384'
  | 'pss-sha512'
  | 'ecdsa-sha256'
  | 'ecdsa-sha384'
  | 'ecdsa-sha512';

export interface SignatureScheme {
  readonly family: 'rsa' | 'pss' | 'ecdsa';
  readonly digest: DigestAlgorithm;
  /** Octets of the digest, and of the salt in PSS. */
  readonly length: number;
  /** The AlgorithmIdentifier as we write it. */
  readonly identifier: Uint8Array;
}

const lengths: Record<DigestAlgorithm, number> = { sha1: 20, sha256: 32, sha384: 48, sha512: 64 };

/** Octets of a digest. */
export function digestLength(algorithm: DigestAlgorithm): number {
  return lengths[algorithm];
}

function plain(family: 'rsa' | 'ecdsa', digest: DigestAlgorithm, id: string): SignatureScheme {
  const parameters = family === 'rsa' ? nullValue() : undefined;
  return { family, digest, length: lengths[digest], identifier: sequence(oid(id), parameters) };
}

/** RSASSA-PSS with one digest for message and mask and a salt of its length (RFC 4055 3.1); `nulls`: NULL beside the digest's OID. */
function pssIdentifier(
  digest: 'sha256' | 'sha384' | 'sha512',
  hashNull: boolean,
  maskNull: boolean,
): Uint8Array {
  const hash = (nulls: boolean) => sequence(oid(digests[digest]), nulls ? nullValue() : undefined);
  return sequence(
    oid(algorithms.rsaPss),
    sequence(
      explicit(0, hash(hashNull)),
      explicit(1, sequence(oid(algorithms.mgf1), hash(maskNull))),
      explicit(2, integer(lengths[digest])),
    ),
  );
}

function pss(digest: 'sha256' | 'sha384' | 'sha512'): SignatureScheme {
  return { family: 'pss', digest, length: lengths[digest], identifier: pssIdentifier(digest, true, true) };
}

/** Every signature algorithm, with the exact AlgorithmIdentifier (RFC 4055, 5758). */
export const signatureSchemes: Readonly<Record<SignatureAlgorithm, SignatureScheme>> = {
  'rsa-sha1': plain('rsa', 'sha1', algorithms.sha1WithRsa),
  'rsa-sha256': plain('rsa', 'sha256', algorithms.sha256WithRsa),
  'rsa-sha384': plain('rsa', 'sha384', algorithms.sha384WithRsa),
  'rsa-sha512': plain('rsa', 'sha512', algorithms.sha512WithRsa),
  'pss-sha256': pss('sha256'),
  'pss-sha384': pss('sha384'),
  'pss-sha512': pss('sha512'),
  'ecdsa-sha256': plain('ecdsa', 'sha256', algorithms.ecdsaSha256),
  'ecdsa-sha384': plain('ecdsa', 'sha384', algorithms.ecdsaSha384),
  'ecdsa-sha512': plain('ecdsa', 'sha512', algorithms.ecdsaSha512),
};

const keyOf = (bytes: Uint8Array): string => asBuffer(bytes).toString('latin1');

// An identifier is one of a few exact encodings, so recognising it is a look-up, and nothing else gets through.
const byEncoding = new Map<string, SignatureAlgorithm>();
for (const [name, scheme] of Object.entries(signatureSchemes)) {
  const algorithm = name as SignatureAlgorithm;
  byEncoding.set(keyOf(scheme.identifier), algorithm);
  if (scheme.family === 'pss' && scheme.digest !== 'sha1') {
    for (const [hashNull, maskNull] of [
      [true, false],
      [false, true],
      [false, false],
    ] as const) {
      byEncoding.set(keyOf(pssIdentifier(scheme.digest, hashNull, maskNull)), algorithm);
    }
  }
}
// RFC 4055 section 5: absent parameters must be accepted beside NULL.
for (const algorithm of ['rsa-sha1', 'rsa-sha256', 'rsa-sha384', 'rsa-sha512'] as const) {
  const whole = signatureSchemes[algorithm].identifier;
  byEncoding.set(keyOf(sequence(whole.subarray(2, -2))), algorithm);
}

/** The algorithm an AlgorithmIdentifier names, given as an element or as its DER; undefined where it is none of ours. */
export function readSignatureAlgorithm(identifier: Tlv | Uint8Array): SignatureAlgorithm | undefined {
  if (identifier instanceof Uint8Array) return byEncoding.get(keyOf(identifier));
  const { bytes, start, end } = identifier;
  return byEncoding.get(asBuffer(bytes).toString('latin1', start, end));
}
