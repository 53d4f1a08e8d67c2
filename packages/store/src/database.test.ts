import assert from 'node:assert/strict';
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, statSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { openDatabase } from './database.js';
import { StoreError } from './error.js';
import { readRun, writeRun } from './folder.js';
import { withAdvisoryLock } from './lock.js';
import { isAlive, pause } from './process.js';

const folders: string[] = [];
async function folder(name = 'data'): Promise<string> {
  const parent = await mkdtemp(path.join(tmpdir(), 'madoguchi-'));
  folders.push(parent);
  return path.join(parent, name);
}
after(async () => {
  for (const dir of folders) await rm(dir, { recursive: true, force: true });
});

const holder = fileURLToPath(new URL('./testing/holder.js', import.meta.url));

async function hold(dir: string, what = ''): Promise<ChildProcess> {
  const child = spawn(process.execPath, [holder, dir, what], { stdio: ['pipe', 'pipe', 'inherit'] });
  assert.ok(child.stdout);
  await once(child.stdout, 'data');
  return child;
}

async function gone(pid: number): Promise<boolean> {
  for (let tried = 0; tried < 6000; tried++) {
    if (!isAlive(pid)) return true;
    await pause(20);
  }
  return false;
}

test('a first open makes a UTF-8 cluster that syncs, keeps data over a restart, and leaves no process behind', async () => {
  const dir = await folder();
  const first = await openDatabase({ dataDir: dir });
  assert.equal(first.embedded, true);
  await first.sql`create table public.t (name text)`;
  await first.sql`insert into public.t values (${'𠮷野 髙﨑'})`;
  const run = await readRun(dir);
  assert.equal(run?.owner, process.pid);
  const [settings] =
    await first.sql`select current_setting('fsync') as fsync, current_setting('server_encoding') as encoding,
    current_setting('lc_collate') as collation`.catch(
      () => first.sql`
    select current_setting('fsync') as fsync, current_setting('server_encoding') as encoding, 'C' as collation`,
    );
  assert.deepEqual({ ...settings }, { fsync: 'on', encoding: 'UTF8', collation: 'C' });
  await first.close();
  assert.ok(run && (await gone(run.server)));
  assert.equal(existsSync(path.join(dir, 'run.json')), false);

  const second = await openDatabase({ dataDir: dir });
  assert.deepEqual([...(await second.sql`select name from public.t`)], [{ name: '𠮷野 髙﨑' }]);
  await second.close();
});

test('password file and data folder are closed to others, and the run file has no password', async () => {
  const dir = await folder();
  const database = await openDatabase({ dataDir: dir });
  const password = (await readFile(path.join(dir, 'database.password'), 'utf8')).trim();
  assert.equal(statSync(path.join(dir, 'database.password')).mode & 0o777, 0o600);
  assert.equal(statSync(dir).mode & 0o777, 0o700);
  assert.ok(password.length >= 40);
  assert.equal((await readFile(path.join(dir, 'run.json'), 'utf8')).includes(password), false);
  const wrong = database.url.replace(password, 'wrong');
  await assert.rejects(openDatabase({ databaseUrl: wrong }), { rule: 'store.unreachable' });
  await database.close();
});

test('a path with spaces and Japanese characters is fine', async () => {
  const dir = await folder('窓口 の データ');
  const database = await openDatabase({ dataDir: dir });
  assert.equal((await database.sql`select 1 as one`)[0]?.one, 1);
  await database.close();
});

test('a second process uses the running server, and ending it does not end the server', async () => {
  const dir = await folder();
  const owner = await hold(dir);
  const run = await readRun(dir);
  assert.equal(run?.owner, owner.pid);
  const guest = await openDatabase({ dataDir: dir });
  await guest.sql`select 1`;
  await guest.close();
  assert.ok(run && isAlive(run.server));
  owner.stdin?.end();
  await once(owner, 'exit');
  assert.ok(await gone(run.server));
});

test('two opens at once in one folder share one server', async () => {
  const dir = await folder();
  const [a, b] = await Promise.all([openDatabase({ dataDir: dir }), openDatabase({ dataDir: dir })]);
  assert.equal(a.url, b.url);
  await a.close();
  await b.sql`select 1`;
  await b.close();
});

