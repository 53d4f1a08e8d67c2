// What stands inside an envelope that has arrived: refused under its receipt, or handed on to verification.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sealSubmission, sha256Hex } from '@madoguchi/procedure';
import { type Database, startJobs, verifyAudit } from '@madoguchi/store';
import { mutations } from '@madoguchi/testing';
import { auditChain } from '../cases/audit-chain.js';
import { receptionTasks } from '../tasks.js';
import { open, refusal, sendWell } from '../testing/arrivals.js';
import {
  envelopeFor,
  issue,
  juminhyo,
  openRoom,
  type Room,
  roadPermission,
  send,
  temporaryDatabase,
} from '../testing/room.js';
import { openArrived } from './open.js';

let db: Database;
let close: () => Promise<void>;
let room: Room;
before(async () => {
  ({ db, close } = await temporaryDatabase());
  room = await openRoom(db);
});
after(() => close());

test('a nonce of another request inside is refused under the receipt', async () => {
  const [mine, other] = [await issue(room), await issue(room)];
  const { number } = await sendWell(room, mine, await envelopeFor(room, other));
  assert.equal(await open(room, number), undefined);
  assert.equal(await refusal(room, number), 'intake.nonce');
});

test('another agency’s application is refused under the receipt', async () => {
  const issued = await issue(room);
  const lie = { agency: { code: '99202', name: '隣市' } };
  const { number } = await sendWell(room, issued, await envelopeFor(room, issued, lie));
  assert.equal(await open(room, number), undefined);
  assert.equal(await refusal(room, number), 'intake.agency');
});

test('an envelope for another agency’s key is refused under the receipt', async () => {
  const issued = await issue(room);
  const envelope = await envelopeFor(room, issued, {}, [], await room.world.neighbour());
  const { number } = await sendWell(room, issued, envelope);
  assert.equal(await open(room, number), undefined);
  assert.equal(await refusal(room, number), 'envelope.unreadable');
});

test('answers, definition and attachments must be those of the request', async () => {
  const changed = await issue(room);
  const answers = { ...changed.claims.answers, copies: '9' };
  const first = await sendWell(room, changed, await envelopeFor(room, changed, { answers }));
  assert.equal(await open(room, first.number), undefined);
  assert.equal(await refusal(room, first.number), 'intake.answers');

  const road = room.procedures.find(({ definition }) => definition.id === 'douro-senyo');
  assert.ok(road);
  const bytes = Buffer.from('map');
  const file = { name: 'a.pdf', size: 3, sha256: sha256Hex(bytes), rule: 'map' };
  const roadAnswers = { ...roadPermission, months: '1', charge: '700' };
  const other = await issue(room);
  const swapped = await envelopeFor(
    room,
    other,
    { definition: road.definition, digest: road.digest, answers: roadAnswers, attachments: [file] },
    [{ name: 'a.pdf', bytes }],
  );
  const second = await sendWell(room, other, swapped);
  assert.equal(await open(room, second.number), undefined);
  assert.equal(await refusal(room, second.number), 'intake.definition');

  const third = await issue(room, 'douro-senyo', roadPermission, [file]);
  const forged = Buffer.from('MAP');
  const lie = { attachments: [{ ...file, sha256: sha256Hex(forged) }] };
  const { number } = await sendWell(
    room,
    third,
    await envelopeFor(room, third, lie, [{ name: 'a.pdf', bytes: forged }]),
  );
  assert.equal(await open(room, number), undefined);
  assert.equal(await refusal(room, number), 'intake.attachments');
});

test('a container changed after signing is handed on with its rule, so that the desk can show it', async () => {
  const issued = await issue(room);
  const envelope = await sealSubmission(Buffer.from('PK not a container'), room.world.encryption.der);
  const { number } = await sendWell(room, issued, envelope);
  const given = await open(room, number);
  assert.ok(given && !given.opened.ok);
});

test('opening again after a crash between opening and verification hands on once more', async () => {
  const issued = await issue(room, 'juminhyo', { ...juminhyo, copies: '3' });
  const { number } = await sendWell(room, issued, await envelopeFor(room, issued));
  await assert.rejects(openArrived(room.options, number, () => Promise.reject(new Error('crash'))));
  assert.ok((await open(room, number))?.opened.ok);
  const kinds = await db.sql`select kind from agency.actions where receipt_number = ${number} order by seq`;
  assert.deepEqual(
    kinds.map(({ kind }) => kind),
    ['arrived', 'opened'],
  );
});

test('a damaged envelope is turned away, or has arrived and is refused; it never breaks the reception', async () => {
  const honest = await envelopeFor(room, await issue(room));
  for (const mutant of mutations(honest, 30, 5)) {
    const issued = await issue(room);
    const response = await send(room, issued.claims.ticket, mutant);
    if (response.status === 415) continue;
    const { number } = await sendWell(room, issued, mutant);
    assert.equal(await open(room, number), undefined);
    assert.ok(await refusal(room, number));
  }
});

test('the job that the intake leaves behind opens the case and hands it on, once', async () => {
  const issued = await issue(room);
  const { number } = await sendWell(room, issued, await envelopeFor(room, issued));
  const seen: string[] = [];
  let done: () => void = () => undefined;
  const finished = new Promise<void>((resolve) => {
    done = resolve;
  });
  const tasks = receptionTasks([
    {
      options: room.options,
      verify: async ({ receiptNumber }) => {
        seen.push(receiptNumber);
        if (receiptNumber === number) done();
      },
    },
  ]);
  const jobs = await startJobs({ url: db.url, tasks });
  await finished;
  await jobs.stop();
  assert.equal(seen.filter((receipt) => receipt === number).length, 1);
  assert.equal((await verifyAudit(db.sql, auditChain('99201'))).ok, true);
});
