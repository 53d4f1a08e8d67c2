// The portal alone with sample data, to look at: node packages/portal/dist/testing/serve-portal.js [port, 0 for any]
import { serve } from '@hono/node-server';
import { portalApp } from '../app.js';
import { sampleFetch, sampleOptions } from './sample.js';

const app = portalApp({
  ...sampleOptions,
  statsUrl: 'http://127.0.0.1:8081/stats.json',
  origin: 'http://127.0.0.1:8080',
  fetch: sampleFetch,
});
const port = Number(process.argv[2] ?? 8080);
serve({ fetch: app.fetch, hostname: '127.0.0.1', port }, (address) =>
  process.stdout.write(`http://127.0.0.1:${address.port}/\n`),
);
