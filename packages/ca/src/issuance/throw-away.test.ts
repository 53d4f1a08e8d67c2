import assert from 'node:assert/strict';
import { randomBytes, verify } from 'node:crypto';
import { test } from 'node:test';
import { ThrowAwayKey } from './throw-away.js';

test('OpenSSL verifies what a throw-away key signs, and nothing else', () => {
  const key = new ThrowAwayKey();
  for (let length = 0; length < 300; length++) {
    const data = randomBytes(length);
    const signature = key.sign(data);
    assert.ok(verify('sha256', data, key.publicKey, signature), data.toString('hex'));
    assert.equal(verify('sha256', Buffer.concat([data, Buffer.of(0)]), key.publicKey, signature), false);
  }
});

test('every such key is another one', () => {
  const data = Buffer.from('見本');
  const [one, other] = [new ThrowAwayKey(), new ThrowAwayKey()];
  assert.equal(verify('sha256', data, other.publicKey, one.sign(data)), false);
});
