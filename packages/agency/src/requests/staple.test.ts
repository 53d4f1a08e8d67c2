import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseOcspRequest } from '@madoguchi/pki';
import { agencyWorld, now } from '@madoguchi/testing';
import { ocspStaple } from './staple.js';

test('a good answer is kept, asked for once by many, and renewed after ten minutes', async () => {
  const world = await agencyWorld();
  const time = { now };
  let asked = 0;
  const staple = ocspStaple({
    issuer: world.root.der,
    url: 'http://ca.example/ocsp',
    clock: () => time.now,
    fetch: async (_url, init) => {
      asked += 1;
      const request = parseOcspRequest(init?.body as Uint8Array);
      assert.ok(request.ok);
      return new Response(Uint8Array.from(await world.ocsp(world.city.certificate, 'good', time.now)));
    },
  });
  const answers = await Promise.all([1, 2, 3].map(() => staple(world.city.der)));
  assert.ok(answers.every((answer) => answer && answer.length > 100));
  await staple(world.city.der);
  assert.equal(asked, 1);
  time.now = new Date(now.getTime() + 11 * 60_000);
  await staple(world.city.der);
  assert.equal(asked, 2);
});

test('a responder that is down: what is still in force serves, and it is not asked with every request', async () => {
  const world = await agencyWorld();
  const time = { now };
  let down = false;
  let asked = 0;
  const staple = ocspStaple({
    issuer: world.root.der,
    url: 'http://ca.example/ocsp',
    clock: () => time.now,
    fetch: async () => {
      asked += 1;
      if (down) throw new Error('refused');
      return new Response(Uint8Array.from(await world.ocsp(world.city.certificate)));
    },
  });
  assert.ok(await staple(world.city.der));
  down = true;
  time.now = new Date(now.getTime() + 11 * 60_000);
  assert.ok(await staple(world.city.der));
  assert.ok(await staple(world.city.der));
  assert.equal(asked, 2);
  time.now = new Date(now.getTime() + 2 * 3600_000);
  assert.equal(await staple(world.city.der), undefined, 'the answer has run out');
});

test('revoked, unknown, foreign, broken or too large answers are no staple', async () => {
  const world = await agencyWorld();
  const other = await agencyWorld();
  const bodies = [
    await world.ocsp(world.city.certificate, { revoked: new Date('2026-06-01T00:00:00Z') }),
    await world.ocsp(world.city.certificate, 'unknown'),
    await world.ocsp(world.encryption.certificate),
    await other.ocsp(other.city.certificate),
    Buffer.from('<html>'),
    Buffer.alloc(100_000),
  ];
  for (const body of bodies) {
    const staple = ocspStaple({
      issuer: world.root.der,
      url: 'http://ca.example/ocsp',
      clock: () => now,
      fetch: async () => new Response(Uint8Array.from(body)),
    });
    assert.equal(await staple(world.city.der), undefined);
  }
});

test('a certificate revoked meanwhile is not covered by an older good answer', async () => {
  const world = await agencyWorld();
  const time = { now };
  let revoked = false;
  const staple = ocspStaple({
    issuer: world.root.der,
    url: 'http://ca.example/ocsp',
    clock: () => time.now,
    fetch: async () =>
      new Response(
        Uint8Array.from(
          await world.ocsp(world.city.certificate, revoked ? { revoked: now } : 'good', time.now),
        ),
      ),
  });
  assert.ok(await staple(world.city.der));
  revoked = true;
  time.now = new Date(now.getTime() + 11 * 60_000);
  assert.equal(await staple(world.city.der), undefined);
});
