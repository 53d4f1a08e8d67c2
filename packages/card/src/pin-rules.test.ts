import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkNewPin } from './pin-rules.js';

test('a PIN as octets is judged as the same PIN as text', () => {
  const pins = [
    ['signature', 'ABC123', 'good'],
    ['signature', 'AB12', 'pin.length'],
    ['signature', 'abc123', 'pin.characters'],
    ['signature', 'ABCDEF', 'pin.composition'],
    ['signature', '123456', 'pin.composition'],
    ['authentication', '1234', 'good'],
    ['authentication', '12345', 'pin.length'],
    ['authentication', '12a4', 'pin.characters'],
  ] as const;
  for (const [name, pin, expected] of pins)
    for (const given of [pin, Buffer.from(pin, 'ascii')]) {
      const judged = checkNewPin(name, given);
      assert.equal(judged.ok ? 'good' : judged.rule, expected, pin);
    }
  assert.deepEqual(checkNewPin('signature', 'ABCDEF', false), { ok: true });
  // U+3042 ends in the octet of a letter, and the octet above ASCII is no letter either.
  assert.equal(checkNewPin('signature', 'ABC12あ').ok, false);
  assert.equal(checkNewPin('signature', Uint8Array.of(0xc1, 0x42, 0x43, 0x31, 0x32, 0x33)).ok, false);
});
