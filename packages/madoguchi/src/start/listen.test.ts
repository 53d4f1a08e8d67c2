import assert from 'node:assert/strict';
import { test } from 'node:test';
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
