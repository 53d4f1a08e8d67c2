import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Ca } from '../ca.js';
import { changedOver, confirmRenewal } from '../renewal/confirm.js';
import { renew } from '../renewal/renew.js';
import { longestRenewal } from '../renewal/request.js';
import { answerCms, answerNonce } from './cms-answer.js';

/**
 * Online renewal for programs: `GET /renewal/nonce` gives a nonce (base64), until when, and how many days before the end renewal opens;
 * `POST /renewal` takes the request as CMS (application/pkcs7-mime) and answers 201 with the new certificate and its issuer's (base64 DER);
 * `POST /renewal/confirm` takes the confirmation as CMS and answers 200 with what activates it in the card (base64, 32 octets);
 * `POST /renewal/done` takes the card's word that it changed over as CMS. A refusal tells its rule and words.
 */
export function renewalRoutes(ca: Ca): Hono {
  const app = new Hono();
  const limit = bodyLimit({ maxSize: longestRenewal });

  app.get('/renewal/nonce', (c) => answerNonce(c, ca.context, { opensDaysBefore: ca.context.renewalDays }));

  app.post('/renewal', limit, (c) =>
    answerCms(c, 'renewal', async (cms) => {
      const { certificate, issuer } = await renew(ca.context, cms);
      return c.json({ certificate: base64(certificate), issuer: base64(issuer) }, 201);
    }),
  );

  app.post('/renewal/confirm', limit, (c) =>
    answerCms(c, 'renewal', async (cms) =>
      c.json({ activation: base64(await confirmRenewal(ca.context, cms)) }),
    ),
  );

  app.post('/renewal/done', limit, (c) =>
    answerCms(c, 'renewal', async (cms) => {
      await changedOver(ca.context, cms);
      return c.json({});
    }),
  );
  return app;
}

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
