import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cadesPolicy, demoOids, verifySignedData } from '@madoguchi/pki';
import { ClientError } from '../client-error.js';
import { citizenAuthority, testNow } from '../testing/authorities.js';
import { makeTestCard } from '../testing/test-card.js';
import { endCertificate } from './end-certificate.js';
import { RevocationError, type RevocationRule } from './revocation-error.js';

const { issue } = await citizenAuthority();
const { channel } = await makeTestCard({ issue });
const nonce = Buffer.alloc(32, 5).toString('base64');

type Answer = () => Response;
const json =
  (value: unknown, status = 200) =>
  () =>
    Response.json(value, { status });

/** Ends the authentication certificate at an authority that answers so; and what was sent to it. */
function endAt(given: Answer, answer: Answer, pin = '1234') {
  const sent: Uint8Array[] = [];
  const fetch = async (_: unknown, init?: RequestInit) => {
    if (init?.method !== 'POST') return given();
    sent.push(new Uint8Array(init.body as Uint8Array));
    return answer();
  };
  const own = { channel, key: 'auth', pin: () => pin } as const;
  return { sent, ended: endCertificate(own, { authority: 'http://127.0.0.1:9', now: testNow, fetch }) };
}

const goodNonce = json({ nonce });
const done = json({ kind: 'auth', revokedAt: '2026-11-28T00:00:00Z' });
const lost: Answer = () => {
  throw new TypeError('fetch failed');
};

test('the certificate’s own key signs the nonce, as a content type that no file has', async () => {
  const { sent, ended } = endAt(goodNonce, done);
  assert.deepEqual(await ended, { revokedAt: new Date('2026-11-28T00:00:00Z') });
  assert.equal(sent.length, 1);
  const policy = { ...cadesPolicy, contentType: demoOids.holderRequest };
  const read = verifySignedData({ cms: sent[0] ?? new Uint8Array(), policy });
  assert.equal(read.ok, true);
  assert.deepEqual(JSON.parse(Buffer.from(read.content ?? []).toString()), {
    type: 'madoguchi-revocation-1',
    nonce,
  });
});

test('before anything is sent the certificate is as it was; behind it nobody knows; a refusal is told as what it is', async () => {
  const cases: [Answer, Answer, RevocationRule, number][] = [
    [lost, done, 'revocation.unreachable', 0],
    [json({}, 503), done, 'revocation.unreachable', 0],
    [json({ nonce: 'AAAA' }), done, 'revocation.unreachable', 0],
    [goodNonce, lost, 'revocation.unanswered', 3],
    [goodNonce, json({ kind: 'sign', revokedAt: '2026-11-28T00:00:00Z' }), 'revocation.unanswered', 1],
    [goodNonce, json({ kind: 'auth', revokedAt: 'soon' }), 'revocation.unanswered', 1],
    [goodNonce, json({ rule: 'revocation.ended' }, 403), 'revocation.ended', 1],
    [goodNonce, json({ rule: 'revocation.already' }, 422), 'revocation.ended', 1],
    [goodNonce, json({ rule: 'revocation.card' }, 403), 'revocation.card', 1],
    [goodNonce, json({ rule: '__proto__' }, 403), 'revocation.refused', 1],
  ];
  for (const [given, answer, rule, count] of cases) {
    const { sent, ended } = endAt(given, answer);
    await assert.rejects(ended, (error) => error instanceof RevocationError && error.rule === rule, rule);
    assert.equal(sent.length, count, rule);
    assert.ok(
      sent.every((one) => Buffer.from(one).equals(sent[0] ?? one)),
      'the same octets again',
    );
  }
});

test('a wrong password sends nothing', async () => {
  const { sent, ended } = endAt(goodNonce, done, '0000');
  await assert.rejects(ended, (error) => error instanceof ClientError && error.code === 'pin-wrong');
  assert.deepEqual(sent, []);
});
