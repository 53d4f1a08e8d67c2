import { readSignedMessage } from '../holder/signed-message.js';
import { publicKeyOfRequest } from '../keys/certification-request.js';

/** What a good renewal request says. */
interface RenewalRequest {
  readonly nonce: Uint8Array;
  /** The card's word that it made the new key itself, over the nonce. */
  readonly proof: Uint8Array;
  /** SubjectPublicKeyInfo of the new key, whose holder signed the PKCS#10. */
  readonly publicKey: Uint8Array;
  /** DER of the old certificate, whose key signed the whole. */
  readonly oldCertificate: Uint8Array;
}

/** What is said when the new certificate has been read back from the card. */
interface Confirmation {
  /** DER of the new certificate, whose key signed this. */
  readonly certificate: Uint8Array;
  /** The authority's certificate was written too, because the card held another one. */
  readonly withIssuer: boolean;
}

/** Larger than any request we take. */
export const longestRenewal = 32 * 1024;
const nonceLength = 32;
const proofLength = 32;
const changedOverSays = Buffer.from('madoguchi-renewal-done-1', 'latin1');
const confirmationStart = Buffer.from('madoguchi-renewal-confirm-1', 'latin1');

/**
 * Reads a renewal request: CMS SignedData (CAdES, one signer: the old key) whose content is the authority's nonce (32 octets), the card's
 * proof (32 octets) and a PKCS#10 request by the new key, DER. Undefined where anything of form or signatures is not good; never throws.
 * That the certificate is ours, living and unrevoked is not judged here, nor is the proof.
 */
export function readRenewal(cms: Uint8Array): RenewalRequest | undefined {
  const signed = readSignedMessage(cms, longestRenewal);
  const start = nonceLength + proofLength;
  if (signed === undefined || signed.content.length <= start) return undefined;
  const key = publicKeyOfRequest(signed.content.subarray(start));
  if (!key.ok) return undefined;
  return {
    nonce: signed.content.subarray(0, nonceLength),
    proof: signed.content.subarray(nonceLength, start),
    publicKey: key.value,
    oldCertificate: signed.certificate,
  };
}

/**
 * Reads a confirmation: CMS SignedData (CAdES, one signer: the **new** key, with its certificate as it was read back) whose content is
 * "madoguchi-renewal-confirm-1" and one octet, 01 where the authority's certificate was written too. Never throws.
 */
export function readConfirmation(cms: Uint8Array): Confirmation | undefined {
  const signed = readSignedMessage(cms, longestRenewal);
  if (signed === undefined || signed.content.length !== confirmationStart.length + 1) return undefined;
  const start = Buffer.from(signed.content.subarray(0, confirmationStart.length));
  const flag = signed.content.at(-1);
  if (!start.equals(confirmationStart) || (flag !== 0 && flag !== 1)) return undefined;
  return { certificate: signed.certificate, withIssuer: flag === 1 };
}

/**
 * Reads the card's word that it changed over: CMS SignedData (CAdES, one signer: the new key) whose content is "madoguchi-renewal-done-1". The
 * signer's certificate; undefined where anything is not good. Never throws.
 */
export function readChangedOver(cms: Uint8Array): Uint8Array | undefined {
  const signed = readSignedMessage(cms, longestRenewal);
  return signed !== undefined && Buffer.from(signed.content).equals(changedOverSays)
    ? signed.certificate
    : undefined;
}
