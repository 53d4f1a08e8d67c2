import type { CaContext } from '../context.js';
import { sha256 } from '../renewal/begun.js';
import { isOurNonce } from './nonce.js';

/** An agent whose answer was lost sends the same octets again at once, three times at most, each for a quarter of a minute. */
const graceMs = 60_000;
/** Longer than any nonce is good: until then it must be known that it was used. */
const keptMs = 10 * 60_000;

/**
 * Takes the nonce of a request: `first`, or `again` for the same octets within a minute, so that a lost answer is given anew. Undefined for anything
 * else: a nonce that was used, is too old or is none of ours.
 */
export async function takeNonce(
  ctx: CaContext,
  nonce: Uint8Array,
  cms: Uint8Array,
): Promise<'first' | 'again' | undefined> {
  if (!isOurNonce(ctx, nonce)) return undefined;
  const now = ctx.clock();
  const key = sha256(nonce);
  const request = sha256(cms);
  await ctx.sql`delete from ca.token_request where used_at < ${new Date(now.getTime() - keptMs)}`;
  const taken = await ctx.sql`insert into ca.token_request ${ctx.sql({
    nonce_sha256: key,
    request_sha256: request,
    used_at: now,
  })} on conflict do nothing`;
  if (taken.count === 1) return 'first';
  const [same] = await ctx.sql`select 1 from ca.token_request
    where nonce_sha256 = ${key} and request_sha256 = ${request} and used_at > ${new Date(now.getTime() - graceMs)}`;
  return same === undefined ? undefined : 'again';
}
