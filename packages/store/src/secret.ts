import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A new secret for a link, a cookie or a key: 256 random bits as 43 signs of base64url. Whoever shows it may do what it stands for. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** Whether a text has the form of a secret; anything else needs no look into the database. */
export function isSecret(text: unknown): text is string {
  return typeof text === 'string' && /^[A-Za-z0-9_-]{43}$/.test(text);
}

/** What the database keeps in a secret's place: SHA-256 of its text, so that a copy of the table opens nothing. */
export function secretDigest(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** Compares two secrets of any lengths in a time that tells nothing about either. */
export function sameSecret(given: string, expected: string): boolean {
  return timingSafeEqual(secretDigest(given), secretDigest(expected));
}
