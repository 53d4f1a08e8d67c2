import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { Hono } from 'hono';
import { listen } from './listen.js';

test('an idle connection is kept for more than the minute that proxies keep theirs, and does not hold up the end', async () => {
  const app = new Hono().get('/', (c) => c.text('here'));
  const { port, close } = await listen(app, '127.0.0.1', 0, 'the test');
  const answer = await fetch(`http://127.0.0.1:${port}/`);
  assert.equal(await answer.text(), 'here');
  assert.equal(answer.headers.get('keep-alive'), 'timeout=65');
  await close();
  await assert.rejects(fetch(`http://127.0.0.1:${port}/`));
});

test('who is refused in the middle of sending gets the answer, and is cut off when they never end', async () => {
  const app = new Hono().post('/', (c) => c.text('too large', 413));
  const { port, close } = await listen(app, '127.0.0.1', 0, 'the test');
  const socket = connect(port, '127.0.0.1').setEncoding('latin1');
  let answer = '';
  let fault: Error | undefined;
  socket.on('error', (error) => {
    fault = error;
  });
  const begin = 'POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 100000000\r\n\r\n';
  socket.write(begin);
  // The answer is not read before a good part was sent.
  for (let sent = 0; sent < 10; sent += 1) {
    socket.write(Buffer.alloc(100_000));
    await pause(20);
  }
  assert.equal(fault, undefined);
  socket.on('data', (text: string) => {
    answer += text;
  });
  await new Promise((resolve) => socket.once('end', resolve));
  assert.match(answer, /^HTTP\/1\.1 413 [\s\S]*too large$/);
  const cut = new Promise((resolve) => socket.once('close', resolve));
  // No end of it: cut off after a while.
  while (!socket.destroyed) {
    socket.write(Buffer.alloc(1000));
    await pause(50);
  }
  await cut;
  await close();
});
