import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { postOctets } from './post-octets.js';

let server: Server;
let origin: string;
let sent = 0;
before(async () => {
  server = createServer((request, response) => {
    request.resume();
    if (request.url === '/elsewhere') response.writeHead(307, { location: '/short' }).end();
    else if (request.url === '/busy') response.writeHead(503).end('later');
    else if (request.url === '/short') response.end('good');
    else if (request.url === '/endless') {
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(1 << 16))) sent += 1 << 16;
      };
      response.on('drain', more);
      more();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
after(() => {
  server.closeAllConnections();
  server.close();
});

const ask = (path: string) =>
  postOctets({
    url: `${origin}${path}`,
    asks: 'ocsp',
    body: Buffer.from('?'),
    longest: 1000,
    patienceMs: 60_000,
  });

test('an answer is read to its end, an endless one no further than was said', async () => {
  assert.deepEqual(await ask('/short'), { ok: true, bytes: Buffer.from('good') });
  assert.deepEqual(await ask('/endless'), { ok: false, why: 'the answer is longer than 1000 bytes' });
  assert.ok(sent < 64 << 20, `${sent} octets went out`);
});

test('a redirect, an error and nobody there are told, and not followed', async () => {
  assert.equal((await ask('/elsewhere')).ok, false);
  assert.deepEqual(await ask('/busy'), { ok: false, why: 'HTTP status 503' });
  const nobody = await postOctets({
    url: 'http://127.0.0.1:1/',
    asks: 'ocsp',
    body: Buffer.from('?'),
    longest: 10,
    patienceMs: 60_000,
  });
  assert.equal(nobody.ok, false);
});
