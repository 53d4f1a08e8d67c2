import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Ca } from '../ca.js';
import { endOwn, longestEndRequest } from '../holder/end-own.js';
import { answerCms, answerNonce } from './cms-answer.js';

/**
 * オンライン失効申請 for programs: `GET /revocation/nonce` gives a nonce (base64) and until when; `POST /revocation` takes the holder's request as CMS
 * (application/pkcs7-mime) and answers which certificate has ended (`sign`, `auth`) and when. A refusal tells its rule and words.
 */
export function revocationRoutes(ca: Ca): Hono {
  const app = new Hono();

  app.get('/revocation/nonce', (c) => answerNonce(c, ca.context));

  app.post('/revocation', bodyLimit({ maxSize: longestEndRequest }), (c) =>
    answerCms(c, 'revocation', async (cms) => {
      const { kind, revokedAt } = await endOwn(ca.context, cms);
      return c.json({ kind, revokedAt: revokedAt.toISOString() });
    }),
  );
  return app;
}
