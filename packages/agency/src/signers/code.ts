import { isSecretNumber, secretNumber } from '../receipts/inquiry-number.js';

/** For whom a code is: one signer of one application, as its bytes are. */
export interface Invitation {
  receipt: string;
  signer: string;
  /** SHA-256 of the application, hexadecimal: after a correction there is another code. */
  digest: string;
}

/** 署名コード: what a co-signer must know to see the application and to sign it. Made as the inquiry number is, and another for each signer. */
export function signerCode(
  secret: Uint8Array,
  agency: string,
  { receipt, signer, digest }: Invitation,
): string {
  return secretNumber(secret, ['cosign', agency, receipt, signer, digest]);
}

export function isSignerCode(
  secret: Uint8Array,
  agency: string,
  invitation: Invitation,
  typed: string,
): boolean {
  return isSecretNumber(signerCode(secret, agency, invitation), typed);
}
