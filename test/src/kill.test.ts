// 到達: whatever is killed in the next moment, an application with a receipt is there; and without the commit no receipt leaves.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { openDatabase, readRun } from '@madoguchi/store';
import {
  type Arrived,
  type Asked,
  claimsOf,
  postEnvelope,
  sendEnvelope,
  sha256Hex,
} from './support/forger.js';
import { KillableCity } from './support/killable-city.js';
import { leftBehind } from './support/left-behind.js';

/** As often as it takes either of them to go first; durability.test.ts does it twenty times. */
const rounds = 6;

let city: KillableCity;
before(async () => {
  city = await KillableCity.start('kill');
});
after(() => city?.remove());

/** Pids of the city's process and of its PostgreSQL. */
async function pids(): Promise<{ agency: number; server: number }> {
  const run = await readRun(city.dir);
  assert.ok(run);
  assert.equal(run.owner, city.running.addresses.pid);
  return { agency: run.owner, server: run.server };
}

async function prepared(): Promise<{ asked: Asked; envelope: Uint8Array }> {
  await untilReady();
  return city.prepare();
}

/** A killed server's children answer for another moment: waits for the server that the city starts in its place. */
async function untilReplaced(server: number): Promise<void> {
  while (((await readRun(city.dir))?.server ?? server) === server) {
    assert.equal(city.running.process.exitCode, null, city.running.output());
    await pause(20);
  }
}

/** The city's own word that its database answers. */
async function untilReady(): Promise<void> {
  const ready = new URL('readyz', city.running.addresses.agency);
  while ((await fetch(ready)).status !== 200) await pause(50);
}

async function casesOf(asked: Asked): Promise<number> {
  return city.withDatabase(async (sql) => {
    const rows = await sql`select 1 from agency.cases where jti = ${asked.claims.jti}`;
    return rows.length;
  });
}

/** Sends the same bytes until they are taken; every refusal on the way is one in words. */
async function sendUntilTaken(asked: Asked, envelope: Uint8Array): Promise<Arrived> {
  for (let tried = 0; tried < 300; tried += 1) {
    const answer = await postEnvelope(asked, envelope);
    const text = await answer.text();
    if (answer.status === 201) return { ...receiptOf(text), envelope };
    assertUnavailable(answer.status, text);
    await pause(100);
  }
  throw new Error('the intake never came back');
}

function receiptOf(jws: string): { receiptNumber: string; jws: string } {
  return { receiptNumber: (claimsOf(jws) as { receiptNumber: string }).receiptNumber, jws };
}

function assertUnavailable(status: number, text: string): void {
  assert.equal(status, 503, text);
  assert.match((JSON.parse(text) as { what: { ja: string } }).what.ja, /何も受け取っていません/);
}

async function assertGood(arrived: readonly Arrived[]): Promise<void> {
  const desk = await city.officer();
  for (const { receiptNumber } of arrived) {
    let { lights, text } = await desk.examine(receiptNumber);
    // The authority's database was away just then: the city looks again by itself, within seconds.
    while (lights?.validity.state === 'pending') {
      await pause(200);
      ({ lights, text } = await desk.examine(receiptNumber));
    }
    const states = Object.values(lights ?? {}).map(({ state }) => state);
    assert.deepEqual(states, ['good', 'good', 'good'], text);
  }
}

test(`agency and PostgreSQL killed right after the receipt, ${rounds} times: each application is there, with its number, and verifies`, async () => {
  const filed: (Arrived & { asked: Asked })[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const last = filed.at(-1);
    if (last !== undefined) {
      const again = await sendEnvelope(last.asked, last.envelope);
      assert.equal(again.jws, last.jws, `round ${round}: the receipt is the very same`);
    }
    const { asked, envelope } = await prepared();
    const { agency, server } = await pids();
    const first = round % 2 === 0 ? [agency, server] : [server, agency];
    const answer = await postEnvelope(asked, envelope);
    const jws = await answer.text();
    for (const pid of first) process.kill(pid, 'SIGKILL');
    assert.equal(answer.status, 201, jws);
    assert.equal((claimsOf(jws) as { envelopeSha256: string }).envelopeSha256, sha256Hex(envelope));
    filed.push({ ...receiptOf(jws), envelope, asked });
    await city.running.stop('SIGKILL');
    await city.startAgain();
  }
  assert.equal(new Set(filed.map(({ receiptNumber }) => receiptNumber)).size, rounds);
  for (const { asked, envelope, jws } of filed)
    assert.equal((await sendEnvelope(asked, envelope)).jws, jws, 'also after all of them');
  await assertGood(filed);
});

