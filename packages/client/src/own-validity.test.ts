import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type OcspRequest, ocspError, parseOcspRequest } from '@madoguchi/pki/validation';
import { mutations } from '@madoguchi/testing';
import { CardSession } from './card-session.js';
import { type HolderKey, ownValidity } from './own-validity.js';
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

test('a responder that answers to the holder alone is asked again, over the same nonce, with the certificate’s own key', async () => {
  const { root, city, ocsp } = await agencyAuthority();
  const asked: OcspRequest[] = [];
  const fetch = async (_: unknown, init?: RequestInit) => {
    const request = parseOcspRequest(new Uint8Array(init?.body as Uint8Array));
    assert.ok(request.ok);
    asked.push(request.value);
    const answer =
      request.value.signature === undefined
        ? ocspError('unauthorized')
        : await ocsp(city.certificate, testNow);
    return new Response(Buffer.from(answer));
  };
  const input = { certificate: city.der, issuer: root.der, url: 'http://x.example/', now: testNow, fetch };
  assert.deepEqual(await ownValidity(input), { state: 'untrusted', why: 'ocsp.status.unauthorized' });
  const signed: Uint8Array[] = [];
  const holder: HolderKey = {
    algorithm: 'rsa-sha256',
    sign: async (data) => Uint8Array.of(signed.push(data)),
  };
  assert.equal((await ownValidity({ ...input, holder })).state, 'good');
  assert.deepEqual(
    asked.map(({ signature }) => signature !== undefined),
    [false, false, true],
  );
  assert.deepEqual(asked[1]?.nonce, asked[2]?.nonce);
  assert.deepEqual(Buffer.from(asked[2]?.signature?.tbs ?? []), Buffer.from(signed[0] ?? []));
  // Whoever answers everybody gets no signature, and neither does an answer that proves nothing.
  const open = async () => new Response(Buffer.from(await ocsp(city.certificate, testNow)));
  await ownValidity({ ...input, holder, fetch: open });
  await ownValidity({
    ...input,
    holder,
    fetch: async () => new Response(Buffer.from(ocspError('tryLater'))),
  });
  assert.equal(signed.length, 1);
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
