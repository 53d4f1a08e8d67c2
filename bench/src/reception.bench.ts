// What does reception cost beside bare inserts of the same bytes? Durable and verified, over HTTP, one load generator for both.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { agencyMigrations } from '@madoguchi/agency';
import { migrate, openDatabase } from '@madoguchi/store';
import { pageWeight } from '../../packages/agency/dist/testing/page-weight.js';
import { openCity } from './reception-city.js';
import type { Order, Post, Sent } from './reception-load.js';
import { processorOfDatabase, startProcesses } from './reception-processes.js';
import { basePath } from './reception-room.js';
import { median, type Row, report } from './report.js';

const connections = 32;
const warmUp = 8;
const rounds = 3;
const perRound = 1000;
/** Applications for the look at the memory; with `--hour` they keep coming for an hour, as fast as they can or, with `--rate N`, so many a second. */
const perStretch = 300;
const stretches = 8;
const hour = process.argv.includes('--hour');
const rate = Number(process.argv[process.argv.indexOf('--rate') + 1]) || undefined;
const rows: Row[] = [];

const dir = await mkdtemp(path.join(tmpdir(), 'bench-reception-'));
const database = await openDatabase({ dataDir: dir });
const { sql } = database;
await migrate(sql, agencyMigrations);
await sql.unsafe(
  'create table bare (id bigint generated always as identity primary key, bytes bytea not null)',
);
const city = await openCity(database);
// A process of its own, as `serve agency` is one: who makes envelopes and sends them is not measured with it. Two side by side share a queue but warm up apart, and gain nothing on two cores.
const processes = Number(process.argv[process.argv.indexOf('--processes') + 1]) || 1;
const servers = await startProcesses(processes, { databaseUrl: database.url, keys: city.keys });
const postmaster = Number(
  (await sql<{ pid: string }[]>`select split_part(pg_read_file('postmaster.pid'), E'\\n', 1) as pid`)[0]?.pid,
);

async function prepared(count: number): Promise<Post[]> {
  const posts: Post[] = [];
  while (posts.length < count) {
    const from = posts.length;
    const some = Array.from({ length: Math.min(50, count - from) }, (_, index) => city.prepare(from + index));
    posts.push(...(await Promise.all(some)));
  }
  return posts;
}
const load = new Worker(new URL('./reception-load.js', import.meta.url), { workerData: { connections } });
load.on('error', (error) => {
  throw error;
});
const send = (order: Order) =>
  new Promise<Sent>((resolve) => {
    load.once('message', resolve);
    load.postMessage(order);
  });

/** What has a receipt stands in the table: when nothing there waits to be looked at, all of it was. */
async function untilVerified(): Promise<void> {
  for (;;) {
    const waiting =
      await sql`select 1 from agency.cases where agency = '99201' and state in ('arrived', 'opened') limit 1`;
    if (waiting.length === 0) return;
    await pause(10);
  }
}

let sentBefore = 0;
async function whole(posts: Post[]): Promise<{ rate: number; sent: Sent }> {
  const begun = performance.now();
  const sent = await send({ ports: servers.ports.city, path: `${basePath}/intake`, posts });
  sentBefore += posts.length;
  await untilVerified();
  return { rate: (1000 * posts.length) / (performance.now() - begun), sent };
}
async function plain(posts: Post[]): Promise<{ rate: number }> {
  const { milliseconds } = await send({ ports: servers.ports.bare, path: '/', posts });
  return { rate: (1000 * posts.length) / milliseconds };
}
/** How fast, and what of the processors it took for each, in milliseconds: in the city's processes and in the database's. */
async function counted<T>(posts: Post[], work: (posts: Post[]) => Promise<T>) {
  const used = async () => [await servers.processor(), processorOfDatabase(postmaster)] as const;
  const before = await used();
  const done = await work(posts);
  const after = await used();
  const each = (index: 0 | 1) => ((after[index] ?? 0) - (before[index] ?? 0)) / posts.length;
  return { ...done, city: each(0), database: each(1) };
}

