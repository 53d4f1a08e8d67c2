// A server that is killed at the moment in which a job has been done or has failed costs that job nothing and ends no process.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { readRun } from './folder.js';
import { enqueue, startJobs } from './jobs.js';
import { pause } from './process.js';
import { temporaryDatabase } from './testing/temporary.js';

let database: Awaited<ReturnType<typeof temporaryDatabase>>;
before(async () => {
  database = await temporaryDatabase();
});
after(() => database.close());

test('the server is killed as a job ends, well or badly: it is put away once the server is back, done once or to be tried again, and no rejection ends the process', async () => {
  const { sql } = database;
  const kill = async () => {
    const { server } = (await readRun(database.dir)) ?? assert.fail('no server runs');
    process.kill(server, 'SIGKILL');
    // Those who serve the queue's connections notice it a moment later.
    await pause(100);
  };
  const runs: string[] = [];
  const jobs = await startJobs({
    url: database.url,
    pollInterval: 50,
    tasks: {
      'test.good': async () => {
        runs.push('good');
        await kill();
      },
      'test.bad': async () => {
        runs.push('bad');
        await kill();
        throw new TypeError('as tests want it');
      },
    },
  });
  const left = () =>
    sql<
      { lastError: string | null; isHeld: boolean }[]
    >`select last_error as "lastError", locked_at is not null as "isHeld"
      from graphile_worker._private_jobs`.catch(() => undefined);
  await sql.begin((tx) => enqueue(tx, 'test.good', {}));
  while (runs.length === 0 || (await left())?.length !== 0) await pause(50);
  await sql.begin((tx) => enqueue(tx, 'test.bad', {}, { runAt: new Date(0), maxAttempts: 1 }));
  let rows = await left();
  while (runs.length < 2 || rows?.[0]?.isHeld !== false) {
    await pause(50);
    rows = await left();
  }
  assert.deepEqual([...rows], [{ lastError: 'TypeError', isHeld: false }]);
  assert.deepEqual(runs, ['good', 'bad'], 'each once');
  await jobs.stop();
});
