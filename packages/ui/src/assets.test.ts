import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brotliCompressSync } from 'node:zlib';
import { Hono } from 'hono';
import { assetPath, styleSheet, uiRoutes, usedTokens } from './assets.js';

const app = new Hono();
app.route('/assets', uiRoutes());
app.route('/0f3c/assets', uiRoutes());

test('an address with a hash may stay in caches for ever, under any base', async () => {
  for (const base of ['/assets', '/0f3c/assets']) {
    const answer = await app.request(assetPath('app.css', base));
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get('content-type'), 'text/css; charset=utf-8');
    assert.match(answer.headers.get('cache-control') ?? '', /immutable/);
  }
});

test('a known ETag saves the way, brotli is used where it is understood', async () => {
  const first = await app.request('/assets/ui.js', { headers: { 'accept-encoding': 'gzip, br' } });
  assert.equal(first.headers.get('content-encoding'), 'br');
  assert.equal(first.headers.get('cache-control'), 'no-cache');
  const again = await app.request('/assets/ui.js', {
    headers: { 'if-none-match': first.headers.get('etag') ?? '' },
  });
  assert.equal(again.status, 304);
});

test('other names and old hashes are not found', async () => {
  for (const path of ['/assets/app.000000000000.css', '/assets/constructor', '/assets/..%2Fpackage.json']) {
    assert.equal((await app.request(path)).status, 404);
  }
});

test('only the design tokens in use are sent, with those they point to', () => {
  const tokens = ':root {\n  --a: #fff;\n  --b: var(--a);\n  --c: #000;\n}';
  assert.equal(usedTokens(tokens, 'p{color:var(--b)}'), ':root{--a:#fff;--b:var(--a);}\n');
});

test('every variable of the style sheet has a value', () => {
  const css = styleSheet();
  const defined = new Set([...css.matchAll(/(--[\w-]+)\s*:/g)].map((match) => match[1]));
  for (const [, name] of css.matchAll(/var\((--[\w-]+)/g)) assert.ok(defined.has(name), name);
});

test('style sheet and script together stay small', () => {
  assert.ok(brotliCompressSync(styleSheet()).length < 20_000);
});
