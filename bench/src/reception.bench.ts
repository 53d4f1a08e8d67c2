// What does reception cost beside bare inserts of the same bytes? Durable and verified, over HTTP, one load generator for both.
import { mkdtemp, rm } from 'node:fs/promises';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { getRequestListener } from '@hono/node-server';
import { agencyMigrations, receptionTasks, verificationTasks, verifyCase } from '@madoguchi/agency';
import { migrate, openDatabase, startJobs } from '@madoguchi/store';
import { now } from '@madoguchi/testing';
import { pageWeight } from '../../packages/agency/dist/testing/page-weight.js';
import { basePath, listening, openCity } from './reception-city.js';
import type { Order, Post, Sent } from './reception-load.js';
import { median, type Row, report } from './report.js';

const connections = 32;
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
const city = await openCity(database);
const verification = { sql, agency: { code: '99201', name: '見本市' }, trust: city.trust, clock: () => now };
const jobs = await startJobs({
  url: database.url,
  tasks: {
    ...receptionTasks([
      {
        options: city.options,
        verify: async (input) => {
          await verifyCase({ ...input, trust: city.trust });
        },
        trust: city.trust,
      },
    ]),
    ...verificationTasks([verification]),
  },
  onFailure: (task, error) => console.error(task, error),
});
const server = http.createServer(getRequestListener(city.app.fetch));

/**
 * The yardstick, over HTTP with the same load generator and on the same connections: reads the same body, inserts it as it is by a prepared
 * statement, a transaction of its own for each, answers with as many octets as a receipt has when it is on disk (the same server, fsync on).
 */
await sql.unsafe(
  'create table bare (id bigint generated always as identity primary key, bytes bytea not null)',
);
const answer = Buffer.alloc(2000, 'x');
const bare = http.createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    sql`insert into bare (bytes) values (${Buffer.concat(chunks)})`.then(
      () => response.writeHead(201, { 'content-length': answer.length }).end(answer),
      () => response.writeHead(503).end(),
    );
  });
});
const ports = { city: await listening(server), bare: await listening(bare) };

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
  const sent = await send({ port: ports.city, path: `${basePath}/intake`, posts });
  sentBefore += posts.length;
  await untilVerified();
  return { rate: (1000 * posts.length) / (performance.now() - begun), sent };
}
async function plain(posts: Post[]): Promise<number> {
  const { milliseconds } = await send({ port: ports.bare, path: '/', posts });
  return (1000 * posts.length) / milliseconds;
}

// Both are measured as servers that have been running for a while: the engine goes on making code faster for thousands of requests.
for (let round = 0; round < rounds; round++) {
  const posts = await prepared(perRound);
  await whole(posts);
  await plain(posts);
}
// As the server does by itself within a minute (autovacuum): a database in use knows how large its tables are.
await sql.unsafe('vacuum analyze');
const rates: { whole: number; bare: number; sent: Sent }[] = [];
let size = 0;
for (let round = 0; round < rounds; round++) {
  const posts = await prepared(perRound);
  size = posts[0]?.envelope.length ?? 0;
  const { rate, sent } = await whole(posts);
  rates.push({ whole: rate, bare: await plain(posts), sent });
}
const middle = (read: (one: (typeof rates)[number]) => number) => median(rates.map(read));
rows.push(
  {
    what: `applications of ${(size / 1000).toFixed(1)} kB: durable, receipt signed, opened, verified, matched, lights good`,
    value: middle(({ whole }) => whole),
    unit: '/s',
    yardstick: `bare inserts of the same bytes ${middle(({ bare }) => bare).toFixed(0)}/s`,
    ratio: middle((one) => one.whole / one.bare),
    target: { of: 'ratio', atLeast: 0.5 },
  },
  {
    what: `from envelope to signed receipt meanwhile, ${connections} at once (slowest hundredth ${middle(({ sent }) => sent.slowest).toFixed(0)} ms)`,
    value: middle(({ sent }) => sent.median),
    unit: 'ms',
  },
);

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
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, external, rss } = process.memoryUsage();
  held.push((heapUsed + external) / 1e6);
  if (hour && (rate !== undefined || stretch % 50 === 0))
    console.log(
      `${new Date().toISOString()} ${applications} applications, held ${((heapUsed + external) / 1e6).toFixed(1)} MB, resident ${(rss / 1e6).toFixed(0)} MB`,
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
await jobs.stop();
server.closeAllConnections();
server.close();
bare.closeAllConnections();
bare.close();
city.close();
await database.close();
await rm(dir, { recursive: true, force: true });
