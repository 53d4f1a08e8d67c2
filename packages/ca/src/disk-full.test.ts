// A full disk under the database: nothing that was answered is lost, nothing is valid that nobody holds, and with space again work goes on.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { generateKeyPair } from '@madoguchi/pki';
import { openDatabase, openKeystore } from '@madoguchi/store';
import { openCa } from './ca.js';
import { initCa } from './init.js';
import { demoResidents } from './residents.js';

const inside = 'MADOGUCHI_FULL_DISK';
const disk = '/mnt';

function reasonNot(): string | false {
  if (process.platform !== 'linux' || process.getuid?.() !== 0)
    return 'only root may mount a small disk here';
  const tried = spawnSync('unshare', ['-m', 'sh', '-c', `mount -t tmpfs -o size=1m tmpfs ${disk}`]);
  return tried.status === 0 ? false : 'a small disk cannot be mounted here';
}

const fillers: string[] = [];

function fill(): void {
  for (const size of [1 << 20, 65_536, 4096])
    for (;;) {
      const file = path.join(disk, `filler-${fillers.length}`);
      try {
        writeFileSync(file, Buffer.alloc(size));
        fillers.push(file);
      } catch {
        rmSync(file, { force: true });
        break;
      }
    }
}

function empty(): void {
  for (const file of fillers.splice(0)) rmSync(file, { force: true });
}

if (process.env[inside] === undefined)
  test('on a full disk the authority answers nothing it has not recorded, and goes on when there is space again', {
    skip: reasonNot(),
  }, () => {
    const run = spawnSync(
      'unshare',
      [
        '-m',
        'sh',
        '-c',
        `mount -t tmpfs -o size=160m tmpfs ${disk} && exec "$@"`,
        'sh',
        process.execPath,
        '--test',
        fileURLToPath(import.meta.url),
      ],
      { env: { ...process.env, [inside]: '1', NODE_TEST_CONTEXT: undefined }, encoding: 'utf8' },
    );
    assert.equal(run.status, 0, `${run.stdout}${run.stderr}`.slice(-4000));
    assert.match(run.stdout, /# pass 1/);
  });
else
  test('issuing and revoking until the disk is full, and after', async () => {
    const dir = path.join(disk, 'data');
    const open = () => openDatabase({ dataDir: dir, connections: 4 });
    let database = await open();
    const keystore = await openKeystore({ dir: path.join(dir, 'keys'), demo: true, env: {} });
    const clock = () => new Date();
    await initCa({ sql: database.sql, keystore, scheme: 'national', now: clock() });
    let ca = await openCa({ sql: database.sql, keystore, clock });
    const [resident] = demoResidents;
    assert.ok(resident);
    const answered: string[] = [];
    const revoked: string[] = [];
    const issueMany = (count: number) =>
      Promise.allSettled(
        Array.from({ length: count }, async () => {
          const { publicKey } = await generateKeyPair('p256');
          answered.push((await ca.issue({ profile: 'signature', publicKey, resident })).serial);
        }),
      );
    await issueMany(20);
    assert.equal(answered.length, 20);

    fill();
    let refused = 0;
    // Until the log of the database, which has space set aside, is full too.
    for (let round = 0; round < 60 && refused < 40; round++) {
      const done = await issueMany(200);
      refused += done.filter(({ status }) => status === 'rejected').length;
      const serial = answered[revoked.length];
      if (serial === undefined || refused > 0) continue;
      await ca.revoke({ certificate: { serial }, reason: 'superseded' });
      revoked.push(serial);
    }
    assert.ok(refused > 0, 'the disk was never full');

    empty();
    // As an operator does: space is made, the service started again.
    await database.close().catch(() => undefined);
    database = await open();
    try {
      ca = await openCa({ sql: database.sql, keystore, clock });
      await ca.recover(-1000);
      await ca.publishDue();
      const records = new Map((await ca.list({ limit: 100_000 })).map((record) => [record.serial, record]));
      const isRevoked = new Set(revoked);
      for (const serial of answered)
        assert.equal(records.get(serial)?.status, isRevoked.has(serial) ? 'revoked' : 'valid');
      for (const record of records.values())
        if (record.status === 'valid') assert.equal(record.state, 'delivered');
      assert.ok((await ca.verifyAudit()).ok);
      assert.deepEqual(await ca.recheck(), []);
      const before = answered.length;
      await issueMany(1);
      assert.equal(answered.length, before + 1);
      const numbers = answered.map((serial) => Number.parseInt(serial, 16));
      assert.equal(new Set(numbers).size, numbers.length);
    } finally {
      await database.close();
    }
  });
