import type { Context } from 'hono';

/** Whether a browser loads this page ahead, before anybody sees it (prefetch, preview, prerender): that must not use a one-time link up. */
export function isLoadedAhead(c: Context): boolean {
  return /prefetch|preview/.test(`${c.req.header('sec-purpose') ?? ''} ${c.req.header('purpose') ?? ''}`);
}
