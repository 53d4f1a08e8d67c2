import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seeded } from './testing/demo-card.js';
import { readElement, readElements, tlv } from './tlv.js';

test('what is written is read back, with lengths of one, two and three bytes', () => {
  for (const length of [0, 1, 127, 128, 255, 256, 5000]) {
    for (const tag of [0x90, 0xff20, 0x7f21, 0x5f4e]) {
      const bytes = tlv(tag, new Uint8Array(length).fill(7));
      const element = readElement(bytes, 0, bytes.length);
      assert.equal(element?.tag, tag);
      assert.equal((element?.end ?? 0) - (element?.start ?? 0), length);
    }
  }
});

test('filler, lengths without end and elements past the end are none', () => {
  for (const hex of ['', 'FF', 'FFFFFFFF', '0000', '9080', '90830000', '9005AA', 'FF', 'FF20', 'FF2082FF'])
    assert.equal(readElement(Buffer.from(hex, 'hex'), 0, hex.length / 2), undefined, hex);
});

test('random bytes give elements that lie inside them, one after the other', () => {
  const random = seeded(3);
  let found = 0;
  for (let round = 0; round < 3000; round += 1) {
    const bytes = Uint8Array.from({ length: Math.floor(random() * 80) }, () => Math.floor(random() * 256));
    let at = 0;
    for (const { start, end } of readElements(bytes, 0, bytes.length)) {
      assert.ok(start > at && end >= start && end <= bytes.length);
      at = end;
      found += 1;
    }
  }
  assert.ok(found > 300, String(found));
});
