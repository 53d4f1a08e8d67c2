// Opens the demo city for a look in a browser: node packages/agency/dist/testing/serve.js [agent's origin]. Prints its address; ends with
// its standard input. No verification behind it; `POST /testing/arrive` with a signing request
// does what an agent would do with it.
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { agencyApp } from '../app.js';
import { base, envelopeFor, issuedFrom, openRoom, temporaryDatabase } from './room.js';

const { db, close } = await temporaryDatabase();
const room = await openRoom(db);
const app = new Hono();
const agentOrigin = process.argv[2] ?? 'http://127.0.0.1:24787';
const server = serve(
  { fetch: (request) => app.fetch(request), hostname: '127.0.0.1', port: 0 },
  (address) => {
    const origin = `http://127.0.0.1:${address.port}`;
    const agency = { ...room.options.agency, origin, agentOrigin };
    app.route(base, agencyApp({ ...room.options, agency }));
    app.post('/testing/arrive', async (c) => {
      const issued = issuedFrom(await c.req.text());
      const answer = await fetch(issued.claims.intake, {
        method: 'POST',
        headers: {
          'content-type': 'application/pkcs7-mime; smime-type=authEnveloped-data',
          authorization: `Ticket ${issued.claims.ticket}`,
        },
        body: Uint8Array.from(await envelopeFor(room, issued)),
      });
      return c.text(await answer.text(), answer.ok ? 200 : 500);
    });
    process.stdout.write(`${origin}${base}/\n`);
  },
);
process.stdin.resume().on('end', () => {
  server.close();
  void close().then(() => process.exit(0));
});
