import { performance } from 'node:perf_hooks';
import type { Context, MiddlewareHandler } from 'hono';
import { clientAddress } from './client-address.js';
import { type Rate, rateLimiter } from './rate-limit.js';

/**
 * Lets one client address do so much; beyond that `tooMany` answers, with Retry-After set. The rest of the request is not read. `proxies`: reverse proxies
 * of our own before this service.
 */
export function paced(
  rate: Rate,
  proxies: number,
  tooMany: (c: Context) => Response | Promise<Response>,
): MiddlewareHandler {
  const limiter = rateLimiter(rate);
  return async (c, next) => {
    const client = clientAddress(c, proxies);
    const wait = client === undefined ? undefined : limiter.take(client, performance.now());
    if (wait === undefined) return next();
    c.header('retry-after', String(wait));
    return tooMany(c);
  };
}
