import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Ca } from '../ca.js';
import { confirmToken } from '../tokens/confirm-token.js';
import { longestTokenRequest } from '../tokens/request.js';
import { answerTokenRequest } from '../tokens/tokens.js';
import { answerCms, answerNonce } from './cms-answer.js';

/**
 * Smartphone tokens for programs: `GET /tokens/nonce` gives a nonce (base64) and until when; `POST /tokens` takes a request signed by the card
 * (CMS, application/pkcs7-mime) and answers with the list of tokens, or 201 with certificates (base64 DER); `POST /tokens/confirm` takes the
 * token's own word that it holds them. A refusal tells its rule and words.
 */
export function tokenRoutes(ca: Ca): Hono {
  const app = new Hono();
  const limit = bodyLimit({ maxSize: longestTokenRequest });

  app.get('/tokens/nonce', (c) => answerNonce(c, ca.context));

  app.post('/tokens', limit, (c) =>
    answerCms(c, 'token', async (cms) => {
      const said = await answerTokenRequest(ca.context, cms);
      if (said.action !== 'issue') return c.json({ tokens: said.tokens });
      const { token, sign, auth, signIssuer, authIssuer } = said;
      return c.json(
        {
          token,
          ...{ sign: base64(sign), auth: base64(auth) },
          ...{ signIssuer: base64(signIssuer), authIssuer: base64(authIssuer) },
        },
        201,
      );
    }),
  );

  app.post('/tokens/confirm', limit, (c) =>
    answerCms(c, 'token', async (cms) => {
      await confirmToken(ca.context, cms);
      return c.json({ confirmed: true });
    }),
  );
  return app;
}

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
