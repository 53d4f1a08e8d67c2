import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { HTTPException } from 'hono/http-exception';
import type { CounterEnv } from './guard.js';
import { fitsCsrf } from './session.js';

/** The largest form of the counter. */
export const smallForm = bodyLimit({ maxSize: 8 * 1024 });

/** A form of a page of ours: it must carry its session's token. */
export async function formOf(c: Context<CounterEnv>): Promise<Record<string, unknown>> {
  const form = await c.req.parseBody({ all: true });
  if (!fitsCsrf(c.var.session, form.csrf)) throw new HTTPException(403);
  return form;
}

/** A document to be printed: it holds names and stays in no cache. */
export function sendPdf(c: Context, pdf: Uint8Array, name: string): Response {
  return c.body(Buffer.from(pdf), 200, {
    'Content-Type': 'application/pdf',
    'Content-Disposition': `inline; filename="${name}"`,
    'Cache-Control': 'no-store',
  });
}
