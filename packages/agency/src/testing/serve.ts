// Opens the demo city for a look in a browser: node packages/agency/dist/testing/serve.js [agent's origin [data folder]]. Prints its
// address; ends with its standard input. No verification behind it. `POST /testing/envelope` with a signing request gives the envelope
// that an agent would send.
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { agencyApp } from '../app.js';
import { base, envelopeFor, issuedFrom, openRoom, openTables, temporaryDatabase } from './room.js';

const folder = process.argv[3];
const { db, close } = folder === undefined ? await temporaryDatabase() : await openHere(folder);
const room = await openRoom(db);
const app = new Hono();
const agentOrigin = process.argv[2] ?? 'http://127.0.0.1:24787';
const server = serve(
  { fetch: (request) => app.fetch(request), hostname: '127.0.0.1', port: 0 },
  (address) => {
    const origin = `http://127.0.0.1:${address.port}`;
    const agency = { ...room.options.agency, origin, agentOrigin };
    app.route(base, agencyApp({ ...room.options, agency }));
    app.post('/testing/envelope', async (c) =>
      c.body(Uint8Array.from(await envelopeFor(room, issuedFrom(await c.req.text())))),
    );
    process.stdout.write(`${origin}${base}/\n`);
  },
);
process.stdin.resume().on('end', () => {
  server.close();
  void close().then(() => process.exit(0));
});

async function openHere(dir: string) {
  const opened = await openTables(dir);
  return { db: opened, close: () => opened.close() };
}