// Both are measured as servers that have been running for a while: the engine goes on making code faster for thousands of requests.
for (let round = 0; round < warmUp; round++) {
  const posts = await prepared(perRound);
  await whole(posts);
  await plain(posts);
}
// As the server does by itself within a minute (autovacuum): a database in use knows how large its tables are.
await sql.unsafe('vacuum analyze');
const rates: {
  whole: Awaited<ReturnType<typeof countedWhole>>;
  bare: Awaited<ReturnType<typeof countedBare>>;
}[] = [];
const countedWhole = (posts: Post[]) => counted(posts, whole);
const countedBare = (posts: Post[]) => counted(posts, plain);
let size = 0;
for (let round = 0; round < rounds; round++) {
  const posts = await prepared(perRound);
  size = posts[0]?.envelope.length ?? 0;
  rates.push({ whole: await countedWhole(posts), bare: await countedBare(posts) });
}
const middle = (read: (one: (typeof rates)[number]) => number) => median(rates.map(read));
rows.push(
  {
    what: `applications of ${(size / 1000).toFixed(1)} kB: durable, receipt signed, opened, verified, matched, lights good; ${processes} processes`,
    value: middle(({ whole }) => whole.rate),
    unit: '/s',
    yardstick: `bare inserts of the same bytes ${middle(({ bare }) => bare.rate).toFixed(0)}/s`,
    ratio: middle((one) => one.whole.rate / one.bare.rate),
    target: { of: 'ratio', atLeast: 0.5 },
  },
  {
    what: `from envelope to signed receipt meanwhile, ${connections} at once (slowest hundredth ${middle(({ whole }) => whole.sent.slowest).toFixed(0)} ms)`,
    value: middle(({ whole }) => whole.sent.median),
    unit: 'ms',
  },
  {
    what: 'processor time of one application in the city’s processes',
    value: middle(({ whole }) => whole.city),
    unit: 'ms',
    yardstick: `bare insert ${middle(({ bare }) => bare.city).toPrecision(2)} ms`,
  },
);
if (processorOfDatabase(postmaster) !== undefined)
  rows.push({
    what: 'processor time of one application in the database',
    value: middle(({ whole }) => whole.database),
    unit: 'ms',
    yardstick: `bare insert ${middle(({ bare }) => bare.database).toPrecision(2)} ms`,
  });

// Memory: what is still held after the rubbish is gone, from stretch to stretch; of an hour also what the system sees, from minute to minute.
const held: number[] = [];
let applications = 0;
const until = Date.now() + 3600_000;
for (let stretch = 0; hour ? Date.now() < until : stretch < stretches; stretch++) {
  if (hour && rate !== undefined) applications += await paced(rate, 60);
  else {
    await whole(await prepared(perStretch));
    applications += perStretch;
  }
  const used = await servers.memory();
  held.push(used.held / 1e6);
  if (hour && (rate !== undefined || stretch % 50 === 0))
    console.log(
      `${new Date().toISOString()} ${applications} applications, held ${(used.held / 1e6).toFixed(1)} MB, resident ${(used.resident / 1e6).toFixed(0)} MB`,
    );
}

/** So many a second, for so many seconds; a second that was not enough is not made up for. */
async function paced(perSecond: number, seconds: number): Promise<number> {
  for (let second = 0; second < seconds; second++) {
    const next = pause(1000);
    await whole(await prepared(perSecond));
    await next;
  }
  return perSecond * seconds;
}
const quarter = Math.ceil(held.length / 4);
rows.push({
  what: `memory held after ${applications} applications${hour ? ' in an hour' : ' (--hour: for an hour)'}, beside that after a quarter of them`,
  value: median(held.slice(-quarter)),
  unit: 'MB',
  yardstick: `${median(held.slice(quarter, 2 * quarter)).toFixed(1)} MB`,
  ratio: median(held.slice(-quarter)) / median(held.slice(quarter, 2 * quarter)),
  target: { of: 'ratio', atMost: 1.1 },
});

for (const [what, path] of [
  ['first page', '/'],
  ['procedure page', '/procedures/juminhyo'],
] as const) {
  const url = `http://127.0.0.1:8080${basePath}${path}`;
  const { octets, files } = await pageWeight(city.app, url);
  rows.push({
    what: `${what}: weight with the ${files.length - 1} files it loads, as served, web fonts apart`,
    value: octets / 1000,
    unit: 'kB',
    target: { of: 'value', atMost: 60 },
  });
  const times: number[] = [];
  for (let i = 0; i < 60; i++) {
    const begun = performance.now();
    await (await city.app.request(url)).arrayBuffer();
    times.push(performance.now() - begun);
  }
  rows.push({
    what: `${what}: time on the server`,
    value: median(times),
    unit: 'ms',
    target: { of: 'value', atMost: 20 },
  });
}
const [verified] = await sql<
  { n: number }[]
>`select count(*)::int as n from agency.cases where state = 'verified'`;
if (verified?.n !== sentBefore) throw new Error(`${sentBefore} were sent, ${verified?.n} are verified`);
report('reception', rows);

await load.terminate();
servers.close();
city.close();
await database.close();
await rm(dir, { recursive: true, force: true });
