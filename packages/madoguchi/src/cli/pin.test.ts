import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CommandError } from './command.js';
import { pinFromEnvironment, readPin } from './pin.js';

test('a PIN variable is removed at once, so that no child inherits it, also when it is not used', async () => {
  process.env.TEST_PIN = '1234';
  assert.equal(await readPin({ 'pin-env': 'TEST_PIN' }, 'question'), '1234');
  assert.ok(!('TEST_PIN' in process.env));
  assert.throws(() => pinFromEnvironment('TEST_PIN'), CommandError);
});
