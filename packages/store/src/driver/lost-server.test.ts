import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { type Database, openDatabase } from '../database.js';
import { pause } from '../process.js';

let dir: string;
let killer: Database;
before(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'madoguchi-lost-'));
  killer = await openDatabase({ dataDir: path.join(dir, 'data') });
});
after(async () => {
  await killer.close();
  await rm(dir, { recursive: true, force: true });
});

/** A pool of some connections, each lost in the middle of a query: with a farewell, as at a restart of the server. */
async function lostPool(connections: number): Promise<Database> {
  const database = await openDatabase({ dataDir: path.join(dir, 'data'), connections });
  const { sql } = database;
  const running = Array.from({ length: connections }, () => sql`select pg_sleep(60), 'to be lost'`);
  const ended = Promise.allSettled(running);
  const { sql: other } = killer;
  for (let lost = 0; lost < connections; await pause(10)) {
    const rows = await other`select pg_terminate_backend(pid) from pg_stat_activity
      where state = 'active' and query like '%to be lost%' and pid <> pg_backend_pid()`;
    lost += rows.length;
  }
  for (const end of await ended) {
    assert.equal(end.status, 'rejected');
    assert.equal((end.reason as { code?: string }).code, 'CONNECTION_CLOSED');
  }
  return database;
}

test('after a loss in the middle of queries the next ones run, each once, on connections that are new', async () => {
  const database = await lostPool(4);
  const { sql } = database;
  await killer.sql`create table public.written (n integer)`;
  await Promise.all(Array.from({ length: 8 }, (_, n) => sql`insert into public.written values (${n})`));
  const rows = await sql`select n from public.written order by n`;
  assert.deepEqual(
    rows.map(({ n }) => n),
    [0, 1, 2, 3, 4, 5, 6, 7],
  );
  await database.close();
});

test('after a loss in the middle of queries a transaction begins, and its work is called once', async () => {
  const database = await lostPool(2);
  let called = 0;
  const answers = await Promise.all(
    Array.from({ length: 2 }, () =>
      database.sql.begin(async (tx) => {
        called++;
        return (await tx`select 1 as one`)[0]?.one;
      }),
    ),
  );
  assert.deepEqual([answers, called], [[1, 1], 2]);
  await database.close();
});

test('arrays come and go as they were: signs, gaps, bytes and times', async () => {
  const { sql } = killer;
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