test('two processes that start at once share one server', async () => {
  const dir = await folder();
  const [a, b] = await Promise.all([hold(dir), hold(dir)]);
  const run = await readRun(dir);
  assert.ok(run && [a.pid, b.pid].includes(run.owner));
  for (const child of [a, b]) child.stdin?.end();
  await Promise.all([a, b].map((child) => child.exitCode ?? once(child, 'exit')));
  assert.ok(await gone(run.server));
});

test('the server ends when its parent is killed', async () => {
  const dir = await folder();
  const owner = await hold(dir);
  const run = await readRun(dir);
  owner.kill('SIGKILL');
  assert.ok(run && (await gone(run.server)));
});

test('what was committed is there after client and server are killed, ten times', async () => {
  const dir = await folder();
  let reached = 0;
  for (let round = 0; round < 10; round++) {
    const child = spawn(process.execPath, [holder, dir, 'insert'], { stdio: ['pipe', 'pipe', 'inherit'] });
    let last = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      last += text;
    });
    assert.ok(child.stdout);
    await once(child.stdout, 'data');
    await pause(10 * round);
    const run = await readRun(dir);
    child.kill('SIGKILL');
    if (run) process.kill(run.server, 'SIGKILL');
    await once(child.stdout, 'close');
    const lines = last.split('\n').slice(0, -1);
    reached = Number(lines.at(-1));
    const database = await openDatabase({ dataDir: dir });
    const [row] = await database.sql`select max(n)::int as n, count(*)::int as all from public.receipts`;
    await database.close();
    assert.ok(row?.n >= reached, `${row?.n} < ${reached}`);
    assert.equal(row?.n, row?.all);
  }
});

test('stale run.json and postmaster.pid that name a foreign living process do not stop the start', async () => {
  const dir = await folder();
  const first = await openDatabase({ dataDir: dir });
  await first.close();
  const foreign = spawn('sleep', ['60'], { stdio: 'ignore' });
  assert.ok(foreign.pid);
  await writeRun({ runFile: path.join(dir, 'run.json') } as Parameters<typeof writeRun>[0], {
    port: 9,
    owner: foreign.pid,
    server: foreign.pid,
    startedAt: '',
  });
  await writeFile(
    path.join(dir, 'database', 'postmaster.pid'),
    `${foreign.pid}\n${dir}\n1\n5432\n\n127.0.0.1\n\nready\n`,
  );
  await writeFile(path.join(dir, 'starting.lock'), `${foreign.pid} 1`);
  const database = await openDatabase({ dataDir: dir });
  await database.sql`select 1`;
  await database.close();
  assert.ok(isAlive(foreign.pid));
  foreign.kill();
});

test('an interrupted first start leaves nothing that hinders the next', async () => {
  const dir = await folder();
  await mkdir(path.join(dir, 'database.new', 'base'), { recursive: true });
  const database = await openDatabase({ dataDir: dir });
  await database.close();
});

test('a lost server is started again, as often as it takes when it cannot start, and the pool reconnects', async () => {
  const dir = await folder();
  const database = await openDatabase({ dataDir: dir });
  const run = await readRun(dir);
  assert.ok(run);
  const control = path.join(dir, 'database', 'global', 'pg_control');
  await rename(control, `${control}.away`);
  process.kill(run.server, 'SIGKILL');
  const failures = async () =>
    (await readFile(path.join(dir, 'database.log'), 'utf8')).split('/global/pg_control"').length - 1;
  // One start tries five times.
  while ((await failures()) < 6) await pause(50);
  await rename(`${control}.away`, control);
  let answer: unknown;
  for (let tried = 0; tried < 4000 && answer === undefined; tried++) {
    answer = await database.sql`select 1 as one`.then(
      (rows) => rows[0]?.one,
      () => undefined,
    );
    await pause(25);
  }
  assert.equal(answer, 1);
  await database.close();
});

