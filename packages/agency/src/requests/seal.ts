import { createHmac, timingSafeEqual } from 'node:crypto';

/** Names a kind first, so that a seal of one kind is none of another, then what it is about. */
export type SealedFields = readonly [kind: string, ...about: (string | number)[]];

/** Our mark that we said this ourselves: HMAC-SHA-256 over the JSON array, 43 signs of base64url. It travels with what it seals and is stored nowhere. */
export function seal(secret: Uint8Array, fields: SealedFields): string {
  return createHmac('sha256', secret).update(JSON.stringify(fields)).digest('base64url');
}

/** Whether `given`, from anybody and of any length, is our mark on these fields. */
export function isSeal(secret: Uint8Array, fields: SealedFields, given: string): boolean {
  const [typed, expected] = [Buffer.from(given.slice(0, 100)), Buffer.from(seal(secret, fields))];
  return typed.length === expected.length && timingSafeEqual(typed, expected);
}
