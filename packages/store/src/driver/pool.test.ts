// The pool over a real server: what it does when connections are lost, refused or never given back, and when the server is killed under load.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { after, before, test } from 'node:test';
import type { Sql } from '../database.js';
import { readRun } from '../folder.js';
import { pause } from '../process.js';
import { temporaryDatabase } from '../testing/temporary.js';
import { openPool } from './pool.js';

let database: Awaited<ReturnType<typeof temporaryDatabase>>;
let dir: string;
before(async () => {
  database = await temporaryDatabase();
  dir = database.dir;
});
after(() => database.close());

test('arrays come and go as they were: signs, gaps, bytes and times', async () => {
  const { sql } = database;
  const texts = ['𠮷野', 'a,b', '{"x"}', '\\', '', 'NULL', ' ', '改\n行'];
  const bytes = [Uint8Array.of(0, 255), new Uint8Array(0)];
  const times = [new Date('2026-02-28T15:00:00.123Z'), new Date('1950-01-01T00:00:00Z')];
  const [row] = await sql`select ${texts}::text[] as texts, array[null, 'null'] as gaps, '{}'::text[] as none,
    array[1, -2] as numbers, array[true, false] as flags, ${sql.typed(bytes, 1001)}::bytea[] as bytes,
    ${sql.typed(times, 1185)}::timestamptz[] as times, array[9007199254740993] as large`;
  assert.ok(row);
  assert.deepEqual(row.texts, texts);
  assert.deepEqual(row.gaps, [null, 'null']);
  assert.deepEqual(row.none, []);
  assert.deepEqual(row.numbers, [1, -2]);
  assert.deepEqual(row.flags, [true, false]);
  assert.deepEqual(
    (row.bytes as Uint8Array[]).map((one) => Uint8Array.from(one)),
    bytes,
  );
  assert.deepEqual(row.times, times);
  assert.deepEqual(row.large, ['9007199254740993']);
  assert.deepEqual(await sql`select 1 as one where 'b' = any(${['a', 'b']})`.then((rows) => rows.length), 1);
});

test('one connection serves all who wait, also after a query that was refused, a value that cannot be sent, and a cursor that was left', async () => {
  const sql = openPool(database.url, { connections: 1 });
  await assert.rejects(sql`select 1 / 0`, (error: { code?: string }) => error.code === '22012');
  await assert.rejects(
    sql`select ${undefined as never}`,
    (error: { code?: string }) => error.code === 'UNDEFINED_VALUE',
  );
  for await (const rows of sql`select * from generate_series(1, 1000) as n`.cursor(10)) {
    assert.equal(rows.length, 10);
    break;
  }
  let seen = 0;
  for await (const rows of sql`select * from generate_series(1, 95) as n`.cursor(10)) seen += rows.length;
  assert.equal(seen, 95);
  const rows = await Promise.all(Array.from({ length: 50 }, (_, n) => sql`select ${n}::int as n`));
  assert.deepEqual(
    rows.map(([row]) => row?.n),
    Array.from({ length: 50 }, (_, n) => n),
  );
  await sql.end();
  await assert.rejects(
    sql`select 1`.execute(),
    (error: { code?: string }) => error.code === 'CONNECTION_ENDED',
  );
});

test('a transaction in which a query failed is rolled back, also where the work went on; what comes after its end is refused', async () => {
  const sql = openPool(database.url, { connections: 1 });
  await sql`create table public.rolled_back (n integer)`;
  await assert.rejects(
    sql.begin(async (tx) => {
      await tx`insert into public.rolled_back values (1)`;
      await tx`select 1 / 0`.catch(() => undefined);
      return 'went on';
    }),
    (error: { code?: string }) => error.code === '22012',
  );
  let late: unknown;
  await sql.begin(async (tx) => {
    late = tx;
  });
  await assert.rejects(
    (late as typeof sql)`insert into public.rolled_back values (2)`.execute(),
    /has ended/,
  );
  assert.deepEqual([...(await sql`select n from public.rolled_back`)], []);
  await sql.end();
});

