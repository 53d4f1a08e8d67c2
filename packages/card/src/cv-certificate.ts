import { createPrivateKey, sign } from 'node:crypto';
import { generateCardKey, publicPart } from './card-keys.js';
import { tlv } from './tlv.js';

/** Signs PKCS#1 v1.5 with SHA-256, as every record of the card is signed. */
export function signRecord(pkcs8: Uint8Array, data: Uint8Array): Uint8Array {
  return sign('sha256', data, createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' }));
}

/** An RSA public key as the card writes it: `90 03 010001`, `91 820100 n`. */
export function encodePublicKey(pkcs8: Uint8Array): Uint8Array {
  return Buffer.concat([tlv(0x90, Uint8Array.of(1, 0, 1)), tlv(0x91, publicPart(pkcs8))]);
}

/** A key's name, 16 bytes: seven digits, 08 05, three digits, four zeros. Real ones begin with 5, test cards' with 6, ours with 9. */
export function keyId(number: string, group: string): Uint8Array {
  return Buffer.concat([
    Buffer.from(number, 'latin1'),
    Uint8Array.of(0x08, 0x05),
    Buffer.from(group, 'latin1'),
    new Uint8Array(4),
  ]);
}

/** Names of our authority's keys, after the numbers that real cards name at the same places. */
export const demoKeyIds = {
  /** Certifies the chain of the issuer's domain. */
  chain: keyId('9000020', '001'),
  intermediate: keyId('9000021', '001'),
  /** Certifies the signer of the Visual AP. */
  visual: keyId('9000023', '001'),
  visualInformation: keyId('9000024', '001'),
  verificationNumber: keyId('9900025', '001'),
  /** Certifies the signer of the Text AP. */
  text: keyId('9000033', '001'),
  textInformation: keyId('9000034', '001'),
} as const;

/** CV certificate: `7F21 {5F4E issuer ‖ subject ‖ public key, 5F37 signature over the value of 5F4E}`. */
export function cvCertificate(input: {
  issuer: Uint8Array;
  issuerKey: Uint8Array;
  subject: Uint8Array;
  subjectKey: Uint8Array;
}): Uint8Array {
  const body = Buffer.concat([input.issuer, input.subject, encodePublicKey(input.subjectKey)]);
  return tlv(0x7f21, tlv(0x5f4e, body), tlv(0x5f37, signRecord(input.issuerKey, body)));
}

/** Who vouches for what stands on a card: a root, and the municipality's key that signs the records. RSA-2048, PKCS#8 DER. */
export interface FaceIssuer {
  readonly rootKey: Uint8Array;
  readonly signerKey: Uint8Array;
}

/** New keys for an issuer of card faces, for demo and tests. */
export async function makeFaceIssuer(): Promise<FaceIssuer> {
  const [rootKey, signerKey] = await Promise.all([generateCardKey('rsa2048'), generateCardKey('rsa2048')]);
  return { rootKey, signerKey };
}
