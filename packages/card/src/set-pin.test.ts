import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apdu } from './apdu.js';
import { CardError } from './errors.js';
import { aids, efs } from './files.js';
import { ownerMac } from './owner-mac.js';
import { openOwnerSession } from './owner-session.js';
import { transmitOk } from './read-whole-file.js';
import { setPinByWord, wordForPin } from './set-pin.js';
import { splitResponse } from './status-words.js';
import { cardInMemory, cardKey, pins } from './testing/demo-card.js';

const bytes = (text: string) => Buffer.from(text, 'latin1');
const refusedAs = (kind: string) => (error: unknown) =>
  error instanceof CardError && error.status?.kind === kind;

function opened() {
  const { card } = cardInMemory();
  const transmit = (command: Uint8Array) => card.execute(command);
  const status = async (command: Uint8Array) => splitResponse(await transmit(command))?.status.kind;
  const challenge = async () => {
    await transmitOk(transmit, apdu.selectApplication(aids.jpki), 'select');
    return transmitOk(transmit, apdu.getChallenge(16), 'challenge');
  };
  return { transmit, status, challenge };
}

test('the issuer’s word for one challenge sets one PIN, with all its tries; PIN and card key never meet', async () => {
  const { transmit, status } = opened();
  for (const [pin, value, file, aid] of [
    ['signature', 'NEW2026', efs.jpki.signaturePin, aids.jpki],
    ['authentication', '9753', efs.jpki.authenticationPin, aids.jpki],
    ['text', '9753', efs.text.textPin, aids.text],
  ] as const) {
    await transmitOk(transmit, apdu.selectApplication(aid), 'select');
    assert.equal(await status(apdu.verify('0000', file)), 'wrongPin');
    await setPinByWord(transmit, pin, bytes(value), async (challenge) => wordForPin(cardKey, pin, challenge));
    await transmitOk(transmit, apdu.selectApplication(aid), 'select');
    assert.equal(await status(apdu.verify(value, file)), 'ok');
  }
});

test('the word opens nothing else: no other PIN, no second time, no tries alone, no key, no file, no other challenge', async () => {
  const { transmit, status, challenge } = opened();
  const { signaturePin, authenticationPin, signatureKey, signatureCaCertificate } = efs.jpki;
  const open = async () => {
    const word = wordForPin(cardKey, 'authentication', await challenge());
    assert.equal(await status(apdu.externalAuthenticate(word, authenticationPin)), 'ok');
    return word;
  };
  const word = await open();
  assert.equal(await status(apdu.resetRetryCounter(signaturePin, 'NEW2026')), 'securityStatus');
  assert.equal(await status(apdu.resetRetryCounter(authenticationPin)), 'securityStatus');
  assert.equal(await status(apdu.generateKeyPair(signatureKey)), 'securityStatus');
  await transmitOk(transmit, apdu.selectFile(signatureCaCertificate.id), 'select');
  assert.equal(await status(apdu.updateBinary(0, bytes('x'))), 'securityStatus');
  assert.equal(await status(apdu.resetRetryCounter(authenticationPin, '97x3')), 'wrongData');
  assert.equal(await status(apdu.resetRetryCounter(authenticationPin, '9753')), 'ok');
  assert.equal(await status(apdu.resetRetryCounter(authenticationPin, '1111')), 'securityStatus');
  assert.equal(await status(apdu.externalAuthenticate(word, authenticationPin)), 'conditionsOfUse');
  await challenge();
  assert.equal(await status(apdu.externalAuthenticate(word, authenticationPin)), 'wrongValue', 'a replay');
  await open();
  await transmitOk(transmit, apdu.selectApplication(aids.jpki), 'select');
  assert.equal(await status(apdu.resetRetryCounter(authenticationPin, '1111')), 'securityStatus');
});

test('a word for one PIN is none for another, none for all rights, and the owner’s is none for a PIN', async () => {
  const { transmit, status, challenge } = opened();
  const { signaturePin, authenticationPin } = efs.jpki;
  const word = wordForPin(cardKey, 'authentication', await challenge());
  assert.equal(await status(apdu.externalAuthenticate(word, signaturePin)), 'wrongValue');
  assert.equal(
    await status(apdu.externalAuthenticate(wordForPin(cardKey, 'signature', await challenge()))),
    'wrongValue',
  );
  const owner = ownerMac(cardKey, aids.jpki, await challenge());
  assert.equal(await status(apdu.externalAuthenticate(owner, authenticationPin)), 'wrongValue');
  await challenge();
  assert.equal(await status(apdu.externalAuthenticate(word, efs.jpki.signatureKey)), 'wrongFileStructure');
  await assert.rejects(
    setPinByWord(transmit, 'signature', bytes('NEW2026'), async () => new Uint8Array(32)),
    refusedAs('wrongValue'),
  );
  await openOwnerSession(transmit, cardKey);
  await transmitOk(transmit, apdu.selectApplication(aids.jpki), 'select');
  assert.equal(await status(apdu.verify(pins.signature, signaturePin)), 'ok', 'nothing was changed');
});
