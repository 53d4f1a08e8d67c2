import { asBuffer } from '../der/read.js';
import { nullValue, oid, sequence } from '../der/write.js';
import {
  type DigestAlgorithm,
  readSignatureAlgorithm,
  type SignatureAlgorithm,
  signatureSchemes,
} from '../key/algorithm.js';
import { algorithms, digests } from '../oids.js';

/** rsaEncryption, the name CMS gives to PKCS#1 v1.5 signatures; the digest stands beside it (RFC 3370 section 3.2). */
const rsaIdentifier = sequence(oid(algorithms.rsaEncryption), nullValue());
const rsaEncryption = keyOf(rsaIdentifier);
const rsaEncryptionBare = keyOf(sequence(oid(algorithms.rsaEncryption)));

/**
 * The two AlgorithmIdentifiers of a SignerInfo. RSA is written as rsaEncryption: what OpenSSL and Acrobat write and the registry
 * systems take. The digest has no parameters (RFC 5754 section 2).
 */
export function signerAlgorithms(algorithm: SignatureAlgorithm): {
  digest: Uint8Array;
  signature: Uint8Array;
} {
  const { family, digest, identifier } = signatureSchemes[algorithm];
  return {
    digest: sequence(oid(digests[digest])),
    signature: family === 'rsa' ? rsaIdentifier : identifier,
  };
}

const digestNames = new Map<string, DigestAlgorithm>(
  Object.entries(digests).map(([name, id]) => [id, name as DigestAlgorithm]),
);

/** The digest of an OID; undefined where it is none of ours. */
export function digestOfOid(id: string): DigestAlgorithm | undefined {
  return digestNames.get(id);
}

// An AlgorithmIdentifier of a digest is one of a few exact encodings: its parameters are absent or NULL (RFC 5754 section 2).
const digestsByEncoding = new Map<string, DigestAlgorithm>(
  [...digestNames].flatMap(([id, name]) => [
    [keyOf(sequence(oid(id))), name],
    [keyOf(sequence(oid(id), nullValue())), name],
  ]),
);

function keyOf(der: Uint8Array): string {
  return asBuffer(der).toString('latin1');
}

/** The digest an AlgorithmIdentifier names, its parameters absent or NULL; undefined where it is none of ours. */
export function readDigestAlgorithm(der: Uint8Array): DigestAlgorithm | undefined {
  return digestsByEncoding.get(keyOf(der));
}

/** The signature algorithm of a SignerInfo; rsaEncryption takes its digest from the other field. */
export function readSignerAlgorithm(
  der: Uint8Array,
  digest: DigestAlgorithm,
): SignatureAlgorithm | undefined {
  const key = keyOf(der);
  if (key === rsaEncryption || key === rsaEncryptionBare) return `rsa-${digest}`;
  return readSignatureAlgorithm(der);
}
