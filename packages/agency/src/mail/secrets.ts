import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';

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

/** The secret of a link: derived, so that it is nowhere stored; it holds for this address asked for at this time. */
export function linkToken(
  secret: Uint8Array,
  link: { purpose: MailPurpose; agency: string; receiptNumber: string; askedAt: Date },
): string {
  const { purpose, agency, receiptNumber, askedAt } = link;
  return createHmac('sha256', secret)
    .update(JSON.stringify(['mail', purpose, agency, receiptNumber, askedAt.toISOString()]))
    .digest('base64url');
}

export function isLinkToken(
  secret: Uint8Array,
  link: Parameters<typeof linkToken>[1],
  given: string,
): boolean {
  const wanted = Buffer.from(linkToken(secret, link));
  const found = Buffer.from(given.slice(0, 100));
  return found.length === wanted.length && timingSafeEqual(found, wanted);
}
