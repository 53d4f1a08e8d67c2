import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, beforeEach, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { Ca } from '@madoguchi/ca';
import {
  buildName,
  encryptionTemplate,
  generateKeyPair,
  issueCertificate,
  openEnvelope,
  parseCertificate,
  rootTemplate,
  sealEnvelope,
  softwareSigner,
} from '@madoguchi/pki';
import { openKeystore } from '@madoguchi/store';
import { decryptionKeys } from './decryption-keys.js';

const margin = 30 * 86_400_000;
const day = 86_400_000;
const agency = { code: '99201', name: '見本市' };
const root = await makeRoot();
let dir = '';
let time = new Date('2026-11-27T00:00:00Z');
const folders: string[] = [];
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'mado-keys-'));
  folders.push(dir);
  time = new Date('2026-11-27T00:00:00Z');
});
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

async function makeRoot() {
  const { pkcs8, publicKey } = await generateKeyPair('p256');
  const signer = softwareSigner(pkcs8);
  const subject = buildName([['CN', 'Root']]);
  const dates = { notBefore: new Date('2026-01-01T00:00:00Z'), notAfter: new Date('2036-01-01T00:00:00Z') };
  const der = await issueCertificate(
    rootTemplate({ serial: Uint8Array.of(1), publicKey, subject, ...dates }),
    signer,
  );
  const parsed = parseCertificate(der);
  if (!parsed.ok) throw new Error(parsed.rule);
  return { signer, certificate: parsed.value };
}

let serial = 1;
/** An authority that certifies for a year. */
const ca: Pick<Ca, 'issue'> = {
  issue: async (input) => {
    if (!('publicKey' in input)) throw new Error('a public key is given');
    serial += 1;
    const certificate = await issueCertificate(
      encryptionTemplate({
        serial: Uint8Array.of(serial),
        publicKey: input.publicKey,
        notBefore: time,
        notAfter: new Date(time.getTime() + 365 * day),
        issuer: root.certificate,
        agencyCode: agency.code,
        agencyName: agency.name,
        crlUrl: 'http://ca.example/x.crl',
        ocspUrl: 'http://ca.example/ocsp',
      }),
      root.signer,
    );
    return { certificate, chain: [] } as never;
  },
};

async function open(onFault?: (error: unknown) => void) {
  const keystore = await openKeystore({ dir: path.join(dir, 'keys'), demo: true, env: {} });
  const keys = await decryptionKeys(
    { ca, keystore, folder: path.join(dir, 'agencies'), agency, clock: () => time, onFault },
    margin,
  );
  return { keystore, keys };
}

const content = Buffer.from('an application');

test('an envelope for a retired key opens until the key is destroyed: a day later, and not while something waits to be opened', async () => {
  const { keys, keystore } = await open();
  const first = keys.current();
  const envelope = await sealEnvelope({ content, recipients: [first.certificate] });
  await keys.rotate();
  assert.notEqual(keys.current().id, first.id);
  const opens = async () => {
    const results = await Promise.all(
      (await keys.all()).map(({ certificate, decrypter }) =>
        openEnvelope({ envelope, certificate, decrypter }),
      ),
    );
    return results.some((result) => result.ok);
  };
  assert.ok(await opens());
  time = new Date(time.getTime() + day / 2);
  assert.deepEqual(await keys.prune(false), []);
  time = new Date(time.getTime() + day);
  assert.deepEqual(await keys.prune(true), [], 'something waits');
  assert.ok(await opens());
  assert.deepEqual(await keys.prune(false), ['g1']);
  assert.equal(await opens(), false);
  assert.deepEqual(await keystore.list(), ['agency.99201.encryption-g2']);
});

test('another process sees the new key, and a restart finds all of them', async () => {
  const { keys: one } = await open();
  const { keys: other } = await open();
  await one.rotate();
  assert.equal((await other.all()).at(-1)?.id, 'g2');
  assert.equal(other.current().id, 'g2');
  const { keys: later } = await open();
  assert.deepEqual(
    (await later.all()).map(({ id }) => id),
    ['g1', 'g2'],
  );
});

test('a certificate that ends soon is exchanged at the start, and the key before is kept', async () => {
  await open();
  time = new Date(time.getTime() + 340 * day);
  const { keys } = await open();
  assert.deepEqual(
    (await keys.all()).map(({ id, retiredAt }) => [id, retiredAt !== undefined]),
    [
      ['g1', true],
      ['g2', false],
    ],
  );
});

test('cut off between key and list nothing is lost: the old key stays the current one', async () => {
  const { keys, keystore } = await open();
  const list = path.join(dir, 'agencies', agency.code, 'encryption.json');
  const before = readFileSync(list);
  await keys.rotate();
  // As if the power had gone before the list was written.
  writeFileSync(list, before);
  const { keys: again } = await open();
  assert.equal(again.current().id, 'g1');
  await again.rotate();
  assert.equal(again.current().id, 'g2');
  assert.ok(existsSync(path.join(dir, 'agencies', agency.code, 'encryption-g2.cer')));
  assert.equal((await keystore.list()).length, 2);
});

test('a list that is damaged is named, whatever is wrong with it: no new key is made in its place', async () => {
  await open();
  const list = path.join(dir, 'agencies', agency.code, 'encryption.json');
  for (const text of [readFileSync(list, 'utf8').slice(0, -9), '{"keys":[]}', '']) {
    writeFileSync(list, text);
    await assert.rejects(open(), /encryption\.json is damaged: /);
    assert.equal(readFileSync(list, 'utf8'), text);
  }
});

test('a list that is damaged at work is told once, and the keys of before count on', async (t) => {
  const told: string[] = [];
  const { keys } = await open((error) => told.push((error as Error).message));
  const list = path.join(dir, 'agencies', agency.code, 'encryption.json');
  const good = readFileSync(list, 'utf8');
  let second = 0;
  t.mock.method(performance, 'now', () => 1001 * second);
  const use = async (text: string) => {
    writeFileSync(list, text);
    for (let turn = 0; turn < 10; turn += 1) {
      second += 1;
      assert.equal(keys.current().id, 'g1');
      // What is read in the background has been read then.
      await keys.all().catch(() => undefined);
      await pause(10);
    }
  };
  await use('{"keys":[');
  assert.equal(told.length, 1);
  assert.match(told[0] ?? '', /encryption\.json is damaged/);
  await use(good);
  await use('{}');
  assert.equal(told.length, 2);
});
