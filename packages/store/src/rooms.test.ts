import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { appendAudit, listAuditChains, saltedDigest, verifyAudit } from './audit.js';
import type { Database } from './database.js';
import { enqueue, startJobs } from './jobs.js';
import { withAdvisoryLock } from './lock.js';
import { migrate } from './migrate.js';
import { pause } from './process.js';
import { temporaryDatabase } from './testing/temporary.js';

let database: Database & { dir: string };
before(async () => {
  database = await temporaryDatabase();
});
const folders: string[] = [];
after(async () => {
  await database.close();
  for (const dir of folders) await rm(dir, { recursive: true, force: true });
});

async function migrationFolder(files: Record<string, string>): Promise<URL> {
  const dir = await mkdtemp(path.join(tmpdir(), 'migrations-'));
  folders.push(dir);
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(dir, name), text);
  return pathToFileURL(`${dir}/`);
}

test('migrations run once, in order, in the room’s own schema, and a newer version’s files are left alone', async () => {
  const { sql } = database;
  const one = { '0001_a.sql': 'create table people (id int primary key);' };
  const two = {
    ...one,
    '0002_b.sql': 'alter table people add column name text; insert into people values (1);',
  };
  await migrate(sql, { schema: 'room', folder: await migrationFolder(one) });
  await Promise.all(
    [1, 2, 3].map(async () => migrate(sql, { schema: 'room', folder: await migrationFolder(two) })),
  );
  assert.equal((await sql`select count(*)::int as n from room.people`)[0]?.n, 1);
  await migrate(sql, { schema: 'room', folder: await migrationFolder(one) });
});

test('a migration that was changed after it ran is refused by name; one that fails leaves the data as it was', async () => {
  const { sql } = database;
  await migrate(sql, {
    schema: 'shop',
    folder: await migrationFolder({ '0001_a.sql': 'create table t (id int);' }),
  });
  await assert.rejects(
    migrate(sql, {
      schema: 'shop',
      folder: await migrationFolder({ '0001_a.sql': 'create table t (id bigint);' }),
    }),
    { rule: 'migration.changed' },
  );
  const broken = {
    '0001_a.sql': 'create table t (id int);',
    '0002_b.sql': 'create table u (id int); select 1/0;',
  };
  await assert.rejects(migrate(sql, { schema: 'shop', folder: await migrationFolder(broken) }), {
    rule: 'migration.failed',
  });
  assert.equal((await sql`select to_regclass('shop.u') as u`)[0]?.u, null);
  await assert.rejects(migrate(sql, { schema: 'shop', folder: await migrationFolder({ 'a.sql': '' }) }), {
    rule: 'migration.name',
  });
});

test('an advisory lock lets one work at a time, also with more waiters than connections', async () => {
  let inside = 0;
  let most = 0;
  await Promise.all(
    Array.from({ length: 30 }, () =>
      withAdvisoryLock(database.sql, 'publish', async () => {
        most = Math.max(most, ++inside);
        await database.sql`select 1`;
        inside--;
      }),
    ),
  );
  assert.equal(most, 1);
  await assert.rejects(withAdvisoryLock(database.sql, 'publish', () => Promise.reject(new Error('x'))));
  assert.equal(await withAdvisoryLock(database.sql, 'publish', async () => 7), 7);
});

test('a job added in a transaction runs when it commits and never when it does not', async () => {
  const seen: unknown[] = [];
  const jobs = await startJobs({
    url: database.url,
    tasks: {
      'test.note': async (payload) => {
        seen.push(payload);
      },
    },
  });
  await database.sql.begin((tx) => enqueue(tx, 'test.note', { case: '2026-1', words: '窓口' }));
  await database.sql
    .begin(async (tx) => {
      await enqueue(tx, 'test.note', { case: 'never' });
      throw new Error('rolled back');
    })
    .catch(() => undefined);
  await until(() => seen.length > 0);
  await pause(100);
  assert.deepEqual(seen, [{ case: '2026-1', words: '窓口' }]);
  await jobs.stop();
});

test('a failing job is tried again, its error’s text is not stored, and jobs of others are left to others', async () => {
  const failures: string[] = [];
  const jobs = await startJobs({
    url: database.url,
    tasks: {
      'test.fail': () => Promise.reject(new TypeError('総務太郎')),
    },
    onFailure: (task) => failures.push(task),
  });
  await enqueue(database.sql, 'test.fail', {});
  await enqueue(database.sql, 'test.other', {});
  await until(() => failures.length > 0);
  await jobs.stop();
  const rows =
    await database.sql`select last_error, attempts, locked_by from graphile_worker._private_jobs order by id`;
  assert.deepEqual(
    rows.map((row) => [row.last_error, row.attempts, row.locked_by]),
    [
      ['TypeError', 1, null],
      [null, 0, null],
    ],
  );
});

