import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pkitsAbsent } from '../testing/outside.js';
import { judgeMessage, pkitsMessages } from '../testing/pkits.js';
import { verifySignedData } from './verify-signed-data.js';

const skip = pkitsAbsent;
const messages = skip ? [] : pkitsMessages();

test('in all 224 PKITS messages the signature itself is intact; DSA is named as unsupported', {
  skip,
}, () => {
  assert.equal(messages.length, 224);
  const unsupported: string[] = [];
  for (const { name, content, cms } of messages) {
    assert.equal(content.length, 62);
    const result = verifySignedData({ cms, content });
    if (result.rule === 'signature.algorithm.unknown') unsupported.push(name);
    else assert.equal(result.rule, undefined, name);
    const tampered = verifySignedData({ cms, content: Buffer.concat([content, content]) });
    assert.equal(tampered.subIndication, result.ok ? 'HASH_FAILURE' : 'CRYPTO_CONSTRAINTS_FAILURE', name);
  }
  assert.equal(unsupported.length, 3);
});

test('each message carries what its verdict needs: with the anchor alone every path is judged right', {
  skip,
}, () => {
  const wrong = messages.flatMap((message) => {
    const { valid, rule } = judgeMessage(message);
    // DSA is not supported: whatever the path, the signature has not passed.
    if (rule === 'signature.algorithm.unknown') return [];
    return valid === message.valid ? [] : [`${message.name}: ${rule}`];
  });
  assert.deepEqual(wrong, []);
});