test('a server lost inside a transaction fails that transaction and nothing else: during a query, between two, under a lock', async () => {
  const dir = await folder();
  const database = await openDatabase({ dataDir: dir });
  const { sql } = database;
  const lose = async () => {
    const run = await readRun(dir);
    assert.ok(run);
    process.kill(run.server, 'SIGKILL');
    while ((await readRun(dir))?.server === run.server) await pause(10);
  };
  const answers = () => sql`select 1`.then(Boolean, () => false);
  await assert.rejects(
    sql.begin(async (tx) => {
      const sleeping = tx`select pg_sleep(60)`.execute();
      await Promise.all([sleeping, lose()]);
    }),
  );
  while (!(await answers())) await pause(10);
  let wentOn: unknown;
  await assert.rejects(
    sql.begin(async (tx) => {
      await tx`select 1`;
      await lose();
      wentOn = 'tried';
      await tx`select 2`;
      wentOn = 'written';
    }),
  );
  while (wentOn === undefined || !(await answers())) await pause(10);
  assert.equal(wentOn, 'tried');
  await assert.rejects(withAdvisoryLock(sql, 'x', lose));
  while (!(await answers())) await pause(10);
  await assert.rejects(
    sql.begin(() => Promise.reject(new Error('mine'))),
    /mine/,
  );
  assert.deepEqual(await sql.begin('read only', async (tx) => (await tx`select 3 as n`)[0]?.n), 3);
  await database.close();
});

test('the process that wants its own server waits for a short command and refuses a lasting one by name', async () => {
  const dir = await folder();
  const brief = await hold(dir);
  const opening = openDatabase({ dataDir: dir, own: true });
  await pause(200);
  brief.stdin?.end();
  const database = await opening;
  assert.equal((await readRun(dir))?.owner, process.pid);
  await database.close();
  const lasting = await hold(dir);
  await assert.rejects(openDatabase({ dataDir: dir, own: true, patienceMs: 300 }), (error) => {
    assert.ok(error instanceof StoreError);
    assert.equal(error.rule, 'store.busy');
    assert.match(error.words.ja, new RegExp(String(lasting.pid)));
    return true;
  });
  lasting.stdin?.end();
  await once(lasting, 'exit');
});

test('a server without fsync or synchronous commit is refused', async () => {
  const dir = await folder();
  const database = await openDatabase({ dataDir: dir });
  await database.sql.unsafe(`alter role madoguchi set synchronous_commit = off`);
  await assert.rejects(
    openDatabase({ databaseUrl: database.url }),
    (error) => error instanceof StoreError && error.rule === 'store.durability' && error.exitCode === 77,
  );
  await database.sql.unsafe(`alter role madoguchi reset synchronous_commit`);
  await database.sql.unsafe(`alter system set fsync = off`);
  await database.close();
  const again = await openDatabase({ dataDir: dir });
  const [row] = await again.sql`select current_setting('fsync') as fsync`;
  assert.equal(row?.fsync, 'on', 'our own server overrides the file');
  const other = await openDatabase({ databaseUrl: again.url });
  assert.equal(other.embedded, false);
  await other.close();
  await again.close();
});

test('an address where nobody answers gives a sentence, not a stack', async () => {
  await assert.rejects(openDatabase({ databaseUrl: 'postgres://a:b@127.0.0.1:9/x' }), (error) => {
    assert.ok(error instanceof StoreError);
    assert.equal(error.rule, 'store.unreachable');
    assert.match(error.words.ja, /DATABASE_URL/);
    return true;
  });
});

test('as root where namespaces are off the sentence says what to do', async (t) => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return t.skip('needs root on Linux');
  const bin = await folder('bin');
  await mkdir(bin, { recursive: true });
  // A PATH without unshare is what a machine without namespaces looks like to us.
  const script = `import { openDatabase } from ${JSON.stringify(new URL('./index.js', import.meta.url).href)};
    try { await openDatabase({ dataDir: process.argv[1] }); } catch (e) { console.log(e.rule, e.exitCode, e.words.ja); }`;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '-e', script, await folder()],
    { env: { PATH: bin } },
  );
  assert.match(stdout, /^store\.namespaces 69 .*--data/);
});

test('people’s data in an error does not reach the server’s log', async () => {
  const dir = await folder();
  const database = await openDatabase({ dataDir: dir });
  await database.sql`create table public.t (name text primary key)`;
  await database.sql`insert into public.t values ('総務太郎')`;
  await assert.rejects(database.sql`insert into public.t values ('総務太郎')`);
  await assert.rejects(database.sql`select ${'総務太郎'}::text::date`);
  await database.close();
  assert.equal((await readFile(path.join(dir, 'database.log'), 'utf8')).includes('総務'), false);
});
