import type { MiddlewareHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';

/**
 * Refuses (403) a request that changes something and that another site's page sent: `Sec-Fetch-Site` where the browser says it, else
 * `Origin` against `origins` (default: the request's own). A caller that sends neither is no browser and carries no one's cookies: it may pass.
 * With `installErrorPages` the refusal is a page in the reader's words.
 */
export function sameOriginPosts(options: { origins?: readonly string[] } = {}): MiddlewareHandler {
  return async (c, next) => {
    if (['GET', 'HEAD', 'OPTIONS'].includes(c.req.method)) return next();
    const site = c.req.header('sec-fetch-site');
    const origin = c.req.header('origin');
    const own = options.origins ?? [new URL(c.req.url).origin];
    const good =
      site === undefined
        ? origin === undefined || own.includes(origin)
        : site === 'same-origin' ||
          site === 'none' ||
          (origin !== undefined && options.origins?.includes(origin) === true);
    if (good) return next();
    throw new HTTPException(403, { message: 'This form was sent by another site.' });
  };
}
