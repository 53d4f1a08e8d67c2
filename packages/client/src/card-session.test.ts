import assert from 'node:assert/strict';
import { createPublicKey, verify } from 'node:crypto';
import { before, describe, it } from 'node:test';
import { CardSession } from './card-session.js';
import type { CardChannel } from './channel.js';
import { ClientError } from './client-error.js';
import { fakeDer, makeTestCard, type TestCard, testPins } from './testing/test-card.js';

let card: TestCard;
let spki: Uint8Array | undefined;
const certificates = { sign: fakeDer(1), auth: fakeDer(2), signCa: fakeDer(3, 900), authCa: fakeDer(4, 130) };

function newCard(options: Partial<Parameters<typeof makeTestCard>[0]> = {}): Promise<TestCard> {
  return makeTestCard({
    issue: async (keys) => {
      spki ??= keys.sign.spki;
      return certificates;
    },
    ...options,
  });
}

function rejectsWith(code: string, detail: object = {}) {
  return (error: unknown) => {
    assert.ok(error instanceof ClientError, String(error));
    assert.equal(error.code, code);
    assert.deepEqual({ ...error.detail, ...detail }, error.detail);
    assert.ok(!JSON.stringify(error).includes(testPins.sign));
    return true;
  };
}

/** The channel with its traffic written down, to see what reached the card. */
function listening(channel: CardChannel): { channel: CardChannel; sent: string[] } {
  const sent: string[] = [];
  return {
    sent,
    channel: {
      label: channel.label,
      withCard: (fn) =>
        channel.withCard((transmit) =>
          fn((apdu) => {
            sent.push(Buffer.from(apdu).toString('hex'));
            return transmit(apdu);
          }),
        ),
    },
  };
}

