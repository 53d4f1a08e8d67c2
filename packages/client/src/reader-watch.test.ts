import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ReaderList } from './reader-channel.js';
import { waitForCard, watchReaders } from './reader-watch.js';
import { FakePcsc, labelCard, otherCard } from './testing/fake-pcsc.js';

const mine = labelCard('JPKIAPICCTOKEN2');

/** Takes one list after the other from a watch. */
function watching(machine: FakePcsc) {
  const end = new AbortController();
  const lists = watchReaders({ signal: end.signal, load: machine.load });
  return {
    next: async () => (await lists.next()).value as ReaderList,
    end: async () => {
      end.abort();
      while ((await lists.next()).done !== true);
    },
  };
}

describe('watching the readers', () => {
  it('tells of a reader plugged in, a card put in, exchanged and taken out, and a reader pulled', async () => {
    const machine = new FakePcsc([]);
    const { next, end } = watching(machine);
    assert.deepEqual(await next(), { service: 'running', readers: [] });
    machine.plug({ name: 'A', present: false });
    assert.deepEqual((await next()).readers, [{ name: 'A', cardPresent: false }]);
    machine.change('A', { present: true, transmit: mine });
    assert.deepEqual((await next()).readers, [{ name: 'A', cardPresent: true, kind: 'my-number-card' }]);
    machine.change('A', { present: false });
    assert.deepEqual((await next()).readers, [{ name: 'A', cardPresent: false }]);
    machine.change('A', { present: true, transmit: otherCard('a0000002471001') });
    assert.deepEqual((await next()).readers, [
      { name: 'A', cardPresent: true, kind: 'other', foreign: 'passport' },
    ]);
    machine.unplug('A');
    assert.deepEqual((await next()).readers, []);
    await end();
  });

  it('tells that the service stopped, and goes on by itself when it is back', async () => {
    const machine = new FakePcsc([{ name: 'A', present: false }]);
    const { next, end } = watching(machine);
    assert.equal((await next()).service, 'running');
    machine.stopService();
    assert.deepEqual(await next(), { service: 'stopped', readers: [] });
    machine.startService();
    assert.deepEqual((await next()).readers, [{ name: 'A', cardPresent: false }]);
    await end();
  });

  it('looks at each card once, so that looking does not call for looking', async () => {
    const log: string[] = [];
    const machine = new FakePcsc([{ name: 'A', present: true, transmit: mine, log }]);
    const { next, end } = watching(machine);
    assert.equal((await next()).readers[0]?.kind, 'my-number-card');
    machine.plug({ name: 'B', present: false });
    assert.equal((await next()).readers.length, 2);
    assert.equal(log.filter((line) => line.startsWith('connect')).length, 1);
    await end();
  });

  it('waits for a card that signs, and says what lies there instead', async () => {
    const machine = new FakePcsc([{ name: 'A', present: true, mute: true }]);
    const seen: string[] = [];
    const found = waitForCard({
      signal: new AbortController().signal,
      load: machine.load,
      onState: ({ readers: [reader] }) => {
        seen.push(reader?.trouble ?? reader?.foreign ?? 'empty');
        if (seen.length === 1) machine.change('A', { present: false, mute: false });
        if (seen.length === 2) machine.change('A', { present: true, transmit: otherCard() });
        if (seen.length === 3) machine.change('A', { present: false });
        if (seen.length === 4) machine.change('A', { present: true, transmit: mine });
      },
    });
    assert.equal(await found, 'A');
    assert.deepEqual(seen, ['mute', 'empty', 'unknown', 'empty']);
  });

  it('waits for the card in the reader that was asked for, whatever lies in another', async () => {
    const machine = new FakePcsc([
      { name: 'A', present: false },
      { name: 'B', present: true, transmit: mine },
    ]);
    const seen: string[] = [];
    const found = waitForCard({
      signal: new AbortController().signal,
      load: machine.load,
      reader: 'A',
      onState: ({ readers }) => {
        seen.push(readers.map(({ name }) => name).join());
        machine.change('A', { present: true, transmit: mine });
      },
    });
    assert.equal(await found, 'A');
    assert.deepEqual(seen, ['A']);
  });
});
