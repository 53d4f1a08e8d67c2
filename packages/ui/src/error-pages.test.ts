import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { installErrorPages, sameOriginPosts, securityHeaders } from './index.js';

const logged: string[] = [];
const app = new Hono();
app.use(securityHeaders({ formAction: ['http://127.0.0.1:24787'] }));
app.use('/form', sameOriginPosts());
app.post('/form', (c) => c.text('taken'));
app.get('*', (_c, next) => next());
app.get('/thing/:id', (c) => c.notFound());
app.get('/broken', () => {
  throw new Error('secret of the inside');
});
app.get('/large', () => {
  throw new HTTPException(413);
});
app.get('/lost/:code', (c) => {
  throw Object.assign(new Error('secret of the inside'), { code: c.req.param('code') });
});
installErrorPages(app, { siteName: '見本市', log: (number) => logged.push(number) });

test('a page that is not there says so in the reader’s words, with a way on', async () => {
  const answer = await app.request('/nowhere?lang=en');
  assert.equal(answer.status, 404);
  const html = await answer.text();
  assert.match(html, /Page not found/);
  assert.match(html, /href="\/"/);
});

test('what a handler does not find is not there, also behind a handler for every path', async () => {
  assert.equal((await app.request('/anything/else')).status, 404);
  assert.equal((await app.request('/thing/7')).status, 404);
  assert.equal((await app.request('/anything/else', { method: 'POST' })).status, 404);
});

test('the wrong method is told from the wrong address', async () => {
  const answer = await app.request('/form');
  assert.equal(answer.status, 405);
  assert.equal(answer.headers.get('allow'), 'POST');
});

test('a file too large gets its own words', async () => {
  const answer = await app.request('/large');
  assert.equal(answer.status, 413);
  assert.match(await answer.text(), /ファイルが大きすぎます/);
});

test('a defect shows a short number that the log knows, and nothing of the inside', async () => {
  const answer = await app.request('/broken');
  assert.equal(answer.status, 500);
  const html = await answer.text();
  assert.match(html, new RegExp(`エラー番号 ${logged[0]}`));
  assert.match(logged[0] ?? '', /^[0-9A-F]{8}$/);
  assert.doesNotMatch(html, /secret|\.ts|at /);
  assert.match(answer.headers.get('content-security-policy') ?? '', /default-src 'self'/);
});

test('a database that cannot serve for a moment is told from a defect: come again, and when', async () => {
  // Gone, ending, starting; full disk, full memory, no connection left, over a time limit.
  for (const code of ['CONNECTION_CLOSED', '57P01', '57P03', '53100', '53200', '53300', '57014', '55P03']) {
    const answer = await app.request(`/lost/${code}`);
    assert.equal(answer.status, 503, code);
    assert.equal(answer.headers.get('retry-after'), '5');
    const html = await answer.text();
    assert.match(html, /いま、準備中です/);
    assert.match(html, new RegExp(`エラー番号 ${logged.at(-1)}`));
  }
  assert.equal((await app.request('/lost/23505')).status, 500);
});

test('every answer carries the security headers', async () => {
  const headers = (await app.request('/nowhere')).headers;
  assert.match(
    headers.get('content-security-policy') ?? '',
    /form-action 'self' http:\/\/127\.0\.0\.1:24787; frame-ancestors 'none'/,
  );
  assert.equal(headers.get('x-content-type-options'), 'nosniff');
  assert.equal(headers.get('referrer-policy'), 'same-origin');
  assert.equal(headers.get('cache-control'), 'no-store');
  const strict = new Hono().use(securityHeaders({ strict: true, openerPolicy: null }));
  strict.get('/', (c) => c.text('x', 200, { 'Referrer-Policy': 'origin' }));
  const answer = await strict.request('/');
  assert.match(answer.headers.get('content-security-policy') ?? '', /^default-src 'none'/);
  assert.equal(answer.headers.get('referrer-policy'), 'origin');
  assert.equal(answer.headers.get('cross-origin-opener-policy'), null);
});

test('a form sent by another site is refused, our own and programs pass', async () => {
  const send = async (headers: Record<string, string>) =>
    (await app.request('http://city.example/form', { method: 'POST', headers })).status;
  assert.equal(await send({ 'sec-fetch-site': 'cross-site', origin: 'http://evil.example' }), 403);
  assert.equal(await send({ 'sec-fetch-site': 'same-site' }), 403);
  const page = await app.request('/form', { method: 'POST', headers: { origin: 'null' } });
  assert.match(await page.text(), /この操作はできません/);
  assert.equal(await send({ origin: 'http://evil.example' }), 403);
  assert.equal(await send({ origin: 'null' }), 403);
  assert.equal(await send({ 'sec-fetch-site': 'same-origin', origin: 'http://city.example' }), 200);
  assert.equal(await send({ origin: 'http://city.example' }), 200);
  assert.equal(await send({}), 200);
});