test('where the server takes no more connections, those that are there serve everybody; where none is there, it is told', async () => {
  const { sql: admin } = database;
  await admin.unsafe(`create role few login password 'few' connection limit 2`);
  const url = Object.assign(new URL(database.url), { username: 'few', password: 'few' }).href;
  const first = openPool(url, { connections: 5 });
  const slow = Array.from({ length: 20 }, () => first`select pg_sleep(0.02), 1 as one`);
  assert.deepEqual(
    (await Promise.all(slow)).map(([row]) => row?.one),
    Array.from({ length: 20 }, () => 1),
  );
  const second = openPool(url, { connections: 1 });
  const waiting = second`select 2 as two`;
  const isWaiting = Symbol();
  assert.equal(await Promise.race([waiting, pause(300).then(() => isWaiting)]), isWaiting);
  await first.end();
  // It was asked again until the others had gone.
  assert.equal((await waiting)[0]?.two, 2);
  await second.end();
});

test('a pool whose connections are never given back tells those who wait, and goes on when one is', async () => {
  const sql = openPool(database.url, { connections: 1, stuckMs: 400 });
  const held = await sql.reserve();
  await assert.rejects(
    sql`select 1`.execute(),
    (error: { code?: string }) => error.code === 'CONNECT_TIMEOUT',
  );
  held.release();
  assert.equal((await sql`select 1 as one`)[0]?.one, 1);
  await sql.end();
});

test('a time limit that the operator set ends the statement, and the connection goes on', async () => {
  const { sql: admin } = database;
  await admin.unsafe(
    `create role hasty login password 'hasty'; alter role hasty set statement_timeout = '100ms'`,
  );
  const url = Object.assign(new URL(database.url), { username: 'hasty', password: 'hasty' }).href;
  const sql = openPool(url, { connections: 1 });
  const pid = async () => (await sql`select pg_backend_pid() as pid`)[0]?.pid as number;
  const before = await pid();
  await assert.rejects(
    sql`select pg_sleep(60)`.execute(),
    (error: { code?: string }) => error.code === '57014',
  );
  assert.equal(await pid(), before);
  await sql.end();
});

test('an address where nobody answers, or somebody who hangs up, is told at once and not tried for ever', async () => {
  const nobody = openPool('postgres://a:b@127.0.0.1:9/x', {});
  const asked = await Promise.allSettled(Array.from({ length: 30 }, () => nobody`select 1`));
  assert.deepEqual(
    new Set(asked.map((one) => one.status === 'rejected' && one.reason.code)),
    new Set(['ECONNREFUSED']),
  );
  let calls = 0;
  const server = createServer((socket) => {
    calls += 1;
    socket.end();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const rude = openPool(`postgres://a:b@127.0.0.1:${port}/x`, {});
  await assert.rejects(rude`select 1`.execute());
  assert.equal(calls, 1);
  await Promise.all([nobody.end(), rude.end()]);
  server.close();
});

/** A pool of some connections, each lost in the middle of a query: with a farewell, as at a restart of the server. */
async function lostPool(connections: number): Promise<Sql> {
  const sql = openPool(database.url, { connections });
  const running = Array.from({ length: connections }, () => sql`select pg_sleep(60), 'to be lost'`);
  const ended = Promise.allSettled(running);
  const { sql: other } = database;
  for (let lost = 0; lost < connections; await pause(10)) {
    const rows = await other`select pg_terminate_backend(pid) from pg_stat_activity
      where state = 'active' and query like '%to be lost%' and pid <> pg_backend_pid()`;
    lost += rows.length;
  }
  for (const end of await ended) {
    assert.equal(end.status, 'rejected');
    assert.equal((end.reason as { code?: string }).code, 'CONNECTION_CLOSED');
  }
  return sql;
}

test('after a loss in the middle of queries the next ones run, each once, on connections that are new', async () => {
  const sql = await lostPool(4);
  await database.sql`create table public.after_loss (n integer)`;
  await Promise.all(Array.from({ length: 8 }, (_, n) => sql`insert into public.after_loss values (${n})`));
  const rows = await sql`select n from public.after_loss order by n`;
  assert.deepEqual(
    rows.map(({ n }) => n),
    [0, 1, 2, 3, 4, 5, 6, 7],
  );
  await sql.end();
});

test('after a loss in the middle of queries a transaction begins, and its work is called once', async () => {
  const sql = await lostPool(2);
  let called = 0;
  const answers = await Promise.all(
    Array.from({ length: 2 }, () =>
      sql.begin(async (tx) => {
        called++;
        return (await tx`select 1 as one`)[0]?.one;
      }),
    ),
  );
  assert.deepEqual([answers, called], [[1, 1], 2]);
  await sql.end();
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
