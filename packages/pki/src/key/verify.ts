import { constants, verify } from 'node:crypto';
import { type SignatureAlgorithm, signatureSchemes } from './algorithm.js';
import type { PublicKey } from './import.js';

/**
 * Whether `signature` over `data` was made with this key by this algorithm. ECDSA signatures are DER (ECDSA-Sig-Value), PSS salts are
 * as long as the digest. False on a key of another family and on every malformed signature.
 */
export function verifySignature(
  algorithm: SignatureAlgorithm,
  key: PublicKey,
  data: Uint8Array,
  signature: Uint8Array,
): boolean {
  const { family, digest, length } = signatureSchemes[algorithm];
  if ((family === 'ecdsa') !== (key.kind !== 'rsa')) return false;
  try {
    switch (family) {
      case 'rsa':
        return verify(digest, data, { key: key.object, padding: constants.RSA_PKCS1_PADDING }, signature);
      case 'pss':
        return verify(
          digest,
          data,
          { key: key.object, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: length },
          signature,
        );
      case 'ecdsa':
        return verify(digest, data, { key: key.object, dsaEncoding: 'der' }, signature);
    }
  } catch {
    // OpenSSL reports some malformed signatures as errors; all of them mean no.
    return false;
  }
}
