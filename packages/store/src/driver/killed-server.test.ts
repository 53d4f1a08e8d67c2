// A real server killed (SIGKILL) under load and started again: what the pool does with the connections that were lost.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { type Database, openDatabase } from '../database.js';
import { readRun } from '../folder.js';
import { pause } from '../process.js';
import { openPool } from './pool.js';

let dir: string;
let database: Database;
before(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'madoguchi-killed-'));
  database = await openDatabase({ dataDir: dir });
});
after(async () => {
  await database.close();
  await rm(dir, { recursive: true, force: true });
});

/** Kills the server and waits for the one that is started in its place. */
async function kill(): Promise<void> {
  const run = await readRun(dir);
  assert.ok(run);
  process.kill(run.server, 'SIGKILL');
  while (((await readRun(dir))?.server ?? run.server) === run.server) await pause(5);
}

/** Writes each number once, until it is over: every other one in a transaction. */
async function writeOn(written: {
  answered: Set<number>;
  refused: Set<string>;
  last: number;
  isOver: boolean;
}) {
  const { sql } = database;
  while (!written.isOver) {
    written.last += 1;
    const n = written.last;
    try {
      if (n % 2 === 0) await sql`insert into public.written values (${n})`;
      else await sql.begin((tx) => tx`insert into public.written values (${n})`);
      written.answered.add(n);
    } catch (error) {
      written.refused.add(String((error as { code?: unknown }).code));
      await pause(1);
    }
  }
}

/** As many, one after the other, each on a connection of its own: a measure of time that a busy machine stretches. */
async function strangers(count: number, isOver: () => boolean): Promise<void> {
  for (let number = 0; number < count && !isOver(); number += 1) {
    const stranger = openPool(database.url, { connections: 1 });
    await stranger`select 1`;
    await stranger.end();
    await pause(10);
  }
}

test('killed under load, three times: nothing waits, nothing is done twice, what was answered is there, and the next queries all run', async () => {
  const { sql } = database;
  await sql`create table public.written (n integer)`;
  const written = { answered: new Set<number>(), refused: new Set<string>(), last: 0, isOver: false };
  // More than the pool has connections.
  const writing = Array.from({ length: 14 }, () => writeOn(written));
  for (let time = 0; time < 3; time += 1) {
    await pause(30);
    await kill();
  }
  written.isOver = true;
  let isServed = false;
  const served = Promise.all(writing).then(() => {
    isServed = true;
  });
  await Promise.race([served, strangers(300, () => isServed)]);
  assert.ok(isServed, 'whoever waits is served before 300 who come after the last start');
  assert.ok(!written.refused.has('CONNECT_TIMEOUT'));
  await Promise.all(Array.from({ length: 20 }, () => sql`select 1`));
  const rows = await sql<{ n: number; times: number }[]>`
    select n, count(*)::int as times from public.written group by n order by n`;
  assert.deepEqual(
    rows.filter(({ times }) => times > 1),
    [],
  );
  const there = new Set(rows.map(({ n }) => n));
  assert.deepEqual(
    [...written.answered].filter((n) => !there.has(n)),
    [],
  );
});

test('a listener hears again after the server was killed, and is told that it missed what came between', async () => {
  const { sql } = database;
  const heard: string[] = [];
  let begun = 0;
  const { unlisten } = await sql.listen(
    'a "strange" channel',
    (text) => heard.push(text),
    () => {
      begun += 1;
    },
  );
  assert.equal(begun, 1);
  await kill();
  while (begun < 2) await pause(10);
  await sql`select pg_notify('a "strange" channel', 'after the loss')`;
  while (heard.length === 0) await pause(10);
  assert.deepEqual(heard, ['after the loss']);
  await unlisten();
});

test('a reserved connection that is lost answers so, also what is asked of it later, and nothing of it runs elsewhere', async () => {
  const { sql } = database;
  const connection = await sql.reserve();
  await connection`create table public.half_done (n integer)`;
  await connection.unsafe('begin');
  await connection`insert into public.half_done values (1)`;
  await kill();
  for (let time = 0; time < 2; time += 1)
    await assert.rejects(
      connection`insert into public.half_done values (2)`.execute(),
      (error: { code?: string }) => error.code === 'CONNECTION_CLOSED' || error.code === 'ECONNRESET',
    );
  connection.release();
  assert.deepEqual([...(await sql`select n from public.half_done`)], []);
});
