// What is kept of a case: stamped, renewed in time, and checked elsewhere by programs we did not write, with the commands of the bundle itself.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { readZip, verifyTimeStamp } from '@madoguchi/pki';
import { type Database, verifyAudit } from '@madoguchi/store';
import { auditChain } from '../cases/audit-chain.js';
import { temporaryDatabase } from '../testing/room.js';
import { openStamping } from '../testing/time-stamps.js';
import { openVerificationRoom, type VerificationRoom } from '../testing/verification-room.js';
import { recheck } from '../verification/index.js';
import { type Archive, caseBundle } from './bundle.js';
import { stampDue, stampsOf } from './stamps.js';

let db: Database;
let close: () => Promise<void>;
let room: VerificationRoom;
let stamping: Awaited<ReturnType<typeof openStamping>>;
let archive: Archive;
const code = '99201';
before(async () => {
  ({ db, close } = await temporaryDatabase());
  room = await openVerificationRoom(db);
  stamping = await openStamping(room.time);
  const { agency, keys } = room.options;
  archive = {
    sql: db.sql,
    agency,
    keys,
    clock: () => room.time.now,
    anchors: { agency: [room.world.root.der], timeStamp: [stamping.root.der] },
    stamp: stamping.stamp,
  };
});
after(() => close());

const place = () => ({ sql: db.sql, agency: code, stamp: stamping.stamp, clock: () => room.time.now });
const due = async () => (await db.sql`select 1 from agency.evidence_due`).length;
const missing = ['openssl', 'unzip', 'sha256sum'].filter(
  (program) => spawnSync('sh', ['-c', `command -v ${program}`]).status !== 0,
);

/** Unpacks a bundle and runs the commands of its README there, one by one. */
function follow(bundle: Uint8Array): { command: string; status: number | null; text: string }[] {
  const folder = mkdtempSync(path.join(tmpdir(), 'mado-bundle-'));
  try {
    writeFileSync(path.join(folder, 'bundle.asice'), bundle);
    const inside = path.join(folder, 'case');
    const unpacked = spawnSync('unzip', ['-q', 'bundle.asice', '-d', inside], {
      cwd: folder,
      encoding: 'utf8',
    });
    assert.equal(unpacked.status, 0, unpacked.stderr);
    const text = spawnSync('cat', ['README.txt'], { cwd: inside, encoding: 'utf8' }).stdout;
    return text
      .split('\n')
      .filter((line) => line.startsWith('    '))
      .map((line) => {
        const run = spawnSync('sh', ['-c', line.trim()], { cwd: inside, encoding: 'utf8' });
        return { command: line.trim(), status: run.status, text: `${run.stdout}${run.stderr}` };
      });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test('every look at a case is stamped soon after; nothing is stamped twice, and a later look gets a stamp over the earlier one', async () => {
  const receipt = await room.file();
  assert.equal(await due(), 1);
  assert.deepEqual(await stampDue(place()), { stamped: 1, failed: 0 });
  assert.deepEqual(await stampDue(place()), { stamped: 0, failed: 0 });
  const [first] = await stampsOf(db.sql, code, receipt);
  assert.ok(first);
  const manifest = Buffer.from(first.manifest);
  const verdict = verifyTimeStamp(first.token, {
    over: manifest,
    anchors: [stamping.root.der],
    checkRevocation: false,
  });
  assert.ok(verdict.ok);
  for (const wanted of ['arrived/', 'submissions/', 'looks/', 'revocation/', 'certificates/anchor-'])
    assert.ok(first.manifest.includes(`  ${wanted}`), wanted);
  await recheck(room.verification, receipt);
  await stampDue(place());
  const stamps = await stampsOf(db.sql, code, receipt);
  assert.equal(stamps.length, 2);
  assert.match(stamps[1]?.manifest ?? '', / {2}stamps\/1\.tst/);
  assert.ok((await verifyAudit(db.sql, auditChain(code))).ok);
});

test('an authority that is away loses no case: it stays due and is stamped when it is back', async () => {
  await room.file();
  stamping.state.answers = false;
  assert.deepEqual(await stampDue(place()), { stamped: 0, failed: 1 });
  assert.equal(await due(), 1);
  stamping.state.answers = true;
  assert.deepEqual(await stampDue(place()), { stamped: 1, failed: 0 });
  assert.equal(await due(), 0);
});

test('a stamp is renewed before the certificate of its authority ends, once, and the new one is over the old', async () => {
  const before = room.time.now;
  const receipt = await room.file();
  const short = await openStamping(room.time, new Date(before.getTime() + 60 * 86_400_000));
  await stampDue({ ...place(), stamp: short.stamp });
  // The young authority's certificate ends within the margin: renewed at the next look, by one that lasts.
  await stampDue(place());
  const stamps = await stampsOf(db.sql, code, receipt);
  assert.equal(stamps.length, 2);
  assert.match(stamps[1]?.manifest ?? '', / {2}stamps\/1\.tst/);
  await stampDue(place());
  assert.equal((await stampsOf(db.sql, code, receipt)).length, 2);
});

test('the bundle is checked by unzip, sha256sum and OpenSSL with the commands of its own README', {
  skip: missing.length > 0 && `${missing.join(', ')} not installed`,
}, async () => {
  const receipt = await room.file();
  await stampDue(place());
  const bundle = await caseBundle(archive, receipt, 'operator');
  assert.ok(bundle);
  const commands = follow(bundle);
  for (const { command, status, text } of commands) assert.equal(status, 0, `${command}\n${text}`);
  const all = commands.map(({ command }) => command).join('\n');
  for (const judge of ['openssl ts -verify', 'openssl cms -verify', 'openssl crl', 'sha256sum -c'])
    assert.ok(all.includes(judge), judge);
  assert.equal(
    commands.filter(({ command }) => command.includes('cms -verify')).length,
    2,
    'agency and applicant',
  );
  assert.match(commands.map(({ text }) => text).join('\n'), /Verification: OK/);
});

test('a file of the bundle that was changed is found by the same commands', {
  skip: missing.length > 0 && `${missing.join(', ')} not installed`,
}, async () => {
  const { writeZip } = await import('@madoguchi/pki');
  const receipt = await room.file();
  await stampDue(place());
  const bundle = await caseBundle(archive, receipt, 'operator');
  const read = readZip(bundle ?? new Uint8Array());
  assert.ok(read.ok);
  const forge = (pattern: RegExp) =>
    writeZip(
      read.value.map(({ name, bytes }) => ({
        name,
        bytes: pattern.test(name) ? Buffer.concat([bytes, Buffer.from(' ')]) : bytes,
      })),
    );
  for (const pattern of [/report\.json$/, /^stamps\/1\.sha256$/, /ASiCManifest\.xml$/]) {
    const failed = follow(forge(pattern)).filter(({ status }) => status !== 0);
    assert.ok(failed.length > 0, String(pattern));
  }
});

test('a case that does not exist has no bundle', async () => {
  assert.equal(await caseBundle(archive, '2026-9999999', 'operator'), undefined);
});
