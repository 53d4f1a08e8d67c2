import { performance } from 'node:perf_hooks';
import type { Context, MiddlewareHandler } from 'hono';
import { clientAddress } from './client-address.js';
import { type Rate, rateLimiter } from './rate-limit.js';

/** What one client address, and one signer, may do; each has a default. */
export interface Limits {
  /** Envelopes posted to the intake (default 120 a minute). */
  readonly intake?: Rate;
  /** Signing requests, and logins by card (default 60 a minute). */
  readonly requests?: Rate;
  /** Look-ups by receipt and inquiry number (default 20 a minute). */
  readonly lookUps?: Rate;
  /** Applications signed with one certificate (default 6 a minute, 60 at once after a rest). */
  readonly signer?: Rate;
  /** Reverse proxies of our own before this service (default 0): how many entries of X-Forwarded-For are to be believed. */
  readonly proxies?: number;
}

const usual: Record<'intake' | 'requests' | 'lookUps', Rate> = {
  intake: { perMinute: 120 },
  requests: { perMinute: 60 },
  lookUps: { perMinute: 20 },
};

/** Lets a client do so much of one kind; beyond that `tooMany` answers, with Retry-After set. The rest of the request is not read. */
export function limited(
  kind: keyof typeof usual,
  limits: Limits | undefined,
  tooMany: (c: Context) => Response | Promise<Response>,
): MiddlewareHandler {
  const limiter = rateLimiter(limits?.[kind] ?? usual[kind]);
  return async (c, next) => {
    const client = clientAddress(c, limits?.proxies ?? 0);
    const wait = client === undefined ? undefined : limiter.take(client, performance.now());
    if (wait === undefined) return next();
    c.header('retry-after', String(wait));
    return tooMany(c);
  };
}
