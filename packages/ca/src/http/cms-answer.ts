import type { Context } from 'hono';
import type { CaContext } from '../context.js';
import { CaError } from '../error.js';
import { newNonce } from '../holder/nonce.js';

/** A CMS (application/pkcs7-mime) in; an answer, or a refusal with its rule and words, out. `room`: first part of the rules' names. */
export async function answerCms(
  c: Context,
  room: string,
  work: (cms: Uint8Array) => Promise<Response>,
): Promise<Response> {
  c.header('Cache-Control', 'no-store');
  const type = (c.req.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/pkcs7-mime') return c.json({ rule: `${room}.type` }, 415);
  try {
    return await work(new Uint8Array(await c.req.arrayBuffer()));
  } catch (error) {
    if (!(error instanceof CaError) || error.exitCode === 70) throw error;
    return c.json({ rule: error.rule, words: error.words }, error.exitCode === 77 ? 403 : 422);
  }
}

/** A nonce for one request (base64), until when it is good, and what else is to be known before asking. */
export function answerNonce(
  c: Context,
  ctx: CaContext,
  more: Readonly<Record<string, number>> = {},
): Response {
  const { nonce, until } = newNonce(ctx);
  c.header('Cache-Control', 'no-store');
  return c.json({ nonce: Buffer.from(nonce).toString('base64'), until: until.toISOString(), ...more });
}
