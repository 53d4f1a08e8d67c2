import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Database, verifyAudit } from '@madoguchi/store';
import { listActions } from '../cases/actions.js';
import { findCase } from '../cases/queries.js';
import { openDesk } from '../testing/desk-room.js';
import { roadPermission, temporaryDatabase } from '../testing/room.js';
import { openVerificationRoom, type VerificationRoom } from '../testing/verification-room.js';
import { assignFault } from './assign.js';
import { readFigures } from './figures.js';
import { filterQuery, readFilter } from './filter.js';

let db: Database;
let close: () => Promise<void>;
let room: VerificationRoom;
let sitDown: ReturnType<typeof openDesk>;
const code = '99201';
const road = roadPermission;

before(async () => {
  ({ db, close } = await temporaryDatabase());
  room = await openVerificationRoom(db);
  sitDown = openDesk(room);
});
after(() => close());

const fileRoad = (place: string) =>
  room.file(
    {},
    {
      procedure: 'douro-senyo',
      answers: { ...road, place },
      files: [{ name: 'map.pdf', bytes: Buffer.from('%PDF-1.7'), rule: 'map' }],
    },
  );

test('what somebody works on is theirs to decide, until it is taken over; that is in the history and the audit chain', async () => {
  const receipt = await room.file();
  const [a, b] = [await sitDown('suzuki'), await sitDown('sato')];
  assert.equal((await a.assign(receipt, 'take')).status, 303);
  assert.equal((await findCase(db.sql, code, receipt))?.assignedTo, 'suzuki');
  assert.match(await b.page(`/cases/${receipt}`), /担当 suzukiが審査しています/);
  const refused = await b.decide(receipt, 'accept');
  assert.equal(refused.status, 422);
  assert.match(await refused.text(), /ほかの担当者が/);
  assert.equal((await b.decide(receipt, 'note', '電話した')).status, 303, 'a note may be left');
  await b.assign(receipt, 'take');
  assert.equal((await findCase(db.sql, code, receipt))?.assignedTo, 'suzuki', 'a take is no taking over');
  await b.assign(receipt, 'release');
  assert.equal(
    (await findCase(db.sql, code, receipt))?.assignedTo,
    'suzuki',
    'only its officer gives it back',
  );
  await b.assign(receipt, 'takeOver');
  await b.assign(receipt, 'takeOver');
  assert.equal((await b.decide(receipt, 'accept')).status, 303);
  const kinds = (await listActions(db.sql, code, receipt)).map(({ kind }) => kind);
  assert.deepEqual(kinds.slice(3), ['assigned', 'note', 'takenOver', 'accepted']);
  assert.ok((await verifyAudit(db.sql, `agency:${code}`)).ok);
});

test('what nobody works on is decided in two activations, as before', async () => {
  const receipt = await room.file();
  const officer = await sitDown('suzuki');
  assert.equal((await officer.decide(receipt, 'accept')).status, 303);
});

test('of two officers who press at the same moment one has it', async () => {
  const receipt = await room.file();
  const [a, b] = [await sitDown('suzuki'), await sitDown('sato')];
  await Promise.all([a.assign(receipt, 'take'), b.assign(receipt, 'take')]);
  const kinds = (await listActions(db.sql, code, receipt)).map(({ kind }) => kind);
  assert.equal(kinds.filter((kind) => kind === 'assigned').length, 1);
});

test('the rules of assignment', () => {
  const free = { state: 'verified', assignedTo: null } as const;
  const theirs = { ...free, assignedTo: 'b' };
  assert.equal(assignFault('take', free, 'a'), undefined);
  assert.equal(assignFault('take', theirs, 'a'), 'taken');
  assert.equal(assignFault('takeOver', theirs, 'a'), undefined);
  assert.equal(assignFault('release', theirs, 'a'), 'notYours');
  assert.equal(assignFault('take', { ...free, state: 'accepted' }, 'a'), 'decided');
});

test('the queue is narrowed by procedure, officer and deadline; overdue is said in words', async () => {
  const officer = await sitDown('tanaka');
  const [self, other] = [await fileRoad('一丁目'), await room.file()];
  await officer.assign(self, 'take');
  const shows = async (query: string) => {
    const html = await officer.page(`?${query}`);
    return [self, other].map((receipt) => html.includes(`/cases/${receipt}"`));
  };
  assert.deepEqual(await shows('procedure=douro-senyo'), [true, false]);
  assert.deepEqual(await shows('procedure=juminhyo'), [false, true]);
  assert.deepEqual(await shows('mine=1'), [true, false]);
  assert.deepEqual(await shows('deadline=overdue'), [false, false]);
  assert.deepEqual(
    await shows('procedure=nothing&deadline=x&mine=x'),
    [true, true],
    'strange values ask nothing',
  );
  const due = async (receipt: string, days: number) =>
    db.sql`update agency.cases set due_on = (${room.time.now}::timestamptz at time zone 'Asia/Tokyo')::date + ${days}::int
      where receipt_number = ${receipt}`;
  await due(self, -1);
  await due(other, 0);
  assert.deepEqual(await shows('deadline=overdue'), [true, false]);
  assert.deepEqual(await shows('deadline=today'), [false, true]);
  assert.deepEqual(await shows('deadline=week'), [false, true]);
  const html = await officer.page('');
  assert.match(html, /期限切れ <strong>1<\/strong>/);
  assert.match(html, /今日が期限 <strong>1<\/strong>/);
});

