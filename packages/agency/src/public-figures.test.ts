import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { readAgencyFigures } from '@madoguchi/procedure';
import type { Database } from '@madoguchi/store';
import { base, openRoom, origin, type Room, temporaryDatabase } from './testing/room.js';

let db: Database;
let close: () => Promise<void>;
let room: Room;
before(async () => {
  ({ db, close } = await temporaryDatabase());
  room = await openRoom(db);
});
after(() => close());

const dayMs = 86_400_000;
let made = 0;

/** A case of a procedure that arrived then, and was decided after so many days. */
async function fileCase(
  procedure: string,
  arrived: string,
  days?: number,
  more: { state?: string; joins?: string; kind?: string } = {},
): Promise<void> {
  made += 1;
  const number = `2026-${String(made).padStart(7, '0')}`;
  const at = new Date(arrived);
  await db.sql`insert into agency.cases ${db.sql({
    agency: '99201',
    receipt_number: number,
    jti: number,
    procedure_id: procedure,
    envelope_sha256: number,
    envelope_size: 1,
    arrived_at: at,
    receipt_jws: '',
    state: more.state ?? 'accepted',
    joins: more.joins ?? null,
  })}`;
  const kinds = days === undefined ? [] : [more.kind ?? 'accepted', 'rejected'];
  for (const [index, kind] of kinds.entries())
    await db.sql`insert into agency.actions (agency, receipt_number, at, actor, kind)
      values ('99201', ${number}, ${new Date(at.getTime() + ((days ?? 0) + 7 * index) * dayMs)}, 'officer:x', ${kind})`;
}

test('applications and waiting times are told by procedure and month, small numbers are not', async () => {
  room.time.now = new Date('2026-11-20T03:00:00Z');
  // Ten in September, decided after 1 to 10 days, all in September; a case reversed later counts once, by its first decision.
  for (let days = 1; days <= 10; days++) await fileCase('juminhyo', '2026-09-01T00:00:00Z', days);
  // Four at the first moment of October in Japan.
  for (let n = 0; n < 4; n++) await fileCase('juminhyo', '2026-09-30T15:00:00Z', 2);
  // What is no application of its own, what reception refused, and what came today.
  await fileCase('juminhyo', '2026-09-02T00:00:00Z', undefined, { state: 'refused' });
  await fileCase('juminhyo', '2026-09-02T00:00:00Z', undefined, { state: 'joined', joins: '2026-0000001' });
  await fileCase('juminhyo', '2026-11-20T01:00:00Z');
  const [, other] = room.procedures;
  const second = other?.definition.id ?? '';
  for (let n = 0; n < 3; n++) await fileCase(second, '2026-10-05T00:00:00Z', 1);

  const answer = await room.app.request(`${origin}${base}/stats.json`);
  assert.equal(answer.status, 200);
  assert.match(answer.headers.get('cache-control') ?? '', /public/);
  const text = await answer.text();
  assert.doesNotMatch(text, /2026-00|officer|太郎/);
  const figures = readAgencyFigures(JSON.parse(text));
  assert.equal(figures?.until, '2026-11-19T15:00:00.000Z');
  const of = (id: string) => figures?.procedures.find((one) => one.id === id);
  const hidden = { number: null, median: null, ninety: null };
  const { months, arrived, decided } = of('juminhyo') ?? {};
  assert.deepEqual(months, [
    { month: '2026-09', arrived: 10, decided: { number: 10, median: 5.5, ninety: 9.1 } },
    { month: '2026-10', arrived: null, decided: hidden },
  ]);
  assert.equal(arrived, 10);
  assert.equal(decided?.number, 10);
  assert.equal(of(second)?.arrived, null);
  assert.deepEqual(of(second)?.decided, hidden);
});

test('the numbers of a day stay as they are until midnight, and are counted once', async () => {
  const read = async () => (await room.app.request(`${origin}${base}/stats.json`)).text();
  room.time.now = new Date('2026-11-20T04:00:00Z');
  const before = await read();
  for (let n = 0; n < 5; n++) await fileCase('juminhyo', '2026-11-20T02:00:00Z');
  assert.equal(await read(), before);
  room.time.now = new Date('2026-11-20T15:00:01Z');
  const figures = readAgencyFigures(JSON.parse(await read()));
  const november = figures?.procedures
    .find(({ id }) => id === 'juminhyo')
    ?.months.find(({ month }) => month === '2026-11');
  assert.equal(november?.arrived, 6);
});
