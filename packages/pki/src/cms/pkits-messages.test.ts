import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { validatePath } from '../path/validate.js';
import { pkitsAbsent, pkitsFolder } from '../testing/outside.js';
import { verifySignedData } from './verify-signed-data.js';

const skip = pkitsAbsent;
const folder = path.join(pkitsFolder, 'smime');
const time = new Date('2026-06-01T00:00:00Z');

/** The signed part with its header, and the signature, cut out of a multipart/signed message byte for byte. */
function cut(message: string): { content: Buffer; cms: Buffer } {
  const boundary = /boundary="([^"]+)"/.exec(message)?.[1] ?? '';
  const [, part = '', attachment = ''] = message.split(`--${boundary}`);
  const content = part.replace(/^\r?\n/, '').replace(/\r?\n$/, '');
  const base64 = attachment.slice(attachment.search(/\r?\n\r?\n/)).replaceAll(/\s/g, '');
  return { content: Buffer.from(content, 'latin1'), cms: Buffer.from(base64, 'base64') };
}

const messages = skip
  ? []
  : readdirSync(folder)
      .filter((name) => name.endsWith('.eml'))
      .map((name) => ({ name, ...cut(readFileSync(path.join(folder, name), 'latin1')) }));

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

/** Messages without "Valid" or "Invalid" in their name that are invalid when any policy is acceptable. */
const invalidByDefault = /DifferentPoliciesTest(4|5|7|8|9|12)\.|MissingCRLTest1\./;

test('each message carries what its verdict needs: with the anchor alone every path is judged right', {
  skip,
}, () => {
  const anchor = readFileSync(path.join(pkitsFolder, 'certs/TrustAnchorRootCertificate.crt'));
  const wrong: string[] = [];
  for (const { name, content, cms } of messages) {
    const { ok, signers, certificates, crls } = verifySignedData({ cms, content });
    const leaf = signers[0]?.certificate;
    // DSA is not supported: whatever the path, the signature has not passed.
    if (!ok || leaf === undefined) continue;
    const expected = /^SignedInvalid/.test(name)
      ? false
      : /^SignedValid/.test(name) || !invalidByDefault.test(name);
    const { valid, reason } = validatePath({
      leaf,
      intermediates: certificates,
      anchors: [anchor],
      crls,
      time,
    });
    if (valid !== expected) wrong.push(`${name}: ${reason}`);
  }
  assert.deepEqual(wrong, []);
});
