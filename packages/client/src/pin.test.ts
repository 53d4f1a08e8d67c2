import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ClientError } from './client-error.js';
import { pinBytes } from './pin.js';

describe('PIN bytes', () => {
  it('makes the signature password upper case and plain', () => {
    assert.equal(pinBytes('sign', 'abc123').toString(), 'ABC123');
    assert.equal(pinBytes('sign', Buffer.from('ａｂｃ１２３')).toString(), 'ABC123');
    assert.equal(pinBytes('auth', '１２３４').toString(), '1234');
    assert.equal(pinBytes('sign', 'ABCDEFGH12345678').toString(), 'ABCDEFGH12345678');
  });

  it('refuses another length or alphabet without naming what was typed', () => {
    const bad: [Parameters<typeof pinBytes>[0], string][] = [
      ['sign', 'SEC12'],
      ['sign', 'SECRET1234567890X'],
      ['sign', 'SECRET 1'],
      ['sign', 'SECRETé1'],
      ['auth', '123'],
      ['auth', '123a'],
      ['text', '12345'],
      ['sign', 'ア'.repeat(6)],
    ];
    for (const [kind, pin] of bad)
      assert.throws(
        () => pinBytes(kind, pin),
        (error: unknown) => {
          assert.ok(error instanceof ClientError && error.code === 'pin-format');
          assert.ok(!`${error.message}${error.stack}`.includes('SEC'));
          return true;
        },
      );
  });

  it('does not change the bytes it was given, and gives bytes of its own', () => {
    const typed = Buffer.from('abc123');
    pinBytes('sign', typed).fill(0);
    assert.equal(typed.toString(), 'abc123');
  });
});
