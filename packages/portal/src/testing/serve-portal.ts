// The portal alone with sample data, to look at: node packages/portal/dist/testing/serve-portal.js [port]
import { serve } from '@hono/node-server';
import { portalApp } from '../app.js';
import { sampleOptions } from './sample.js';

const port = Number(process.argv[2] ?? 8080);
serve({ fetch: portalApp(sampleOptions).fetch, hostname: '127.0.0.1', port }, () =>
  process.stdout.write(`http://127.0.0.1:${port}/\n`),
);
