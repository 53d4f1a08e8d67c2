import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { mutations } from '@madoguchi/testing';
import { CardSession } from './card-session.js';
import { ClientError } from './client-error.js';
import { openPcsc } from './pcsc.js';
import { onPinPad } from './pin.js';
import { featureRequest, padAnswer, verifyControlCode, verifyStructure } from './pin-pad.js';
import { readerChannel } from './reader-channel.js';
import { citizenAuthority } from './testing/authorities.js';
import { FakePcsc, type FakeReader } from './testing/fake-pcsc.js';
import { makeTestCard, type TestCard, testPins } from './testing/test-card.js';

/** FEATURE_VERIFY_PIN_START (01) and FEATURE_VERIFY_PIN_DIRECT (06), as a reader with a pad lists them. */
const features = Buffer.from('010442330001060442330006', 'hex');

describe('a reader with a PIN pad', () => {
  it('is known by its list of features, whatever else stands there', () => {
    assert.equal(verifyControlCode(features), 0x42330006);
    assert.equal(verifyControlCode(new Uint8Array()), undefined);
    assert.equal(verifyControlCode(Buffer.from('06024233', 'hex')), undefined);
    for (const broken of mutations(features, 2000)) {
      const code = verifyControlCode(broken);
      assert.ok(code === undefined || Number.isInteger(code));
    }
  });

  it('is asked for four ASCII digits, laid behind the header of VERIFY', () => {
    const asked = Buffer.from(verifyStructure(Uint8Array.of(0, 0x20, 0, 0x80)));
    assert.equal(asked.length, 19 + 9);
    assert.equal(asked.toString('hex', 2, 9), '82040004040201');
    assert.equal(asked.readUInt32LE(15), 9);
    assert.equal(asked.toString('hex', 19), '0020008004ffffffff');
  });

  it('tells a key not pressed from the cancel key and from the card’s answer', () => {
    assert.deepEqual(padAnswer(Buffer.from('6400', 'hex')), { kind: 'timeout' });
    assert.deepEqual(padAnswer(Buffer.from('6401', 'hex')), { kind: 'cancelled' });
    assert.equal(padAnswer(Buffer.from('63c2', 'hex')).kind, 'answer');
    assert.equal(padAnswer(new Uint8Array()).kind, 'answer');
  });
});

/** A reader with keys: the holder "types" what `typed` says; the PIN goes to the card behind the computer's back. */
async function padReader(card: TestCard, typed: () => string | undefined) {
  const log: string[] = [];
  let transmit: FakeReader['transmit'];
  const control = async (code: number, command: Uint8Array) => {
    if (code === featureRequest) return features;
    log.push(`pad ${Buffer.from(command).toString('hex')}`);
    const pin = typed();
    if (pin === undefined) return Uint8Array.of(0x64, 0x01);
    return transmit?.(Buffer.from([0, 0x20, 0, 0x80, 4, ...Buffer.from(pin)])) ?? Uint8Array.of(0x6f, 0);
  };
  const machine = new FakePcsc([
    {
      name: 'Pad',
      present: true,
      control,
      transmit: async (apdu) => {
        log.push(Buffer.from(apdu).toString('hex'));
        return transmit?.(apdu) ?? Uint8Array.of(0x90, 0);
      },
    },
  ]);
  const channel = await readerChannel('Pad', (name) => openPcsc(name, machine.load));
  return {
    log,
    session: (work: (session: CardSession) => Promise<unknown>) =>
      card.channel.withCard(async (inner) => {
        transmit = inner;
        return work(new CardSession(channel));
      }),
  };
}

describe('a PIN typed on the reader', () => {
  it('opens the card, and no command of ours ever holds it', async () => {
    const citizens = await citizenAuthority('JPKI-DEMO');
    const card = await makeTestCard({ issue: citizens.issue });
    let typed: string | undefined = testPins.auth;
    const reader = await padReader(card, () => typed);
    await reader.session(async (session) => {
      assert.deepEqual((await session.beforePin('auth')).pinPad, true);
      // The signature password has letters: it is never asked for on a pad.
      assert.equal((await session.beforePin('sign')).pinPad, false);
      const signature = await session.sign('auth', onPinPad, Buffer.from('x'));
      assert.equal(signature.length, 256);
      await assert.rejects(
        session.sign('sign', onPinPad, Buffer.from('x')),
        (error) => error instanceof ClientError && error.code === 'pin-format',
      );
      typed = '9999';
      await assert.rejects(
        session.sign('auth', onPinPad, Buffer.from('x')),
        (error) => error instanceof ClientError && error.detail.triesLeft === 2,
      );
      typed = undefined;
      await assert.rejects(
        session.sign('auth', onPinPad, Buffer.from('x')),
        (error) => error instanceof ClientError && error.code === 'pin-pad-stopped',
      );
      assert.equal((await session.pinStatus('auth')).triesLeft, 2);
    });
    const sent = reader.log.filter((line) => !line.startsWith('pad'));
    const digits = Buffer.from(testPins.auth).toString('hex');
    assert.ok(sent.length > 10 && !sent.some((line) => line.startsWith('0020') && line.includes(digits)));
    assert.ok(!reader.log.some((line) => line.startsWith('pad') && line.includes(digits)));
  });
});
