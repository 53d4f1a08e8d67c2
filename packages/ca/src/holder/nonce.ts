import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { CaContext } from '../context.js';

const lifeMs = 5 * 60_000;
const length = 32;

/**
 * A nonce for one request of a holder's card: 8 octets time, 8 octets chance, 16 octets of an HMAC over both by a key that only this authority derives. So
 * asking for nonces stores nothing. Good for five minutes; that it works once, those see to who take it.
 */
export function newNonce(ctx: CaContext): { readonly nonce: Uint8Array; readonly until: Date } {
  const now = ctx.clock();
  const head = Buffer.alloc(16);
  head.writeBigUInt64BE(BigInt(now.getTime()));
  randomBytes(8).copy(head, 8);
  return { nonce: Buffer.concat([head, mac(ctx, head)]), until: new Date(now.getTime() + lifeMs) };
}

/** Whether a nonce is ours and young enough. */
export function isOurNonce(ctx: CaContext, nonce: Uint8Array): boolean {
  if (nonce.length !== length) return false;
  const head = Buffer.from(nonce.subarray(0, 16));
  if (!timingSafeEqual(mac(ctx, head), nonce.subarray(16))) return false;
  const age = ctx.clock().getTime() - Number(head.readBigUInt64BE());
  return age >= -1000 && age <= lifeMs;
}

function mac(ctx: CaContext, head: Uint8Array): Buffer {
  return createHmac('sha256', ctx.keystore.derive('renewal-nonce')).update(head).digest().subarray(0, 16);
}
