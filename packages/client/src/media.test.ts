import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Medium } from '@madoguchi/card';
import { importPublicKey, parseCertificate, verifySignature } from '@madoguchi/pki';
import { readCard, signOnCard } from './agent/card-work.js';
import { CardSession } from './card-session.js';
import { cardAlgorithm, signatureInput, signatureValue } from './card-signature.js';
import type { TokenKeys } from './channel.js';
import { ClientError } from './client-error.js';
import { keyName } from './key-name.js';
import { citizenAuthority } from './testing/authorities.js';
import { makeTestCard, type TestCard, testPins } from './testing/test-card.js';
import type { CardKind } from './token-kind.js';

const authority = await citizenAuthority();

/** Medium, what the client calls it, and how its keys sign. */
const media: readonly [Medium, CardKind, string][] = [
  ['my-number-card', 'my-number-card', 'rsa-sha256'],
  ['jukicard', 'jukicard', 'rsa-sha256'],
  ['android', 'android', 'rsa-sha256'],
  ['iphone', 'ios', 'rsa-sha256'],
  ['next-card', 'next-card', 'ecdsa-sha384'],
];

const made = new Map<Medium, Promise<TestCard>>();

/** One card of each medium for the whole file: its keys take their time. */
function cardOf(medium: Medium): Promise<TestCard> {
  const card = made.get(medium) ?? makeTestCard({ medium, issue: (keys) => authority.issue(keys) });
  made.set(medium, card);
  return card;
}

describe('every medium through the same session', () => {
  for (const [medium, kind, expected] of media) {
    it(`${medium}: both keys sign by ${expected}, and the signatures verify against the certificates`, async () => {
      const card = await cardOf(medium);
      const session = new CardSession(card.channel);
      assert.equal(await session.kind(), kind);
      const data = Buffer.from('署名');
      for (const key of ['sign', 'auth'] as const) {
        const certificate = await session.readCertificate(key, testPins[key]);
        const algorithm = cardAlgorithm(certificate);
        assert.equal(algorithm, expected);
        const signature = await session.sign(key, testPins[key], data, { algorithm });
        const parsed = parseCertificate(certificate);
        const imported = parsed.ok ? importPublicKey(parsed.value.spki) : parsed;
        assert.ok(imported.ok && verifySignature(algorithm, imported.key, data, signature));
      }
    });
  }

  it('Android’s authentication certificate needs its PIN, the others’ none', async () => {
    for (const [medium] of media) {
      const card = await cardOf(medium);
      const free = new CardSession(card.channel).readCertificate('auth');
      if (medium === 'android') {
        await assert.rejects(
          free,
          (error) => error instanceof ClientError && error.code === 'card-unexpected',
        );
      } else assert.ok((await free).length > 500);
    }
  });

  it('the agent’s two visits sign with the next card and with Android’s token, and the old card is refused', async () => {
    const options = { anchors: [authority.signCa.der], now: new Date(), lastTry: false };
    for (const medium of ['next-card', 'android', 'iphone'] as const) {
      const { channel } = await cardOf(medium);
      const first = await readCard(channel, Buffer.from(testPins.sign), options);
      assert.equal(first.authCertificate !== undefined, medium !== 'android', medium);
      const data = Buffer.from('signed attributes');
      const signature = await signOnCard(channel, first, Buffer.from(testPins.sign), data);
      assert.ok(signature.length > 90);
    }
    const { channel } = await cardOf('jukicard');
    await assert.rejects(readCard(channel, Buffer.from(testPins.sign), options), {
      code: 'not-my-number-card',
    });
  });

  it('an Android token whose keys are remembered names its authentication key without a second PIN, and never one that is not its own', async () => {
    const options = { anchors: [authority.signCa.der], now: new Date(), lastTry: false };
    const { channel } = await cardOf('android');
    const auth = 'A'.repeat(43);
    const read = (keys?: TokenKeys) =>
      readCard(keys === undefined ? channel : { ...channel, keys }, Buffer.from(testPins.sign), options);
    const first = await read();
    const certificate = parseCertificate(first.certificate);
    assert.ok(certificate.ok);
    assert.equal(first.authenticationKey, undefined);
    assert.equal((await read({ sign: keyName(certificate.value.spki), auth })).authenticationKey, auth);
    assert.equal((await read({ sign: 'B'.repeat(43), auth })).authenticationKey, undefined);
  });

  it('the next card has one PIN of four digits for two applications', async () => {
    const card = await cardOf('next-card');
    const session = new CardSession(card.channel);
    assert.equal((await session.readText(testPins.auth)).birthDate, '1975-04-01');
    await assert.rejects(session.readText('0000'), { code: 'pin-wrong' });
    assert.deepEqual(await session.pinStatus('auth'), { state: 'usable', triesLeft: 2 });
  });

  it('an answer of another length is no signature, whatever the card says', () => {
    assert.equal(signatureInput('ecdsa-sha384', Buffer.from('x')).length, 48);
    for (const [algorithm, length] of [
      ['ecdsa-sha384', 256],
      ['ecdsa-sha384', 0],
      ['rsa-sha256', 96],
    ] as const)
      assert.throws(() => signatureValue(algorithm, new Uint8Array(length)), ClientError);
  });
});
