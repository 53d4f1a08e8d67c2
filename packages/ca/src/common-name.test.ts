import assert from 'node:assert/strict';
import { test } from 'node:test';
import { authenticationCommonName, signatureCommonName } from './common-name.js';

test('the signature common name is the time in Japan and a running number', () => {
  assert.equal(signatureCommonName(new Date('2026-11-22T16:41:05Z'), 7n), '2026112301410500000000000007');
});

test('the authentication common name has 23 characters with the municipality in the middle', () => {
  const first = authenticationCommonName('99201', 58n);
  assert.match(first, /^[0-9A-Z]{14}99201003A$/);
  assert.notEqual(first, authenticationCommonName('99201', 58n));
});