describe('CardSession on a card image', () => {
  before(async () => {
    card = await newCard();
  });

  it('knows the card by its exact label and tells the tries left of each PIN', async () => {
    const session = new CardSession(card.channel);
    assert.equal(await session.kind(), 'my-number-card');
    assert.deepEqual(await session.pinStatus('sign'), { state: 'usable', triesLeft: 5 });
    assert.deepEqual(await session.pinStatus('auth'), { state: 'usable', triesLeft: 3 });
    assert.deepEqual(await session.pinStatus('text'), { state: 'usable', triesLeft: 3 });
    const old = await newCard({ label: 'JPKIAPICCTOKEN' });
    assert.equal(await new CardSession(old.channel).kind(), 'jukicard');
  });

  it('reads the free certificates without a PIN and the signature certificate only with it', async () => {
    const session = new CardSession(card.channel);
    assert.deepEqual(Buffer.from(await session.readCertificate('auth')), Buffer.from(certificates.auth));
    assert.deepEqual(Buffer.from(await session.readCertificate('sign-ca')), Buffer.from(certificates.signCa));
    assert.deepEqual(Buffer.from(await session.readCertificate('auth-ca')), Buffer.from(certificates.authCa));
    await assert.rejects(session.readCertificate('sign'), rejectsWith('pin-format'));
    const read = await session.readCertificate('sign', testPins.sign);
    assert.deepEqual(Buffer.from(read), Buffer.from(certificates.sign));
  });

  it('signs with a password typed in lower case, and the signature verifies', async () => {
    const data = Buffer.from('これに署名します');
    const signature = await new CardSession(card.channel).sign('sign', 'abc123', data);
    const key = createPublicKey({
      key: Buffer.from(spki ?? []),
      format: 'der',
      type: 'spki',
    });
    assert.ok(verify('sha256', data, key, signature));
  });

  it('takes full-width letters for the plain ones they mean', async () => {
    await new CardSession(card.channel).sign('sign', 'ＡＢＣ１２３', Buffer.from('x'));
  });

  it('spends no try on a password of the wrong form', async () => {
    const { channel, sent } = listening(card.channel);
    const session = new CardSession(channel);
    for (const pin of ['ABC12', 'ABCDEFGH123456789', 'ABC-123', 'あいうえおか', ''])
      await assert.rejects(session.sign('sign', pin, Buffer.from('x')), rejectsWith('pin-format'));
    await assert.rejects(session.sign('auth', '12345', Buffer.from('x')), rejectsWith('pin-format'));
    assert.ok(!sent.some((apdu) => apdu.startsWith('0020') && apdu.length > 8));
    assert.deepEqual(await session.pinStatus('sign'), { state: 'usable', triesLeft: 5 });
  });

  it('asks for the tries before each VERIFY, keeps the last one, and calls a locked PIN locked', async () => {
    for (const blockedStatusWord of [0x6983, 0x6984] as const) {
      const { channel } = await newCard({ settings: { blockedStatusWord } });
      const session = new CardSession(channel);
      for (const left of [4, 3, 2, 1]) {
        const wrong = session.sign('sign', 'WRONG1', Buffer.from('x'));
        await assert.rejects(wrong, rejectsWith('pin-wrong', { triesLeft: left, pin: 'sign' }));
      }
      const kept = session.sign('sign', testPins.sign, Buffer.from('x'));
      await assert.rejects(kept, rejectsWith('pin-last-try', { triesLeft: 1 }));
      assert.deepEqual(await session.pinStatus('sign'), { state: 'usable', triesLeft: 1 });
      const last = session.sign('sign', 'WRONG1', Buffer.from('x'), { lastTry: true });
      await assert.rejects(last, rejectsWith('pin-locked'));
      assert.deepEqual(await session.pinStatus('sign'), { state: 'locked', triesLeft: 0 });
      const after = session.sign('sign', testPins.sign, Buffer.from('x'), { lastTry: true });
      await assert.rejects(after, rejectsWith('pin-locked'));
    }
  });

  it('leaves the card locked after each visit, also after an error inside', async () => {
    const session = new CardSession(card.channel);
    await assert.rejects(
      session.visit(async (visit) => {
        await visit.verify('sign', testPins.sign);
        throw new Error('pulled the plug');
      }),
      /pulled the plug/,
    );
    await session.visit((visit) =>
      assert.rejects(
        visit.readCertificate('sign'),
        rejectsWith('card-unexpected', { subject: 'securityStatus' }),
      ),
    );
  });

  it('calls a card without certificates by that name', async () => {
    const child = await newCard({
      issue: async () => ({
        auth: certificates.auth,
        signCa: certificates.signCa,
        authCa: certificates.authCa,
      }),
    });
    const read = new CardSession(child.channel).readCertificate('sign', testPins.sign);
    await assert.rejects(read, rejectsWith('no-certificate'));
  });

  it('reads the four items from the input-support application and changes a PIN', async () => {
    const session = new CardSession(card.channel);
    assert.deepEqual(await session.readText(testPins.text), {
      name: '総務　太郎',
      address: '見本県見本市中央一丁目２番３号',
      birthDate: '1975-04-01',
      sex: 'male',
    });
    await session.changePin('text', testPins.text, '8765');
    await session.readText('8765');
    await session.changePin('sign', testPins.sign, 'newpass9');
    await session.sign('sign', 'NEWPASS9', Buffer.from('x'));
    await session.changePin('sign', 'newpass9', testPins.sign);
  });

  it('never tries a PIN on another card than the one it was typed for', async () => {
    const mark = await new CardSession(card.channel).mark();
    const other = await newCard({ issue: async () => ({ ...certificates, auth: fakeDer(9) }) });
    const session = new CardSession(other.channel);
    const signed = session.sign('sign', 'WRONG1', Buffer.from('x'), { mark });
    await assert.rejects(signed, rejectsWith('card-exchanged'));
    assert.deepEqual(await session.pinStatus('sign'), { state: 'usable', triesLeft: 5 });
    await new CardSession(card.channel).sign('sign', testPins.sign, Buffer.from('x'), { mark });
  });

  it('waits a moment for a card another visit holds', async () => {
    const session = new CardSession(card.channel);
    const both = await Promise.all([session.pinStatus('sign'), session.kind(), session.pinStatus('auth')]);
    assert.equal(both[1], 'my-number-card');
  });
});
