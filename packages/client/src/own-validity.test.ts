import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mutations } from '@madoguchi/testing';
import { CardSession } from './card-session.js';
import { ownValidity } from './own-validity.js';
import { agencyAuthority, citizenAuthority, testNow } from './testing/authorities.js';
import { makeTestCard } from './testing/test-card.js';

test('only a verified answer of the certificate’s own authority says anything of it', async () => {
  const { root, city, ocsp } = await agencyAuthority();
  const now = testNow;
  const input = { certificate: city.der, issuer: root.der, url: 'http://responder.example/', now };
  const state = async (answer: Uint8Array | number | Error) => {
    const fetch = async () => {
      if (answer instanceof Error) throw answer;
      return typeof answer === 'number'
        ? new Response('', { status: answer })
        : new Response(Buffer.from(answer));
    };
    return (await ownValidity({ ...input, fetch })).state;
  };
  const good = await ocsp(city.certificate, now);
  assert.equal(await state(good), 'good');
  assert.equal(await state(await ocsp(city.certificate, now, { revoked: now })), 'revoked');
  assert.equal(await state(503), 'unreachable');
  assert.equal(await state(new TypeError('fetch failed')), 'unreachable');
  assert.equal(await state(Buffer.from('<html>')), 'untrusted');
  assert.equal(await state(Buffer.alloc(1 << 17)), 'unreachable');
  const old = await ocsp(city.certificate, new Date(now.getTime() - 30 * 24 * 3600_000));
  assert.equal(await state(old), 'untrusted');
  const stranger = await agencyAuthority();
  assert.equal(await state(await stranger.ocsp(stranger.city.certificate, now)), 'untrusted');
  for (const broken of mutations(good, 300)) {
    const found = await state(broken);
    assert.ok(['good', 'untrusted'].includes(found), found);
  }
});

test('a responder that sends megabytes, or a redirect, is given up on', async () => {
  const { issue } = await citizenAuthority();
  const session = new CardSession((await makeTestCard({ issue })).channel);
  const certificate = await session.readCertificate('auth');
  const issuer = await session.readCertificate('auth-ca');
  let asked: RequestInit | undefined;
  const endless = new ReadableStream({
    pull: (controller) => controller.enqueue(new Uint8Array(1 << 15)),
  });
  const fetch = async (_: unknown, init?: RequestInit) => {
    asked = init;
    return new Response(endless);
  };
  const found = await ownValidity({ certificate, issuer, url: 'http://x.example/', now: testNow, fetch });
  assert.deepEqual(found, { state: 'unreachable', why: 'the answer is longer than 65536 bytes' });
  assert.equal(asked?.redirect, 'error');
});