const STUCK = `
  import { startJobs } from ${JSON.stringify(new URL('./jobs.js', import.meta.url).href)};
  await startJobs({ url: process.argv[1], tasks: { 'test.stuck': () => new Promise(() => console.log('taken')) } });
  setInterval(() => {}, 1000);`;

test('a job held by a killed process is taken over at once by the next one, one held by a living process is not', async () => {
  await enqueue(database.sql, 'test.stuck', { n: 1 });
  const child: ChildProcess = spawn(process.execPath, ['--input-type=module', '-e', STUCK, database.url], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  assert.ok(child.stdout);
  await once(child.stdout, 'data');
  // The registration of its workers follows the first job by a moment.
  await until(async () => (await database.sql`select 1 from store.workers`).length > 0);
  let taken = 0;
  const tasks = {
    'test.stuck': async () => {
      taken++;
    },
  };
  const early = await startJobs({ url: database.url, tasks, pollInterval: 50 });
  await pause(300);
  assert.equal(taken, 0);
  await early.stop();
  child.kill('SIGKILL');
  await once(child, 'exit');
  await until(async () => {
    const rows = await database.sql`select 1 from pg_locks where locktype = 'advisory'`;
    return rows.length === 0;
  });
  const late = await startJobs({ url: database.url, tasks, pollInterval: 50 });
  await until(() => taken > 0);
  await late.stop();
  assert.equal(taken, 1);
});

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await pause(20);
}

const at = new Date('2026-11-22T01:41:00.123Z');

async function chainOf(name: string, length: number): Promise<{ seq: bigint; hash: string }> {
  let last = { seq: 0n, hash: '' };
  for (let n = 0; n < length; n++) {
    last = await database.sql.begin((tx) =>
      appendAudit(tx, name, {
        at,
        actor: 'system',
        action: 'case.arrive',
        subject: `r${n}`,
        detail: { b: 1, a: [n] },
      }),
    );
  }
  return last;
}

test('an audit chain that nobody touched verifies against its head', async () => {
  const head = await chainOf('whole', 5);
  assert.deepEqual(await verifyAudit(database.sql, 'whole', head), { ok: true, entries: 5, head });
  assert.deepEqual(await verifyAudit(database.sql, 'empty'), {
    ok: true,
    entries: 0,
    head: { seq: 0n, hash: '0'.repeat(64) },
  });
  assert.ok((await listAuditChains(database.sql)).includes('whole'));
});

test('writers at the same time make one chain', async () => {
  await Promise.all(Array.from({ length: 20 }, () => chainOf('busy', 1)));
  const verdict = await verifyAudit(database.sql, 'busy');
  assert.equal(verdict.ok && verdict.entries, 20);
});

test('the audit names the first broken link: changed, removed, exchanged, cut', async () => {
  const { sql } = database;
  const head = await chainOf('c1', 6);
  await sql`update store.audit_entries set action = 'case.reject' where chain = 'c1' and seq = 3`;
  assert.deepEqual(await verifyAudit(sql, 'c1', head), { ok: false, rule: 'audit.hash', seq: 3n });

  await chainOf('c2', 6);
  await sql`delete from store.audit_entries where chain = 'c2' and seq = 4`;
  assert.deepEqual(await verifyAudit(sql, 'c2'), { ok: false, rule: 'audit.gap', seq: 5n });

  await chainOf('c3', 6);
  await sql`update store.audit_entries set previous = ${new Uint8Array(32)} where chain = 'c3' and seq = 2`;
  assert.deepEqual(await verifyAudit(sql, 'c3'), { ok: false, rule: 'audit.link', seq: 2n });

  const cut = await chainOf('c4', 6);
  await sql`delete from store.audit_entries where chain = 'c4' and seq > 4`;
  assert.deepEqual(await verifyAudit(sql, 'c4'), { ok: false, rule: 'audit.tail', seq: 6n });
  await sql`update store.audit_heads h set seq = 4, hash = e.hash from store.audit_entries e
    where h.chain = 'c4' and e.chain = 'c4' and e.seq = 4`;
  assert.equal((await verifyAudit(sql, 'c4')).ok, true, 'without a head kept elsewhere a cut cannot be seen');
  assert.deepEqual(await verifyAudit(sql, 'c4', cut), { ok: false, rule: 'audit.tail', seq: 6n });
  assert.deepEqual(await verifyAudit(sql, 'c4', { seq: 2n, hash: 'ff' }), {
    ok: false,
    rule: 'audit.head',
    seq: 2n,
  });
});

test('a salted digest is the same with its salt and tells nothing without it', () => {
  const { salt, digest } = saltedDigest('総務太郎');
  assert.equal(saltedDigest('総務太郎', salt).digest, digest);
  assert.notEqual(saltedDigest('総務太郎').digest, digest);
});
