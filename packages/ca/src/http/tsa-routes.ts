import { longestTimeStampRequest } from '@madoguchi/pki';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Ca } from '../ca.js';
import { createTimeStampAuthority, refuse, type TimeStampAnswer } from '../tsa/authority.js';
import type { Counters } from './metrics.js';

/** `/tsa`: time stamps over HTTP (RFC 3161 3.4). What goes wrong is said as a TimeStampResp: a client of it reads nothing else. */
export function tsaRoutes(ca: Ca, counters: Counters, onFault: (error: unknown) => void): Hono {
  const app = new Hono();
  const authority = createTimeStampAuthority(ca.context);

  const respond = ({ der, outcome }: TimeStampAnswer, status = 200): Response => {
    counters.count('madoguchi_ca_time_stamps_total', outcome);
    return new Response(Uint8Array.from(der), {
      status,
      headers: { 'Content-Type': 'application/timestamp-reply', 'Cache-Control': 'no-store' },
    });
  };

  app.post(
    '/tsa',
    bodyLimit({
      maxSize: longestTimeStampRequest,
      onError: () => respond(refuse('badDataFormat', 'the request is too long'), 413),
    }),
    async (c) => {
      const type = (c.req.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase();
      if (type !== 'application/timestamp-query') {
        return respond(refuse('badRequest', 'the content type is application/timestamp-query'), 415);
      }
      const request = new Uint8Array(await c.req.arrayBuffer());
      const answer = await authority.answer(request).catch((error: unknown) => {
        onFault(error);
        return refuse('systemFailure', 'no time stamp can be made now; try later');
      });
      return respond(answer);
    },
  );

  return app;
}
