import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { CommandError } from './command.js';
import { givenPin, pinFromEnvironment } from './pin.js';

test('a PIN variable is removed at once, so that no child inherits it, also when it is not used', () => {
  process.env.TEST_PIN = '1234';
  assert.equal(givenPin({ 'pin-env': 'TEST_PIN' }), '1234');
  assert.ok(!('TEST_PIN' in process.env));
  assert.throws(() => pinFromEnvironment('TEST_PIN'), CommandError);
  const folder = mkdtempSync(path.join(os.tmpdir(), 'madoguchi-pin-'));
  try {
    writeFileSync(path.join(folder, 'pin'), '5678\r\n');
    process.env.TEST_PIN = '1234';
    assert.equal(givenPin({ 'pin-env': 'TEST_PIN', 'pin-file': path.join(folder, 'pin') }), '5678');
    assert.ok(!('TEST_PIN' in process.env));
  } finally {
    rmSync(folder, { recursive: true });
  }
  assert.equal(givenPin({}), undefined);
});
