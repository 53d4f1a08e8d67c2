import { cadesPolicy, verifySignedData } from '@madoguchi/pki';
import { publicKeyOfRequest } from '../keys/certification-request.js';

/** What a good renewal request says. */
interface RenewalRequest {
  readonly nonce: Uint8Array;
  /** SubjectPublicKeyInfo of the new key, whose holder signed the PKCS#10. */
  readonly publicKey: Uint8Array;
  /** DER of the old certificate, whose key signed the whole. */
  readonly oldCertificate: Uint8Array;
}

/** Larger than any request we take. */
export const longestRenewal = 32 * 1024;
const nonceLength = 32;

/**
 * Reads a renewal request: CMS SignedData (CAdES, one signer: the old key) whose content is the authority's nonce (32 octets) followed by a
 * PKCS#10 request by the new key, DER. Undefined where anything of form or signatures is not good; never throws. That the certificate is
 * ours, living and unrevoked is not judged here.
 */
export function readRenewal(cms: Uint8Array): RenewalRequest | undefined {
  if (cms.length > longestRenewal) return undefined;
  const result = verifySignedData({ cms, policy: cadesPolicy });
  const [signer] = result.signers;
  if (!result.ok || result.signers.length !== 1 || signer?.certificate === undefined) return undefined;
  const { content } = result;
  if (content === undefined || content.length <= nonceLength) return undefined;
  const key = publicKeyOfRequest(content.subarray(nonceLength));
  if (!key.ok) return undefined;
  return {
    nonce: content.subarray(0, nonceLength),
    publicKey: key.value,
    oldCertificate: signer.certificate,
  };
}
