import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Hono } from 'hono';
import { operations } from './index.js';

function room(ready: () => boolean | Promise<boolean>, metrics = true): Hono {
  const { count, routes } = operations({ room: 'portal', ready, metrics, more: () => 'x 1\n' });
  const app = new Hono();
  app.use(count);
  app.route('/', routes);
  app.get('/cases/:id', (c) => c.text('case'));
  return app;
}

test('alive and ready are two questions', async () => {
  const app = room(() => Promise.reject(new Error('the database is gone')));
  assert.equal((await app.request('/healthz')).status, 200);
  assert.equal((await app.request('/readyz')).status, 503);
  assert.equal((await room(() => true).request('/readyz')).status, 200);
});

test('metrics count answers without their addresses', async () => {
  const app = room(() => true);
  await app.request('/cases/2026-0001234');
  await app.request('/nowhere');
  const text = await (await app.request('/metrics')).text();
  assert.match(text, /^madoguchi_portal_requests_total\{method="GET",status="2xx"\} 1$/m);
  assert.match(text, /^madoguchi_portal_requests_total\{method="GET",status="4xx"\} 1$/m);
  assert.match(text, /^x 1$/m);
  assert.doesNotMatch(text, /0001234|nowhere/);
  assert.equal((await room(() => true, false).request('/metrics')).status, 404);
});
