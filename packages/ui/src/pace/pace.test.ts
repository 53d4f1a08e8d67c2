import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Hono } from 'hono';
import { clientAddress } from './client-address.js';
import { paced } from './paced.js';
import { rateLimiter } from './rate-limit.js';

const from = (address: string) => ({ incoming: { socket: { remoteAddress: address } } });

test('a bucket gives its burst, then one for each interval, and says how long to wait', () => {
  const limiter = rateLimiter({ perMinute: 6, burst: 3 });
  assert.deepEqual(
    [0, 0, 0, 0].map((now) => limiter.take('a', now)),
    [undefined, undefined, undefined, 10],
  );
  assert.equal(limiter.take('b', 0), undefined, 'another client has its own');
  assert.equal(limiter.take('a', 4000), 6);
  assert.equal(limiter.take('a', 10_000), undefined);
  assert.equal(limiter.take('a', 10_000), 10);
  assert.equal(limiter.take('a', 10_000_000), undefined, 'a long rest gives the burst, not more');
});

test('a hundred thousand addresses are not remembered for ever', () => {
  const limiter = rateLimiter({ perMinute: 1 });
  for (let n = 0; n < 100_000; n += 1) limiter.take(`10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`, n);
  assert.ok(limiter.size <= 50_000);
  assert.notEqual(limiter.take('10.1.134.159', 100_000), undefined, 'who came last is still known');
});

test('the client is who our own proxies saw; what it writes itself is not believed; IPv6 counts by network', async () => {
  const seen = async (proxies: number, address: string, forwarded?: string) => {
    const app = new Hono().get('/', (c) => c.text(clientAddress(c, proxies) ?? 'nobody'));
    const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
    return (await app.request('/', { headers }, from(address))).text();
  };
  assert.equal(await seen(0, '203.0.113.7', '198.51.100.1'), '203.0.113.7');
  assert.equal(await seen(1, '127.0.0.1', '198.51.100.1, 203.0.113.9'), '203.0.113.9');
  assert.equal(await seen(2, '127.0.0.1', '6.6.6.6, 203.0.113.9, 10.0.0.1'), '203.0.113.9');
  assert.equal(await seen(0, '::ffff:203.0.113.7'), '203.0.113.7');
  assert.equal(await seen(0, '2001:db8:1:2:aaaa::1'), await seen(0, '2001:0db8:1:2::bbbb'));
  assert.notEqual(await seen(0, '2001:db8:1:2::1'), await seen(0, '2001:db8:1:3::1'));
  assert.equal(await seen(0, '127.0.0.1'), 'nobody');
  assert.equal(await seen(1, '127.0.0.1', ''), 'nobody');
});

test('who asks too often is told how long to wait, and only they; this machine itself is not paced', async () => {
  const app = new Hono().get(
    '/',
    paced({ perMinute: 1, burst: 2 }, 0, (c) => c.text('too many', 429)),
    (c) => c.text('good'),
  );
  const ask = (address: string) => app.request('/', {}, from(address));
  for (const expected of [200, 200, 429]) assert.equal((await ask('203.0.113.7')).status, expected);
  assert.ok(Number((await ask('203.0.113.7')).headers.get('retry-after')) >= 1);
  assert.equal((await ask('203.0.113.8')).status, 200);
  for (let n = 0; n < 4; n += 1) assert.equal((await ask('127.0.0.1')).status, 200);
});
