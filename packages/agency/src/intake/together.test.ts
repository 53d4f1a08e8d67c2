// Under load applications share commits: each gets what it would get alone, and none is spoiled by another.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Database, verifyAudit } from '@madoguchi/store';
import { auditChain } from '../cases/audit-chain.js';
import { findCase } from '../cases/queries.js';
import { receptionTasks } from '../tasks.js';
import { refusal, sendWell } from '../testing/arrivals.js';
import { envelopeFor, type Issued, issue, send, temporaryDatabase } from '../testing/room.js';
import { openVerificationRoom, type VerificationRoom } from '../testing/verification-room.js';
import { putResident, verificationTasks, verifyCase } from '../verification/index.js';
import { latestVerification, readVerifications } from '../verification/queries.js';
import { rememberArrived, takeRemembered } from './just-arrived.js';
import { takeInTogether } from './take-in-together.js';

let db: Database;
let close: () => Promise<void>;
let room: VerificationRoom;
const code = '99201';
before(async () => {
  ({ db, close } = await temporaryDatabase());
  room = await openVerificationRoom(db);
  await putResident(db.sql, code, {
    id: '1',
    name: '総務　太郎',
    address: '見本県見本市中央一丁目２番３号',
    birthDate: '1975-04-01',
    sex: 'male',
  });
});
after(() => close());

interface Sent {
  issued: Issued;
  envelope: Uint8Array;
}

async function ready(count: number): Promise<Sent[]> {
  const list: Sent[] = [];
  for (let i = 0; i < count; i += 1) {
    const issued = await issue(room);
    list.push({ issued, envelope: await envelopeFor(room, issued) });
  }
  return list;
}

async function sendAll(list: Sent[]): Promise<string[]> {
  const taken = await Promise.all(list.map(({ issued, envelope }) => sendWell(room, issued, envelope)));
  return taken.map(({ number }) => number);
}

/** Runs the jobs that are waiting, as the queue would, once. */
async function runJobs(): Promise<void> {
  const verify = async (input: Parameters<Parameters<typeof receptionTasks>[0][number]['verify']>[0]) => {
    await verifyCase({ ...input, trust: room.trust });
  };
  const task = receptionTasks([{ options: room.options, verify, trust: room.trust }])['agency.open'];
  const jobs = await db.sql<
    { id: string; payload: unknown }[]
  >`select j.id, j.payload from graphile_worker._private_jobs j
    join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = 'agency.open'`;
  for (const { id, payload } of jobs) {
    await task?.(payload);
    await db.sql`delete from graphile_worker._private_jobs where id = ${id}`;
  }
}

test('forty at once: each has its receipt and its envelope, in fewer commits than envelopes, and all are verified together', async () => {
  const list = await ready(40);
  const commits = async () =>
    (
      await db.sql<{ n: number }[]>`select count(distinct xmin::text)::int as n from agency.cases
      where jti = any(${list.map(({ issued }) => issued.jti)})`
    )[0]?.n ?? 0;
  const numbers = await sendAll(list);
  assert.equal(new Set(numbers).size, 40);
  assert.ok((await commits()) < 40, `${await commits()} commits`);
  await runJobs();
  for (const number of numbers) {
    assert.equal((await findCase(db.sql, code, number))?.state, 'verified');
    const look = await latestVerification(db.sql, code, number);
    assert.deepEqual(
      [look?.lights.signature.state, look?.lights.identity.state, look?.lights.validity.state],
      ['good', 'good', 'good'],
    );
    const actions =
      await db.sql`select kind, actor from agency.actions where receipt_number = ${number} order by seq`;
    assert.deepEqual(
      actions.map(({ kind, actor }) => `${kind} ${actor}`),
      ['arrived intake', 'opened reception', 'verified verifier'],
    );
  }
  assert.ok((await verifyAudit(db.sql, auditChain(code))).ok);
});

test('what is written down together is what is written down alone: evidence, report, lights, actions', async () => {
  const [one, other] = await ready(2);
  assert.ok(one && other);
  const [first = ''] = await sendAll([one]);
  const [second = ''] = await sendAll([other]);
  await runJobs();
  const alone = receptionTasks([
    {
      options: room.options,
      verify: async (input) => void (await verifyCase({ ...input, trust: room.trust })),
    },
  ])['agency.open'];
  const third = (await sendAll(await ready(1)))[0] ?? '';
  await alone?.({ agency: code, receiptNumber: third });
  const [a, b, c] = await Promise.all(
    [first, second, third].map((number) => readVerifications(db.sql, code, number)),
  );
  const shape = (rows: typeof a) => {
    const evidence = JSON.parse(rows?.[0]?.evidence ?? '{}') as { signature: object; revocation: object[] };
    return {
      keys: Object.keys(evidence),
      revocation: evidence.revocation,
      report: Object.keys(JSON.parse(rows?.[0]?.report ?? '{}')),
    };
  };
  assert.equal(a?.length, 1);
  assert.deepEqual(shape(a), shape(c));
  assert.deepEqual(shape(b), shape(c));
  const row = async (number: string) => {
    const [found] =
      await db.sql`select applicant_name, due_on::text, state from agency.cases where receipt_number = ${number}`;
    return found;
  };
  assert.deepEqual(await row(first), await row(third));
  const lights = async (number: string) =>
    (await db.sql`select lights from agency.verifications where receipt_number = ${number}`)[0]?.lights;
  assert.deepEqual(await lights(first), await lights(third));
});

