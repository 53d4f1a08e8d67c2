import { createHash } from 'node:crypto';
import { octetString, oid } from '../der/write.js';
import type { DigestAlgorithm } from '../key/algorithm.js';
import type { RawSignedData, RawSigner } from './raw-signed-data.js';

/**
 * What an archive-time-stamp-v3 is over (ETSI EN 319 122-1 5.5.3): the content type, the digest of the content, the signed parts of the
 * SignerInfo and its signature, and the index, each as its DER octets (the content digest as bare octets), in this order.
 */
export function archiveDigest(input: {
  raw: RawSignedData;
  signer: RawSigner;
  /** DER of the ATSHashIndexV3. */
  index: Uint8Array;
  /** Digest of the signed content by `algorithm`. */
  contentDigest: Uint8Array;
  algorithm: DigestAlgorithm;
}): Uint8Array {
  const { raw, signer, index, contentDigest, algorithm } = input;
  const hash = createHash(algorithm).update(oid(raw.contentType)).update(contentDigest);
  for (const part of signer.head) hash.update(part);
  return hash.update(octetString(signer.signature)).update(index).digest();
}
