import assert from 'node:assert/strict';
import { test } from 'node:test';
import { saysPin } from './support/says-pin.js';

test('a PIN that was logged, posted or thrown is noticed; its digits in a longer number are not it', () => {
  for (const told of ['pin=4826&card=x', '{"pin":"4826"}', 'wrong PIN 4826', "Error: '4826'", '4826'])
    assert.ok(saysPin(told, '4826'), told);
  assert.ok(saysPin('password taro2026 typed', 'TARO2026'));
  for (const chance of ['127.0.0.1:48261', '"serial":"0a4826ff"', 'eyJx4826aQ', '{"ms":4826,"status":200}'])
    assert.ok(!saysPin(chance, '4826'), chance);
});
