import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Ca } from '../ca.js';
import { CaError } from '../error.js';
import { newNonce } from '../renewal/nonce.js';
import { renew } from '../renewal/renew.js';
import { longestRenewal } from '../renewal/request.js';

/**
 * Online renewal for programs: `GET /renewal/nonce` gives a nonce (base64) and until when; `POST /renewal` takes the CMS
 * (application/pkcs7-mime) and answers 201 with the new certificate and its issuer's (base64 DER), or a refusal with its rule and words.
 */
export function renewalRoutes(ca: Ca): Hono {
  const app = new Hono();

  app.get('/renewal/nonce', (c) => {
    const { nonce, until } = newNonce(ca.context);
    c.header('Cache-Control', 'no-store');
    return c.json({ nonce: base64(nonce), until: until.toISOString() });
  });

  app.post('/renewal', bodyLimit({ maxSize: longestRenewal }), async (c) => {
    c.header('Cache-Control', 'no-store');
    const type = (c.req.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase();
    if (type !== 'application/pkcs7-mime') return c.json({ rule: 'renewal.type' }, 415);
    try {
      const { certificate, issuer } = await renew(ca.context, new Uint8Array(await c.req.arrayBuffer()));
      return c.json({ certificate: base64(certificate), issuer: base64(issuer) }, 201);
    } catch (error) {
      if (!(error instanceof CaError) || error.exitCode === 70) throw error;
      return c.json({ rule: error.rule, words: error.words }, error.exitCode === 77 ? 403 : 422);
    }
  });
  return app;
}

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
