import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { isSeal, type SealedFields, seal } from '../requests/seal.js';

/** What a link in a mail does. */
export type MailPurpose = 'confirm' | 'stop';

/** Whose address: of which case, and which of its signers (`coOwner.0`); '' is the applicant. */
export interface MailReader {
  readonly receiptNumber: string;
  readonly signer: string;
}

function sealingKey(secret: Uint8Array, agency: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(0), `mail address ${agency}`, 32));
}

/** The applicant's is bound as it was before there were others. */
function boundTo({ receiptNumber, signer }: MailReader): Buffer {
  return Buffer.from(signer === '' ? receiptNumber : `${receiptNumber} ${signer}`);
}

/** What a link of a mail carries. */
export type MailLinkParts = MailReader & { readonly token: string };

/** An address as the database keeps it: AES-256-GCM, nonce and tag in front; bound to its reader. */
export function sealAddress(
  secret: Uint8Array,
  place: MailReader & { agency: string },
  address: string,
): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', sealingKey(secret, place.agency), nonce);
  cipher.setAAD(boundTo(place));
  const text = Buffer.concat([cipher.update(address, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), text]);
}

/** Undefined where the secret is another one, or the bytes are another reader's. */
export function openAddress(
  secret: Uint8Array,
  place: MailReader & { agency: string },
  sealed: Uint8Array,
): string | undefined {
  if (sealed.length < 28) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', sealingKey(secret, place.agency), sealed.subarray(0, 12));
  decipher.setAAD(boundTo(place));
  decipher.setAuthTag(sealed.subarray(12, 28));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}

interface MailLink extends MailReader {
  purpose: MailPurpose;
  agency: string;
  askedAt: Date;
}

/** The secret of a link: derived, so that it is nowhere stored; it holds for this address asked for at this time. */
export function linkToken(secret: Uint8Array, link: MailLink): string {
  return seal(secret, linkFields(link));
}

export function isLinkToken(secret: Uint8Array, link: MailLink, given: string): boolean {
  return isSeal(secret, linkFields(link), given);
}

function linkFields({ purpose, agency, receiptNumber, signer, askedAt }: MailLink): SealedFields {
  const whose = signer === '' ? [] : [signer];
  return ['mail', purpose, agency, receiptNumber, askedAt.toISOString(), ...whose];
}
