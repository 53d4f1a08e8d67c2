import { attempt } from '../der/fault.js';
import { inside, wholeTlv } from '../der/read.js';
import { tags } from '../der/tags.js';
import { readOid } from '../der/values.js';
import { nullValue, oid, sequence } from '../der/write.js';
import {
  type DigestAlgorithm,
  readSignatureAlgorithm,
  type SignatureAlgorithm,
  signatureSchemes,
} from '../key/algorithm.js';
import { algorithms, digests } from '../oids.js';

/** rsaEncryption, the name CMS gives to PKCS#1 v1.5 signatures; the digest stands beside it (RFC 3370 section 3.2). */
const rsaEncryption = sequence(oid(algorithms.rsaEncryption), nullValue());
const rsaEncryptionBare = sequence(oid(algorithms.rsaEncryption));

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
    signature: family === 'rsa' ? rsaEncryption : identifier,
  };
}

const digestNames = new Map<string, DigestAlgorithm>(
  Object.entries(digests).map(([name, id]) => [id, name as DigestAlgorithm]),
);

/** The digest of an OID; undefined where it is none of ours. */
export function digestOfOid(id: string): DigestAlgorithm | undefined {
  return digestNames.get(id);
}

/** The digest an AlgorithmIdentifier names, its parameters absent or NULL. */
export function readDigestAlgorithm(der: Uint8Array): DigestAlgorithm | undefined {
  const read = attempt(() => {
    const reader = inside(wholeTlv(der));
    const id = readOid(reader.next(tags.oid));
    reader.optional(tags.null);
    reader.close();
    return digestNames.get(id);
  });
  return read.ok ? read.value : undefined;
}

/** The signature algorithm of a SignerInfo; rsaEncryption takes its digest from the other field. */
export function readSignerAlgorithm(
  der: Uint8Array,
  digest: DigestAlgorithm,
): SignatureAlgorithm | undefined {
  const isBareRsa = Buffer.compare(der, rsaEncryption) === 0 || Buffer.compare(der, rsaEncryptionBare) === 0;
  if (isBareRsa) return `rsa-${digest}`;
  const read = attempt(() => readSignatureAlgorithm(wholeTlv(der)));
  return read.ok ? read.value : undefined;
}
