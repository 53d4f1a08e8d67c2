import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sha256Hex } from '@madoguchi/procedure';
import type { Database } from '@madoguchi/store';
import { now, taro } from '@madoguchi/testing';
import { findCase, readEnvelope } from '../cases/queries.js';
import { open, refusal, sendWell } from '../testing/arrivals.js';
import {
  envelopeFor,
  issue,
  openRoom,
  type Room,
  roadPermission,
  send,
  temporaryDatabase,
} from '../testing/room.js';

let db: Database;
let close: () => Promise<void>;
let room: Room;
before(async () => {
  ({ db, close } = await temporaryDatabase());
  room = await openRoom(db);
});
after(() => close());

const rule = async (response: Response) => ((await response.json()) as { rule: string }).rule;
const countCases = async () => (await db.sql`select count(*)::int as n from agency.cases`)[0]?.n as number;

test('an application goes in, the receipt comes out, and what is stored is the envelope', async () => {
  const issued = await issue(room);
  const envelope = await envelopeFor(room, issued);
  const { number } = await sendWell(room, issued, envelope);
  assert.match(number, /^2026-[0-9]{7}$/);
  assert.equal(Buffer.compare(await readEnvelope(db.sql, '99201', number), envelope), 0);
  const given = await open(room, number);
  assert.ok(given?.opened.ok);
  assert.equal(given.opened.value.application.applicant.name, taro.name);
  assert.equal((await findCase(db.sql, '99201', number))?.state, 'opened');
  const [row] = await db.sql`select applicant_name from agency.cases where receipt_number = ${number}`;
  assert.equal(row?.applicant_name, taro.name);
});

test('attachments of several chunks survive the way', async () => {
  const bytes = Buffer.alloc(700_000, 'map ');
  const file = { name: '位置図.pdf', size: bytes.length, sha256: sha256Hex(bytes), rule: 'map' };
  const answers = roadPermission;
  const issued = await issue(room, 'douro-senyo', answers, [file]);
  // Random octets do not shrink in the container.
  const { number } = await sendWell(
    room,
    issued,
    await envelopeFor(room, issued, {}, [{ name: file.name, bytes }]),
  );
  const given = await open(room, number);
  assert.ok(given?.opened.ok);
  assert.equal(Buffer.compare(given.opened.value.attachments[0]?.bytes ?? Buffer.alloc(0), bytes), 0);
});

test('the same bytes again get the same receipt, also ten at once', async () => {
  const issued = await issue(room);
  const envelope = await envelopeFor(room, issued);
  const taken = await Promise.all(Array.from({ length: 10 }, () => sendWell(room, issued, envelope)));
  assert.equal(new Set(taken.map(({ jws }) => jws)).size, 1);
  const rows = await db.sql`select 1 from agency.cases where jti = ${issued.jti}`;
  assert.equal(rows.length, 1);
  const number = taken[0]?.number ?? '';
  const jobs = await db.sql`select 1 from agency.actions where receipt_number = ${number}`;
  assert.equal(jobs.length, 1);
});

test('other bytes under a used nonce get a receipt of their own, and under it the refusal', async () => {
  const issued = await issue(room);
  const first = await sendWell(room, issued, await envelopeFor(room, issued));
  const second = await sendWell(room, issued, await envelopeFor(room, issued));
  assert.notEqual(first.number, second.number);
  assert.equal(await refusal(room, second.number), 'intake.nonceUsed');
  assert.equal((await findCase(db.sql, '99201', second.number))?.state, 'refused');
  assert.equal(await open(room, second.number), undefined);
  assert.equal((await findCase(db.sql, '99201', first.number))?.state, 'arrived');
  for (let i = 0; i < 3; i += 1) await sendWell(room, issued, await envelopeFor(room, issued));
  const sixth = await send(room, issued.claims.ticket, await envelopeFor(room, issued));
  assert.equal(sixth.status, 429);
});

test('the ticket is asked for before the body is read', async () => {
  const issued = await issue(room);
  let pulled = 0;
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        pulled += 1;
        controller.enqueue(new Uint8Array(1000));
        if (pulled > 50) controller.close();
      },
    },
    { highWaterMark: 0 },
  );
  const { ticket } = issued.claims;
  const forged = [
    '',
    'nonsense',
    ticket.slice(0, -2),
    ticket.replace(/^./, (first) => (first === 'A' ? 'B' : 'A')),
    ticket.replace(/\.([0-9]+)\./, (_, until: string) => `.${Number(until) + 1}.`),
  ];
  for (const lie of forged) {
    const response = await room.app.request('http://127.0.0.1:8080/a/99201/intake', {
      method: 'POST',
      headers: {
        'content-type': 'application/pkcs7-mime; smime-type=authEnveloped-data',
        authorization: `Ticket ${lie}`,
      },
      body,
      duplex: 'half',
    } as RequestInit);
    assert.equal(response.status, 401, lie);
    assert.equal(await rule(response), 'intake.ticket');
  }
  assert.equal(pulled, 0);
});

test('an expired ticket, another type, too much and what is no envelope are turned away and leave nothing', async () => {
  const issued = await issue(room);
  const envelope = await envelopeFor(room, issued);
  const before = await countCases();
  const { ticket } = issued.claims;
  const json = await send(room, ticket, envelope, { 'content-type': 'application/json' });
  assert.equal(json.status, 415);
  const junk = await send(room, ticket, Buffer.from('not an envelope'));
  assert.equal(junk.status, 415);
  const small = await openRoom(db);
  small.options.maxEnvelope = 1000;
  const large = await send(small, ticket, envelope);
  assert.equal(large.status, 413);
  assert.equal(await rule(large), 'intake.size');
  room.time.now = new Date(now.getTime() + 3 * 3600_000);
  const late = await send(room, ticket, envelope);
  room.time.now = now;
  assert.equal(late.status, 401);
  assert.equal(await countCases(), before);
  await sendWell(room, issued, envelope);
});

test('a fault before the commit: no receipt leaves, nothing is stored, and the same envelope can be sent again', async () => {
  const issued = await issue(room);
  const envelope = await envelopeFor(room, issued);
  const before = await countCases();
  await db.sql.unsafe(`create function agency.break() returns trigger language plpgsql as
    $$ begin raise exception 'the disk is full'; end $$;
    create constraint trigger break after insert on agency.cases deferrable initially deferred
    for each row execute function agency.break()`);
  try {
    const response = await send(room, issued.claims.ticket, envelope);
    assert.equal(response.status, 503);
    assert.equal(response.headers.get('content-type')?.includes('jose'), false);
    const body = await response.text();
    assert.equal((JSON.parse(body) as { rule: string }).rule, 'intake.unavailable');
    assert.ok(!body.includes('disk'));
    assert.equal(await countCases(), before);
  } finally {
    await db.sql.unsafe('drop trigger break on agency.cases; drop function agency.break()');
  }
  await sendWell(room, issued, envelope);
});

test('when the database is gone no receipt leaves', async () => {
  const issued = await issue(room);
  const envelope = await envelopeFor(room, issued);
  const dead = await openRoom(db);
  dead.options.db = {
    sql: Object.assign(() => Promise.reject(new Error('gone')), {
      begin: () => Promise.reject(new Error('gone')),
    }) as never,
  };
  const response = await send(dead, issued.claims.ticket, envelope);
  assert.equal(response.status, 503);
});
