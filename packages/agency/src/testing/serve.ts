// Opens the demo city for a look in a browser: node packages/agency/dist/testing/serve.js. No agent, no verification.
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { agencyApp } from '../app.js';
import { base, openRoom, temporaryDatabase } from './room.js';

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
    process.stdout.write(`${origin}${base}/\n`);
  },
);
process.on('SIGTERM', () => {
  server.close();
  void close().then(() => process.exit(0));
});
