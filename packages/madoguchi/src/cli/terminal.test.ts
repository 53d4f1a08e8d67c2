import assert from 'node:assert/strict';
import { test } from 'node:test';
import { typeKeys } from './terminal.js';

test('keys of a secret: pasted text, mistakes taken back, arrows ignored, an end of line', () => {
  assert.deepEqual(typeKeys('', 'ABC123'), { line: 'ABC123' });
  assert.deepEqual(typeKeys('AB', 'C1\u007f23\r'), { line: 'ABC23', end: 'enter' });
  assert.deepEqual(typeKeys('wrong', '\u0015right\n'), { line: 'right', end: 'enter' });
  assert.deepEqual(typeKeys('A', '\u001b[A\u001bOP\u001b[3~B'), { line: 'AB' });
  assert.deepEqual(typeKeys('あ', '\b'), { line: '' });
  assert.deepEqual(typeKeys('secret', '\u0003'), { line: '', end: 'stop' });
  assert.deepEqual(typeKeys('secret', '\u0004'), { line: '', end: 'stop' });
});
