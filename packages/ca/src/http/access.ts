import { createHash, timingSafeEqual } from 'node:crypto';
import type { Context } from 'hono';

/**
 * Who gets citizens' revocation data (CRLs, their index, signature OCSP). Open in the demo; else only verifiers who have notified the
 * authority (署名検証者), each by a bearer key of which only the SHA-256 (hex) is configured. Agencies' and authentication data is public.
 */
export type VerifierAccess = { readonly open: true } | { readonly keys: readonly string[] };

/** Whether this request may see citizens' revocation data. */
export function isVerifier(c: Context, access: VerifierAccess): boolean {
  if ('open' in access) return true;
  const key = /^Bearer ([\x21-\x7e]{16,200})$/.exec(c.req.header('authorization') ?? '')?.[1];
  if (key === undefined) return false;
  const digest = createHash('sha256').update(key).digest();
  // Every key is compared, so that the time tells nothing about which one fits.
  return access.keys.map((hex) => equal(Buffer.from(hex, 'hex'), digest)).some((fits) => fits);
}

function equal(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