/** Holds the intake in the middle of its transaction, then lets the fault happen. */
async function faultBeforeCommit(fault: () => Promise<void>) {
  const { asked, envelope } = await prepared();
  const holder = await openDatabase({ dataDir: city.dir, connections: 2 });
  const { sql } = holder;
  let posted: Promise<{ status: number; text: string } | undefined> | undefined;
  try {
    const held = sql.begin(async (tx) => {
      await tx`lock table agency.cases in access exclusive mode`;
      posted = postEnvelope(asked, envelope).then(
        async (answer) => ({ status: answer.status, text: await answer.text() }),
        () => undefined,
      );
      for (;;) {
        const waiting = await tx`select 1 from pg_locks
          where not granted and relation = 'agency.cases'::regclass`;
        if (waiting.length > 0) break;
        await pause(10);
      }
      await fault();
      await posted;
      throw new Error('the server should be gone');
    });
    await assert.rejects(held);
  } finally {
    await holder.close().catch(() => undefined);
  }
  return { asked, envelope, outcome: await posted };
}

test('PostgreSQL killed before the commit: no receipt leaves, the answer says so in words, and the same bytes are taken once', async () => {
  const { server, agency } = await pids();
  const { asked, envelope, outcome } = await faultBeforeCommit(async () => {
    process.kill(server, 'SIGKILL');
  });
  assert.ok(outcome);
  assertUnavailable(outcome.status, outcome.text);
  await untilReplaced(server);
  const arrived = await sendUntilTaken(asked, envelope);
  assert.equal((await pids()).agency, agency, 'the city itself went on');
  assert.equal(await casesOf(asked), 1);
  await assertGood([arrived]);
});

test('agency and PostgreSQL killed before the commit: no receipt leaves, nothing is there, and the same bytes are taken once', async () => {
  const { server, agency } = await pids();
  const { asked, envelope, outcome } = await faultBeforeCommit(async () => {
    process.kill(agency, 'SIGKILL');
    process.kill(server, 'SIGKILL');
  });
  assert.equal(outcome, undefined, 'the connection broke and no answer came');
  await city.running.stop('SIGKILL');
  await city.startAgain();
  assert.equal(await casesOf(asked), 0);
  const arrived = await sendUntilTaken(asked, envelope);
  assert.equal(await casesOf(asked), 1);
  await assertGood([arrived]);
});

test('PostgreSQL killed at odd moments of a post: with a receipt the application is there, and in the end exactly one', async () => {
  for (const delay of [1, 8, 20]) {
    const { asked, envelope } = await prepared();
    const { server } = await pids();
    const posted = postEnvelope(asked, envelope).then(async (answer) => ({
      status: answer.status,
      text: await answer.text(),
    }));
    await pause(delay);
    process.kill(server, 'SIGKILL');
    const { status, text } = await posted;
    await untilReplaced(server);
    const arrived = await sendUntilTaken(asked, envelope);
    if (status === 201) assert.equal(arrived.jws, text);
    else assertUnavailable(status, text);
    assert.equal(await casesOf(asked), 1);
  }
});

test('PostgreSQL killed twice under load: whoever has a receipt is there, nobody is there twice, and all are verified in the end', async () => {
  const ready = await Promise.all(Array.from({ length: 24 }, () => prepared()));
  const queue = [...ready];
  const taken: Arrived[] = [];
  const client = async () => {
    for (let next = queue.pop(); next !== undefined; next = queue.pop())
      taken.push(await sendUntilTaken(next.asked, next.envelope));
  };
  const breaking = async () => {
    for (let time = 0; time < 2; time += 1) {
      await pause(20);
      const { server } = await pids();
      process.kill(server, 'SIGKILL');
      await untilReplaced(server);
    }
  };
  await Promise.all([breaking(), ...Array.from({ length: 6 }, client)]);
  await untilReady();
  assert.equal(new Set(taken.map(({ receiptNumber }) => receiptNumber)).size, ready.length);
  for (const { asked } of ready) assert.equal(await casesOf(asked), 1);
  await assertGood(taken);
});

test('in the end no process and no port is left', {
  skip: process.platform !== 'linux' && 'what is left is looked for in /proc, which only Linux has',
}, async () => {
  assert.equal(await city.stop(), 0);
  const { dir, port } = city;
  assert.deepEqual(await leftBehind(dir, dir, [port, port + 1, port + 2]), { processes: [], ports: [] });
});
