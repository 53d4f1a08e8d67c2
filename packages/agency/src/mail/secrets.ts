import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { isSeal, type SealedFields, seal } from '../requests/seal.js';

/** What a link in a mail does. */
export type MailPurpose = 'confirm' | 'stop';

function sealingKey(secret: Uint8Array, agency: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(0), `mail address ${agency}`, 32));
}

/** An address as the database keeps it: AES-256-GCM, nonce and tag in front; bound to the case. */
export function sealAddress(
  secret: Uint8Array,
  place: { agency: string; receiptNumber: string },
  address: string,
): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', sealingKey(secret, place.agency), nonce);
  cipher.setAAD(Buffer.from(place.receiptNumber));
  const text = Buffer.concat([cipher.update(address, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), text]);
}

/** Undefined where the secret is another one, or the bytes are of another case. */
export function openAddress(
  secret: Uint8Array,
  place: { agency: string; receiptNumber: string },
  sealed: Uint8Array,
): string | undefined {
  if (sealed.length < 28) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', sealingKey(secret, place.agency), sealed.subarray(0, 12));
  decipher.setAAD(Buffer.from(place.receiptNumber));
  decipher.setAuthTag(sealed.subarray(12, 28));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}

interface MailLink {
  purpose: MailPurpose;
  agency: string;
  receiptNumber: string;
  askedAt: Date;
}

/** The secret of a link: derived, so that it is nowhere stored; it holds for this address asked for at this time. */
export function linkToken(secret: Uint8Array, link: MailLink): string {
  return seal(secret, linkFields(link));
}

export function isLinkToken(secret: Uint8Array, link: MailLink, given: string): boolean {
  return isSeal(secret, linkFields(link), given);
}

function linkFields({ purpose, agency, receiptNumber, askedAt }: MailLink): SealedFields {
  return ['mail', purpose, agency, receiptNumber, askedAt.toISOString()];
}
