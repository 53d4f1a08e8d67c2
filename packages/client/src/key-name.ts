import { createHash } from 'node:crypto';

/** How a login and an application name a key: base64url of SHA-256 over its SubjectPublicKeyInfo. */
export function keyName(spki: Uint8Array): string {
  return createHash('sha256').update(spki).digest('base64url');
}
