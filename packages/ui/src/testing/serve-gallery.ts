// A server for the gallery of all components: node packages/ui/dist/testing/serve-gallery.js [port]. For people who change the looks; no room uses it.
import { createServer } from 'node:http';
import { Hono } from 'hono';
import { jsx } from 'hono/jsx';
import { readPreferences, securityHeaders, uiRoutes } from '../index.js';
import { Gallery } from './gallery.js';

const app = new Hono();
app.use(securityHeaders());
app.route('/assets', uiRoutes());
app.get('/', (c) => c.html(jsx(Gallery, { prefs: readPreferences(c), path: c.req.path }).toString()));

const port = Number(process.argv[2] ?? 8099);
createServer(async (request, response) => {
  const headers = Object.entries(request.headers).map(([name, value]): [string, string] => [
    name,
    String(value),
  ]);
  const answer = await app.request(`http://127.0.0.1:${port}${request.url}`, {
    headers: new Headers(headers),
  });
  response.writeHead(answer.status, [...answer.headers].flat());
  response.end(Buffer.from(await answer.arrayBuffer()));
}).listen(port, '127.0.0.1', () => process.stdout.write(`http://127.0.0.1:${port}/\n`));
