import assert from 'node:assert/strict';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { generateKeyPair } from '@madoguchi/pki';
import { openDatabase, openKeystore, restoreBackup, StoreError, writeBackup } from '@madoguchi/store';
import { openCa } from './ca.js';
import { migrations } from './init.js';
import { demoResidents } from './residents.js';
import { missing, openssl, startAuthority, type TestAuthority } from './testing/authority.js';

let authority: TestAuthority;
let work: string;
let file: string;
before(async () => {
  authority = await startAuthority();
  work = await mkdtemp(path.join(os.tmpdir(), 'madoguchi-backup-'));
  file = path.join(work, 'authority.backup');
  for (let i = 0; i < 5; i++) await issue();
  const [first] = await authority.ca.list({ profile: 'signature' });
  await authority.ca.revoke({ certificate: { serial: first?.serial ?? '' }, reason: 'superseded' });
  await writeBackup({
    database: authority.db,
    dir: authority.dir,
    clock: () => authority.now,
    to: createWriteStream(file),
  });
});
after(async () => {
  await authority.close();
  await rm(work, { recursive: true, force: true });
});

async function issue() {
  const [resident] = demoResidents;
  assert.ok(resident);
  const { publicKey } = await generateKeyPair('p256');
  return authority.ca.issue({ profile: 'signature', publicKey, resident });
}

const restoreInto = (dir: string, from = file) =>
  restoreBackup({ from: createReadStream(from), dir, migrations: [migrations] });
const isRule = (rule: string) => (error: unknown) => error instanceof StoreError && error.rule === rule;

test('an authority restored from its backup is the same, and goes on: keys, numbers, lists, audit chain', async () => {
  const dir = path.join(work, 'restored');
  const done = await restoreInto(dir);
  assert.ok(done.rows > 20 && done.files >= 9);
  const database = await openDatabase({ dataDir: dir, connections: 4 });
  try {
    const keystore = await openKeystore({ dir: path.join(dir, 'keys'), demo: true, env: {} });
    const ca = await openCa({ sql: database.sql, keystore, clock: () => new Date(Date.now() + 1000) });
    assert.deepEqual(await ca.list(), await authority.ca.list());
    assert.deepEqual(await ca.verifyAudit(), await authority.ca.verifyAudit());
    const old = await authority.ca.crl('sign-g1', '99201');
    assert.deepEqual((await ca.crl('sign-g1', '99201'))?.sha256, old?.sha256);
    const { publicKey } = await generateKeyPair('p256');
    const [resident] = demoResidents;
    assert.ok(resident);
    const next = await ca.issue({ profile: 'signature', publicKey, resident });
    assert.ok(!(await authority.ca.list()).some((record) => record.serial === next.serial));
    const published = (await ca.publishAll()).find(
      (crl) => crl.authority === 'sign-g1' && crl.code === '99201',
    );
    assert.ok(published && old && published.number > old.number);
    assert.equal(published.entries, 1);
    assert.deepEqual(await ca.recheck(), []);
  } finally {
    await database.close();
  }
});

test('a restore that has lost what was published later shows it by any later list', async () => {
  const dir = path.join(work, 'older');
  await restoreInto(dir);
  await issue();
  await authority.ca.publishAll();
  const head = (await authority.ca.crl('sign-g1', '99201'))?.auditHead;
  assert.ok(head);
  const database = await openDatabase({ dataDir: dir, connections: 2 });
  try {
    const keystore = await openKeystore({ dir: path.join(dir, 'keys'), demo: true, env: {} });
    const ca = await openCa({ sql: database.sql, keystore, clock: () => new Date() });
    const verdict = await ca.verifyAudit(head);
    assert.equal(verdict.ok ? 'ok' : verdict.rule, 'audit.tail');
  } finally {
    await database.close();
  }
});

test('a folder that is not empty is left alone; a file that was cut, changed or is none leaves the folder empty', async () => {
  const full = path.join(work, 'full');
  await restoreInto(full);
  await assert.rejects(restoreInto(full), isRule('backup.folder'));
  const good = await readFile(file);
  const changed = Buffer.from(good);
  changed[changed.length >> 1] = (changed[changed.length >> 1] ?? 0) ^ 0xff;
  const cases: Record<string, Buffer> = {
    cut: good.subarray(0, good.length >> 1),
    changed,
    none: Buffer.from('not a backup'),
    empty: Buffer.alloc(0),
  };
  for (const [name, bytes] of Object.entries(cases)) {
    const bad = path.join(work, `${name}.backup`);
    await writeFile(bad, bytes);
    const dir = path.join(work, name);
    await assert.rejects(restoreInto(dir, bad), isRule('backup.form'), name);
    assert.deepEqual(await readdir(dir), [], name);
  }
});

test('tar lists what is inside, and no private key lies in it in clear', {
  skip: missing('openssl') || missing('tar'),
}, async () => {
  const { spawnSync } = await import('node:child_process');
  const listed = spawnSync('tar', ['tzf', file], { encoding: 'utf8' });
  assert.equal(listed.status, 0, listed.stderr);
  assert.match(listed.stdout, /^backup\.json\n/);
  assert.match(listed.stdout, /files\/keys\/ca-sign-g1\.key\.sealed/);
  assert.match(listed.stdout, /end\.json\n$/);
  const sealed = spawnSync('tar', ['xzOf', file, 'files/keys/ca-sign-g1.key.sealed']);
  assert.ok(sealed.stdout.length > 1000, 'the sealed key itself');
  const out = path.join(work, 'key');
  await writeFile(out, sealed.stdout);
  assert.notEqual(openssl('pkey', '-inform', 'DER', '-in', out, '-noout').code, 0);
});
