import { contextTag } from '../der/tags.js';
import { bitString, constructed, integer, sequence } from '../der/write.js';
import { type SignatureAlgorithm, signatureSchemes } from '../key/algorithm.js';

/**
 * A PKCS#10 certification request (RFC 2986) that says nothing but its key: empty subject, no attributes. Its signature proves that whoever
 * asks holds the key; names come from the authority's own register. `sign` hashes what it is given; ECDSA signatures are DER.
 */
export async function buildCertificationRequest(input: {
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Uint8Array;
  readonly algorithm: SignatureAlgorithm;
  readonly sign: (bytes: Uint8Array) => Promise<Uint8Array>;
}): Promise<Uint8Array> {
  const info = sequence(integer(0), sequence(), input.publicKey, constructed(contextTag(0, true), []));
  return sequence(info, signatureSchemes[input.algorithm].identifier, bitString(await input.sign(info)));
}
