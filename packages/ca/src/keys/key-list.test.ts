import assert from 'node:assert/strict';
import { createHash, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { missing, openssl } from '../testing/authority.js';
import { readKeyList } from './key-list.js';

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const spki = publicKey.export({ format: 'der', type: 'spki' });
const digest = createHash('sha256').update(spki).digest('hex');
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const ecDigest = createHash('sha256')
  .update(ec.publicKey.export({ format: 'der', type: 'spki' }))
  .digest('hex');

function digestsOf(text: string): string[] {
  const read = readKeyList(Buffer.from(text));
  assert.ok(read.ok, JSON.stringify(read));
  return read.digests.map((bytes) => Buffer.from(bytes).toString('hex'));
}

test('a key is known by its digest, as a public key, as a private key in every usual form; each counts once', () => {
  const pem = [
    publicKey.export({ format: 'pem', type: 'spki' }),
    privateKey.export({ format: 'pem', type: 'pkcs8' }),
    privateKey.export({ format: 'pem', type: 'pkcs1' }),
    ec.privateKey.export({ format: 'pem', type: 'sec1' }),
  ].join('\n');
  const text = `# keys of a broken generator\n\n${digest.toUpperCase()}\r\n${pem}`;
  assert.deepEqual(digestsOf(text), [digest, ecDigest]);
});

test('the key of a certificate and of a request made by openssl is found', {
  skip: missing('openssl'),
}, () => {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'madoguchi-keys-'));
  try {
    const file = path.join(dir, 'key.pem');
    writeFileSync(file, privateKey.export({ format: 'pem', type: 'pkcs8' }));
    for (const kind of [['-x509'], []]) {
      const { output } = openssl('req', '-new', ...kind, '-subj', '/CN=x', '-key', file);
      assert.deepEqual(digestsOf(output), [digest]);
    }
  } finally {
    rmSync(dir, { recursive: true });
  }
});

test('a list that cannot be read wholly is not read at all: every fault has its line', () => {
  const read = readKeyList(
    Buffer.from(`${digest}\nnot a key\n-----BEGIN PUBLIC KEY-----\nMAA=\n-----END PUBLIC KEY-----\n`),
  );
  assert.ok(!read.ok);
  assert.deepEqual(read.faults, [
    { line: 2, rule: 'keyList.line' },
    { line: 3, rule: 'keyList.block' },
  ]);
  const rulesOf = (text: string) => {
    const other = readKeyList(Buffer.from(text));
    return other.ok ? [] : other.faults.map(({ line, rule }) => `${line} ${rule}`);
  };
  assert.deepEqual(rulesOf('# nothing\n'), ['1 keyList.empty']);
  assert.deepEqual(rulesOf(`${digest}\n-----BEGIN PUBLIC KEY-----\nMAA=`), ['2 keyList.block']);
  assert.deepEqual(rulesOf('-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----'), [
    '1 keyList.block',
  ]);
});

test('no bytes make it throw: cut and changed at every place', () => {
  const pem = publicKey.export({ format: 'pem', type: 'spki' }).toString();
  const bytes = Buffer.from(`${digest}\n${pem}${ec.privateKey.export({ format: 'pem', type: 'sec1' })}`);
  for (let at = 0; at < bytes.length; at++) {
    readKeyList(bytes.subarray(0, at));
    const changed = Buffer.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8));
    readKeyList(changed);
  }
});
