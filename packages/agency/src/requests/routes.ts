import { Hono } from 'hono';
import type { ReceptionOptions } from '../options.js';
import { findRequest } from './queries.js';

/** `GET /requests/<jti>/status`: what the page that waits beside the agent asks. The nonce in the address is 128 random bits. */
export function requestRoutes({ db, agency, clock }: ReceptionOptions): Hono {
  const app = new Hono();
  app.get('/:jti/status', async (c) => {
    const jti = c.req.param('jti');
    if (!/^[A-Za-z0-9_-]{22}$/.test(jti)) return c.json({ state: 'unknown' }, 404);
    const request = await findRequest(db.sql, agency.code, jti);
    if (!request) return c.json({ state: 'unknown' }, 404);
    const receipt = request.receiptNumber;
    if (receipt !== null)
      return c.json({
        state: 'arrived',
        receipt,
        location: `${agency.basePath}/applications/${receipt}`,
      });
    return c.json({ state: clock() > request.expiresAt ? 'expired' : 'waiting' });
  });
  return app;
}