test('what arrived here a moment ago is opened without being read again; once, and by another process from the disk', async () => {
  const takeIn = takeInTogether(room.options);
  const group = async () => {
    const list = await ready(3);
    const taken = await Promise.all(list.map(({ issued, envelope }) => takeIn(issued.claims.jti, envelope)));
    return taken.map((one) => (one.ok ? one.receiptNumber : ''));
  };
  const numbers = await group();
  await db.sql`update agency.envelope_chunks set bytes = '\\x00' where receipt_number = any(${numbers})`;
  await runJobs();
  for (const number of numbers) assert.equal((await findCase(db.sql, code, number))?.state, 'verified');

  const others = await group();
  const remembered = takeRemembered(room.options, others);
  assert.equal(remembered.length, 3);
  assert.deepEqual(takeRemembered(room.options, others), []);
  // What nobody asked for, because another process opened it, is not held for ever.
  const [newest, ...older] = remembered;
  assert.ok(newest);
  rememberArrived(room.options, older, 0);
  rememberArrived(room.options, [newest], 10_000);
  assert.deepEqual(takeRemembered(room.options, others), [newest]);
  await runJobs();
  for (const number of others) assert.equal((await findCase(db.sql, code, number))?.state, 'verified');
});

test('in one group: a replay, other bytes under the same nonce, a damaged envelope and a genuine one each get their own answer', async () => {
  const [genuine, twice, damaged] = await ready(3);
  assert.ok(genuine && twice && damaged);
  const bytes = Buffer.from(damaged.envelope);
  bytes.writeUInt8(bytes.readUInt8(bytes.length - 300) ^ 1, bytes.length - 300);
  const second = await envelopeFor(room, twice.issued);
  const answers = await Promise.all([
    sendWell(room, genuine.issued, genuine.envelope),
    sendWell(room, twice.issued, twice.envelope),
    sendWell(room, twice.issued, twice.envelope),
    sendWell(room, twice.issued, second),
    sendWell(room, damaged.issued, bytes),
    send(
      room,
      genuine.issued.claims.ticket.replace(/^./, (first) => (first === 'x' ? 'y' : 'x')),
      genuine.envelope,
    ),
  ]);
  const [one, two, again, other, broken, forged] = answers;
  assert.equal(two.jws, again.jws);
  assert.notEqual(two.number, other.number);
  assert.equal(forged.status, 401);
  await runJobs();
  assert.equal((await findCase(db.sql, code, one.number))?.state, 'verified');
  assert.equal(await refusal(room, broken.number), 'envelope.unreadable');
  const kept = [two.number, other.number];
  const states = await Promise.all(kept.map(async (number) => (await findCase(db.sql, code, number))?.state));
  assert.deepEqual(states.sort(), ['refused', 'verified']);
});

test('what the database refuses for one spoils no other of its group', async () => {
  const list = await ready(6);
  const victim = list[3]?.issued.jti ?? '';
  const logged: [event: string, detail?: unknown][] = [];
  const takeIn = takeInTogether({ ...room.options, log: (...line) => void logged.push(line) });
  await db.sql.unsafe(`create function agency.refuse_one() returns trigger language plpgsql as
    $$ begin if new.jti = '${victim}' then raise exception 'no'; end if; return new; end $$;
    create trigger refuse_one before insert on agency.cases for each row execute function agency.refuse_one()`);
  try {
    const answers = await Promise.allSettled(
      list.map(({ issued, envelope }) => takeIn(issued.claims.jti, envelope)),
    );
    assert.deepEqual(
      answers.map((one) => (one.status === 'fulfilled' ? one.value.ok : 'failed')),
      [true, true, true, 'failed', true, true],
    );
    // Once for the group, by the name and code of the error alone; the one that failed is told by the answer to its sender (503).
    assert.deepEqual(logged, [['intake.groupFailed', { applications: 6, error: 'PostgresError P0001' }]]);
    const { issued, envelope } = list[3] as Sent;
    assert.equal((await send(room, issued.claims.ticket, envelope)).status, 503);
  } finally {
    await db.sql.unsafe('drop trigger refuse_one on agency.cases; drop function agency.refuse_one()');
  }
  await sendAll(list.slice(3, 4));
  const rows =
    await db.sql`select jti from agency.cases where jti = any(${list.map(({ issued }) => issued.jti)})`;
  assert.equal(rows.length, 6);
});

test('a fault of the desk’s tables while a group is verified leaves all of it to be opened one by one', async () => {
  const numbers = await sendAll(await ready(4));
  await db.sql.unsafe(`create function agency.refuse_one() returns trigger language plpgsql as
    $$ begin if new.receipt_number = '${numbers[2]}' then raise exception 'no'; end if; return new; end $$;
    create trigger refuse_one before insert on agency.submissions for each row execute function agency.refuse_one()`);
  try {
    await runJobs();
    const states = await Promise.all(
      numbers.map(async (number) => (await findCase(db.sql, code, number))?.state),
    );
    assert.deepEqual(states, ['verified', 'verified', 'arrived', 'verified']);
  } finally {
    await db.sql.unsafe('drop trigger refuse_one on agency.submissions; drop function agency.refuse_one()');
  }
  // It has a job of its own by now.
  await runJobs();
  assert.equal((await findCase(db.sql, code, numbers[2] ?? ''))?.state, 'verified');
});

test('without a CRL every case of a group waits and has its job; none is refused, and later all are verified', async () => {
  const numbers = await sendAll(await ready(5));
  room.list.answers = false;
  await runJobs();
  room.list.answers = true;
  for (const number of numbers) {
    assert.equal((await findCase(db.sql, code, number))?.state, 'tryLater');
    const [job] =
      await db.sql`select 1 from graphile_worker._private_jobs where key = ${`agency.verify:${code}:${number}`}`;
    assert.ok(job);
    await verificationTasks([room.verification])['agency.verify']?.({ agency: code, receiptNumber: number });
    assert.equal((await findCase(db.sql, code, number))?.state, 'verified');
  }
});
