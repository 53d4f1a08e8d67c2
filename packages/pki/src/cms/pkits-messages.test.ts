import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { verifySignedData } from './verify-signed-data.js';

const folder = '/usr/lib/python3/dist-packages/cryptography_vectors/x509/PKITS_data/smime';
const skip = existsSync(folder)
  ? false
  : 'the NIST PKITS messages (python3-cryptography-vectors) are not installed';

/** The signed part with its header, and the signature, cut out of a multipart/signed message byte for byte. */
function cut(message: string): { content: Buffer; cms: Buffer } {
  const boundary = /boundary="([^"]+)"/.exec(message)?.[1] ?? '';
  const [, part = '', attachment = ''] = message.split(`--${boundary}`);
  const content = part.replace(/^\r?\n/, '').replace(/\r?\n$/, '');
  const base64 = attachment.slice(attachment.search(/\r?\n\r?\n/)).replaceAll(/\s/g, '');
  return { content: Buffer.from(content, 'latin1'), cms: Buffer.from(base64, 'base64') };
}

test('in all 224 PKITS messages the signature itself is intact; DSA is named as unsupported', {
  skip,
}, () => {
  const files = readdirSync(folder).filter((name) => name.endsWith('.eml'));
  assert.equal(files.length, 224);
  const unsupported: string[] = [];
  for (const name of files) {
    const { content, cms } = cut(readFileSync(path.join(folder, name), 'latin1'));
    assert.equal(content.length, 62);
    const result = verifySignedData({ cms, content });
    if (result.rule === 'signature.algorithm.unknown') unsupported.push(name);
    // Some certificates of the suite break the rules of keys or of DER on purpose; no signature of it is broken.
    else assert.equal(result.rule, undefined, name);
    assert.ok(result.crls.length > 0 || /NoCRL|MissingCRL/i.test(name), name);
    const tampered = verifySignedData({ cms, content: Buffer.concat([content, content]) });
    assert.equal(tampered.subIndication, result.ok ? 'HASH_FAILURE' : 'CRYPTO_CONSTRAINTS_FAILURE', name);
  }
  assert.equal(unsupported.length, 3);
});
