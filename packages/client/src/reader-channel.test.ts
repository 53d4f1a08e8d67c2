import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { registers, words } from '@madoguchi/ui';
import { CardSession } from './card-session.js';
import { ClientError } from './client-error.js';
import { explainClientError } from './client-words.js';
import { openPcsc } from './pcsc.js';
import { listReaders, readerChannel, readerChannels } from './reader-channel.js';
import { FakePcsc, type FakeReader, labelCard, otherCard, pcscError } from './testing/fake-pcsc.js';

function opener(readers: FakeReader[], options: { startError?: string } = {}) {
  const { load } = new FakePcsc(readers, options);
  return (name?: string) => openPcsc(name, load);
}

function code(expected: string) {
  return (error: unknown) => error instanceof ClientError && error.code === expected;
}

const selectJpki = '00a4040c0ad392f000260100000001';
const felicaAtr = Buffer.from('3b8f8001804f0ca000000306110 03b00000000 42'.replaceAll(' ', ''), 'hex');

describe('PC/SC', () => {
  it('calls a missing library and a stopped service states, not defects', async () => {
    const absent = () =>
      openPcsc(undefined, () => Promise.reject(new Error('libpcsclite.so.1: cannot open')));
    assert.deepEqual(await listReaders(absent), { service: 'absent-library', readers: [] });
    await assert.rejects(readerChannels(absent), code('no-library'));
    const stopped = opener([], { startError: 'NoService' });
    assert.deepEqual(await listReaders(stopped), { service: 'stopped', readers: [] });
    await assert.rejects(readerChannels(stopped), code('service-stopped'));
    await assert.rejects(readerChannel(undefined, opener([])), code('no-reader'));
  });

  it('lists readers with the kind of card by the exact label', async () => {
    const open = opener([
      { name: 'A', present: true, transmit: labelCard('JPKIAPICCTOKEN2') },
      { name: 'B', present: true, transmit: labelCard('JPKIAPICCTOKEN') },
      { name: 'D', present: false },
      { name: 'E', present: true, transmit: labelCard('JPKIAPICCTOKEN22') },
    ]);
    assert.deepEqual((await listReaders(open)).readers, [
      { name: 'A', cardPresent: true, kind: 'my-number-card' },
      { name: 'B', cardPresent: true, kind: 'jukicard' },
      { name: 'D', cardPresent: false },
      { name: 'E', cardPresent: true, kind: 'other' },
    ]);
  });

  it('names a card of another kind, and one that lies the wrong way round', async () => {
    const cases: [Partial<FakeReader>, object][] = [
      [{ transmit: otherCard() }, { kind: 'other', foreign: 'unknown' }],
      [{ transmit: otherCard('a0000002471001') }, { kind: 'other', foreign: 'passport' }],
      [{ transmit: otherCard('325041592e5359532e4444463031') }, { kind: 'other', foreign: 'payment-card' }],
      [{ transmit: otherCard('d3921000310001010401') }, { kind: 'other', foreign: 'old-resident-card' }],
      [
        { transmit: async () => Uint8Array.of(0x6d, 0), atr: felicaAtr },
        { kind: 'other', foreign: 'felica' },
      ],
      [{ mute: true }, { trouble: 'mute' }],
      [{ connectErrors: ['UnresponsiveCard'] }, { trouble: 'mute' }],
      [{ connectErrors: new Array<string>(50).fill('SharingViolation') }, { trouble: 'busy' }],
    ];
    for (const [reader, found] of cases) {
      const { readers } = await listReaders(opener([{ name: 'A', present: true, ...reader }]));
      assert.deepEqual(readers, [{ name: 'A', cardPresent: true, ...found }]);
    }
    const passport = opener([{ name: 'A', present: true, transmit: otherCard('a0000002471001') }]);
    await assert.rejects(new CardSession(await readerChannel(undefined, passport)).kind(), (error) => {
      assert.ok(error instanceof ClientError);
      assert.match(words(explainClientError(error).what, 'ja'), /入っているのはパスポートです/);
      return true;
    });
    const old = opener([{ name: 'A', present: true, transmit: labelCard('JPKIAPICCTOKEN') }]);
    await assert.rejects(new CardSession(await readerChannel(undefined, old)).beforePin('sign'), (error) => {
      assert.ok(error instanceof ClientError);
      const { what, next } = explainClientError(error);
      assert.match(words(what, 'ja'), /住民基本台帳カード/);
      assert.match(words(next, 'en'), /apply at your municipal counter/);
      return true;
    });
  });

  it('asks nobody while only one reader holds a card that signs', async () => {
    const mine = { present: true, transmit: labelCard('JPKIAPICCTOKEN2') };
    const foreign = { present: true, transmit: otherCard('a0000002471001') };
    const choose = async (...readers: FakeReader[]) =>
      (await readerChannel(undefined, opener(readers))).label;
    assert.equal(await choose({ name: 'empty', present: false }, { name: 'full', ...foreign }), 'full');
    assert.equal(await choose({ name: 'a', ...foreign }, { name: 'b', ...mine }), 'b');
    assert.equal(await choose({ name: 'a', present: true, mute: true }, { name: 'b', ...mine }), 'b');
    assert.equal(await choose({ name: 'a', ...foreign }, { name: 'b', ...foreign }), 'a');
    await assert.rejects(choose({ name: 'a', ...mine }, { name: 'b', ...mine }), (error) => {
      assert.ok(error instanceof ClientError && error.code === 'several-cards');
      assert.equal(error.detail.subject, 'a, b');
      return true;
    });
    const open = opener([{ name: 'empty', present: false }]);
    assert.equal((await readerChannel('empty', open)).label, 'empty');
    await assert.rejects(readerChannel('none', open), code('no-reader'));
  });

  it('says for each system by its own command how to get and start the service', () => {
    const cases = [
      ['debian', /apt install pcscd/, /systemctl enable --now pcscd/],
      ['fedora', /dnf install pcsc-lite/, /systemctl enable --now pcscd/],
      ['arch', /pacman -S pcsclite/, /systemctl/],
      ['linux', /pcsc-lite/, /systemctl/],
      ['macos', /macOS|restart/, /reader/],
      ['windows', /Windows/, /SCardSvr/],
      ['other', /PC\/SC/, /service/],
    ] as const;
    for (const [system, install, start] of cases) {
      const next = (name: 'no-library' | 'service-stopped') =>
        explainClientError(new ClientError(name), system).next;
      assert.match(words(next('no-library'), 'en'), install);
      assert.match(words(next('service-stopped'), 'en'), start);
      for (const register of registers) assert.notEqual(words(next('no-library'), register), '');
    }
  });

  it('connects alone, and leaves with SELECT AP and a reset, also after an error', async () => {
    const log: string[] = [];
    const channel = await readerChannel(undefined, opener([{ name: 'A', present: true, log }]));
    assert.equal(await channel.withCard(async () => 'done'), 'done');
    const failing = channel.withCard(async () => {
      throw new Error('midway');
    });
    await assert.rejects(failing, /midway/);
    const visit = ['connect 1', selectJpki, 'reconnect 1 1', 'disconnect 0'];
    assert.deepEqual(log, [...visit, ...visit]);
  });

  it('names a card that is missing, busy, or pulled out midway', async () => {
    const empty = await readerChannel(undefined, opener([{ name: 'A', present: false }]));
    await assert.rejects(
      empty.withCard(async () => 0),
      code('no-card'),
    );
    const log: string[] = [];
    const connectErrors = ['SharingViolation', 'SharingViolation'];
    const shared = await readerChannel(undefined, opener([{ name: 'A', present: true, connectErrors, log }]));
    assert.equal(await shared.withCard(async () => 1), 1);
    const mute = await readerChannel(
      undefined,
      opener([{ name: 'A', present: true, connectErrors: ['UnresponsiveCard'] }]),
    );
    await assert.rejects(
      mute.withCard(async () => 0),
      code('card-unresponsive'),
    );
  });

  it('lets go of a card pulled out midway only when the service has noticed that it is gone', async () => {
    // Each card is gone from one command on; the service says so a little later.
    const gone = async (where: 'command' | 'reset') => {
      const log: string[] = [];
      const machine = new FakePcsc([{ name: 'A', present: true, log }]);
      let isPulled = false;
      const pull = () => {
        const notice = () => {
          log.push('noticed');
          machine.change('A', { present: false });
        };
        if (!isPulled) setTimeout(notice, 50);
        isPulled = true;
        return Promise.reject(pcscError(where === 'command' ? 'NotTransacted' : 'NoSmartCard'));
      };
      machine.change('A', where === 'command' ? { transmit: pull } : { reset: pull });
      const channel = await readerChannel(undefined, (name) => openPcsc(name, machine.load));
      const visit = channel.withCard((transmit) => transmit(Uint8Array.of(0, 0xa4, 4, 0xc)));
      if (where === 'command') await assert.rejects(visit, code('card-removed'));
      else await visit;
      return log;
    };
    const command = await gone('command');
    assert.ok(!command.some((line) => line.startsWith('reconnect')), 'an absent card is not reset');
    for (const log of [command, await gone('reset')])
      assert.ok(log.indexOf('noticed') > 0 && log.at(-1) === 'disconnect 1', log.join());
  });

  it('resets and lets go of a card that stays and answers nothing, and of one that was put back at once', async () => {
    const log: string[] = [];
    const transmit = () => Promise.reject(pcscError('CommError'));
    const channel = await readerChannel(undefined, opener([{ name: 'A', present: true, log, transmit }]));
    await assert.rejects(
      channel.withCard((send) => send(Uint8Array.of(0, 0xa4, 4, 0xc))),
      code('card-removed'),
    );
    assert.equal(log.at(-1), 'disconnect 1');
  });
});
