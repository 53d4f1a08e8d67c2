import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ClientError } from './client-error.js';
import { openPcsc } from './pcsc.js';
import { listReaders, readerChannel, readerChannels } from './reader-channel.js';
import { fakePcscLibrary, pcscError } from './testing/fake-pcsc.js';

type Loader = NonNullable<Parameters<typeof openPcsc>[1]>;

function opener(...args: Parameters<typeof fakePcscLibrary>) {
  const load = (async () => fakePcscLibrary(...args)) as unknown as Loader;
  return (name?: string) => openPcsc(name, load);
}

function code(expected: string) {
  return (error: unknown) => error instanceof ClientError && error.code === expected;
}

const selectJpki = '00a4040c0ad392f000260100000001';

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
    const label = (text: string) => async (apdu: Uint8Array) => {
      const read = apdu[1] === 0xb0;
      return Buffer.concat([read ? Buffer.from(text.padEnd(32)) : Buffer.alloc(0), Buffer.of(0x90, 0)]);
    };
    const open = opener([
      { name: 'A', present: true, transmit: label('JPKIAPICCTOKEN2') },
      { name: 'B', present: true, transmit: label('JPKIAPICCTOKEN') },
      { name: 'C', present: true, transmit: async () => Uint8Array.of(0x6a, 0x82) },
      { name: 'D', present: false },
      { name: 'E', present: true, transmit: label('JPKIAPICCTOKEN22') },
    ]);
    assert.deepEqual((await listReaders(open)).readers, [
      { name: 'A', cardPresent: true, kind: 'my-number-card' },
      { name: 'B', cardPresent: true, kind: 'jukicard' },
      { name: 'C', cardPresent: true, kind: 'other' },
      { name: 'D', cardPresent: false },
      { name: 'E', cardPresent: true, kind: 'other' },
    ]);
  });

  it('chooses the reader with a card in it, or the one asked for', async () => {
    const open = opener([
      { name: 'empty', present: false },
      { name: 'full', present: true },
    ]);
    assert.equal((await readerChannel(undefined, open)).label, 'full');
    assert.equal((await readerChannel('empty', open)).label, 'empty');
    await assert.rejects(readerChannel('none', open), code('no-reader'));
  });

  it('connects alone, and leaves with SELECT AP and a reset, also after an error', async () => {
    const log: string[] = [];
    const channel = await readerChannel(undefined, opener([{ name: 'A', present: true, log }]));
    assert.equal(await channel.withCard(async () => 'done'), 'done');
    const failing = channel.withCard(async () => {
      throw new Error('midway');
    });
    await assert.rejects(failing, /midway/);
    const visit = ['connect 1', selectJpki, 'disconnect 1'];
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
    const pulled = await readerChannel(
      undefined,
      opener([{ name: 'A', present: true, log, transmit: () => Promise.reject(pcscError('RemovedCard')) }]),
    );
    await assert.rejects(
      pulled.withCard((transmit) => transmit(Uint8Array.of(0, 0xa4, 4, 0xc))),
      code('card-removed'),
    );
    assert.equal(log.at(-1), 'disconnect 1');
    const mute = await readerChannel(
      undefined,
      opener([{ name: 'A', present: true, connectErrors: ['UnresponsiveCard'] }]),
    );
    await assert.rejects(
      mute.withCard(async () => 0),
      code('card-unresponsive'),
    );
  });
});
