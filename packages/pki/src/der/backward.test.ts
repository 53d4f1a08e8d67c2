import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { BackwardWriter } from './backward.js';
import { constructed, octetString, sequence } from './write.js';

test('what is written backwards is, to the octet, what the other writer makes, whatever the lengths', () => {
  const writer = new BackwardWriter(16);
  for (const length of [0, 1, 127, 128, 255, 256, 65_535, 65_536, 70_000]) {
    const [a, b] = [randomBytes(length), randomBytes(3)];
    writer.element(0x04, b);
    const since = writer.written;
    writer.element(0x04, a);
    writer.wrap(0xa1, since);
    writer.wrap(0x30, 0);
    const expected = sequence(constructed(0xa1, [octetString(a)]), octetString(b));
    assert.deepEqual(Buffer.from(writer.view()), Buffer.from(expected), `${length} octets`);
    assert.deepEqual(Buffer.from(writer.finish()), Buffer.from(expected), `${length} octets`);
  }
});

test('what somebody else left behind is not in what is written next', () => {
  const writer = new BackwardWriter();
  writer.put(randomBytes(100));
  writer.clear();
  writer.element(0x04, Uint8Array.of(7));
  assert.deepEqual([...writer.finish()], [4, 1, 7]);
  assert.equal(writer.written, 0);
});
