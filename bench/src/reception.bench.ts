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
/** Applications for the look at the memory; with `--hour` they keep coming for an hour. */
const perStretch = 300;
const stretches = 8;
const hour = process.argv.includes('--hour');
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

/** The yardstick: reads the same body, inserts it as it is, one transaction, answers when it is on disk. */
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
    posts.push(...(await Promise.all(Array.from({ length: 50 }, (_, index) => city.prepare(from + index)))));
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

async function untilVerified(count: number): Promise<void> {
  for (;;) {
    const [row] = await sql<
      { n: number }[]
    >`select count(*)::int as n from agency.cases where state = 'verified'`;
    if ((row?.n ?? 0) >= count) return;
    await pause(20);
  }
}

let sentBefore = 0;
async function whole(posts: Post[]): Promise<{ rate: number; sent: Sent }> {
  const begun = performance.now();
  const sent = await send({ port: ports.city, path: `${basePath}/intake`, posts });
  sentBefore += posts.length;
  await untilVerified(sentBefore);
  return { rate: (1000 * posts.length) / (performance.now() - begun), sent };
}
async function plain(posts: Post[]): Promise<number> {
  const { milliseconds } = await send({ port: ports.bare, path: '/', posts });
  return (1000 * posts.length) / milliseconds;
}

const warmUp = await prepared(300);
await whole(warmUp);
await plain(warmUp);
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

// Memory: what is still held after the rubbish is gone, from stretch to stretch.
const held: number[] = [];
const until = Date.now() + 3600_000;
for (let stretch = 0; hour ? Date.now() < until : stretch < stretches; stretch++) {
  await whole(await prepared(perStretch));
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  held.push((heapUsed + external) / 1e6);
}
const quarter = Math.ceil(held.length / 4);
rows.push({
  what: `memory held after ${held.length * perStretch} applications${hour ? ' in an hour' : ' (--hour: for an hour)'}, beside that after a quarter of them`,
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