test('while the applicant corrects, their day is the deadline', async () => {
  const officer = await sitDown('tanaka');
  const receipt = await room.file();
  await officer.decide(receipt, 'correct', '通数');
  await db.sql`update agency.cases set correct_by = '2020-01-01' where receipt_number = ${receipt}`;
  assert.match(await officer.page(''), /補正の期限切れ <strong>1<\/strong>/);
  assert.ok((await officer.page('?pile=correction&deadline=overdue')).includes(receipt));
});

test('an address keeps its filter, and a strange one is the usual queue', () => {
  const filter = {
    pile: 'done',
    procedure: 'p',
    deadline: 'week',
    mine: true,
    paused: 'only',
    after: '2026-0000001',
  } as const;
  const query = Object.fromEntries(new URLSearchParams(filterQuery(filter)));
  assert.deepEqual(readFilter(query, ['p']), filter);
  const usual = {
    ...{ pile: 'waiting', procedure: undefined, deadline: undefined },
    ...{ mine: false, paused: undefined, after: undefined },
  };
  assert.deepEqual(readFilter({ pile: '__proto__', after: "1' or 1=1", mine: '2' }, ['p']), usual);
});

test('CSV of one procedure has the signed answers by field id, nothing in it is a formula, and the export is on record', async () => {
  const officer = await sitDown('tanaka');
  const receipt = await fileRoad('=HYPERLINK("http://evil.example","x")');
  const answer = await officer.post('/export.csv?procedure=douro-senyo');
  assert.equal(answer.status, 200);
  assert.match(answer.headers.get('content-disposition') ?? '', /attachment/);
  const text = Buffer.from(await answer.arrayBuffer()).toString();
  const [head = '', ...lines] = text.split('\r\n');
  assert.ok(head.startsWith('\ufeff"到達番号"') && head.includes('"place"') && head.includes('"birthDate"'));
  const line = lines.find((one) => one.includes(receipt)) ?? '';
  assert.ok(line.includes('"\'=HYPERLINK(""http://evil.example"",""x"")"'), line);
  assert.ok(line.includes('"総務　太郎"'));
  const short = await (await officer.post('/export.csv')).text();
  assert.equal(short.includes('総務'), false, 'a list over procedures names nobody');
  const audit = JSON.stringify(
    await db.sql`select action, detail from store.audit_entries where action = 'desk.exported'`,
  );
  assert.match(audit, /cases/);
  assert.equal((await officer.post('/export.csv', { csrf: 'x' })).status, 403);
});

test('figures: what arrived, how it ended, how often it was returned and how long it took, by procedure', async () => {
  const officer = await sitDown('figures');
  const [before] = await readFigures(db.sql, code);
  assert.ok(before);
  const of = async () =>
    (await readFigures(db.sql, code)).find(({ procedureId }) => procedureId === 'juminhyo');
  const earlier = await of();
  const receipt = await room.file();
  await officer.decide(receipt, 'correct', '通数');
  await officer.decide(receipt, 'reject', '期限');
  const now = await of();
  assert.ok(earlier && now);
  assert.equal(now.arrived - earlier.arrived, 1);
  assert.equal(now.rejected - earlier.rejected, 1);
  assert.equal(now.returned - earlier.returned, 1);
  assert.equal(now.open, earlier.open);
  assert.equal(now.days, 0);
  assert.match(await officer.page('/figures'), /住民票の写しの交付申請/);
});

test('each signed value stands on the page under its field’s id, to be copied or found by a robot', async () => {
  const officer = await sitDown('tanaka');
  const html = await officer.page(`/cases/${await room.file()}`);
  for (const [id, value] of [
    ['applicant.name', '総務　太郎'],
    ['copies', '1'],
    ['delivery', 'post'],
  ])
    assert.match(html, new RegExp(`data-field="${id}"[^>]*>\\s*${value}\\s*<`), id);
  assert.match(html, /<button[^>]*type="button"[^>]*data-copy="copy-0"/);
});
