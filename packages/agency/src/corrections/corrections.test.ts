import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sha256Hex } from '@madoguchi/procedure';
import { type Database, verifyAudit } from '@madoguchi/store';
import { taro } from '@madoguchi/testing';
import ICAL from 'ical.js';
import { listActions } from '../cases/actions.js';
import { findCase, findRefusal } from '../cases/queries.js';
import { type CaseState, stateOf } from '../cases/state.js';
import { currentApplication } from '../cases/submissions.js';
import { type CorrectionAsked, type Decision, decide } from '../desk/decide.js';
import {
  askRelated,
  lookUp,
  openAgain,
  relatedRequest,
  sendRelated,
  standingOn,
} from '../testing/related.js';
import { base, juminhyo, origin, roadPermission, temporaryDatabase } from '../testing/room.js';
import { openVerificationRoom, type VerificationRoom } from '../testing/verification-room.js';
import { latestVerification } from '../verification/queries.js';
import { changedNames } from './asked.js';

let db: Database;
let close: () => Promise<void>;
let room: VerificationRoom;
const code = '99201';

before(async () => {
  ({ db, close } = await temporaryDatabase());
  room = await openVerificationRoom(db);
});
after(() => close());

async function officer(
  receipt: string,
  decision: Decision,
  reason = '',
  correction?: CorrectionAsked,
): Promise<string | undefined> {
  const seen = (await listActions(db.sql, code, receipt)).at(-1)?.seq ?? 0;
  const at = room.time.now;
  return decide(db.sql, code, receipt, { decision, reason, seen, officer: 'desk', at, correction });
}

const stateIs = async (receipt: string) => (await findCase(db.sql, code, receipt))?.state;
const get = (path: string, cookie = '') =>
  room.app.request(`${origin}${base}${path}`, { headers: { cookie } });
const plain = (html: string) => html.replaceAll(/<r[tp]>.*?<\/r[tp]>|<\/?ruby>/g, '');

/** An application that an officer returned. */
async function returned(fields = ['copies'], until = '2026-12-31') {
  const receipt = await room.file();
  assert.equal(await officer(receipt, 'correct', '通数を確かめてください', { fields, until }), undefined);
  return { receipt, cookie: await lookUp(room, receipt) };
}

test('the receipt page asks for the correction, and its page holds the earlier answers with the marked ones highlighted', async () => {
  const { receipt, cookie } = await returned();
  const receiptPage = plain(await (await get(`/applications/${receipt}`, cookie)).text());
  for (const words of ['補正をお願いします', '通数を確かめてください', '通数', '12月31日', '補正する'])
    assert.ok(receiptPage.includes(words), words);
  assert.ok(receiptPage.includes(`/applications/${receipt}/deadline.ics`));
  const day = await get(`/applications/${receipt}/deadline.ics`, cookie);
  assert.equal(day.headers.get('content-type'), 'text/calendar; charset=utf-8');
  const [event] = new ICAL.Component(ICAL.parse(await day.text())).getAllSubcomponents('vevent');
  assert.equal(event?.getFirstPropertyValue('dtstart')?.toString(), '2026-12-31');
  assert.equal(event?.getFirstPropertyValue('summary'), `補正の期限 ${receipt}`);
  assert.equal((await get(`/applications/${receipt}/deadline.ics`, '')).status, 403);
  const answer = await get(`/applications/${receipt}/correction`, cookie);
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get('referrer-policy'), 'origin');
  assert.equal(answer.headers.get('cross-origin-opener-policy'), 'unsafe-none');
  const page = plain(await answer.text());
  assert.equal(page.split('class="asked-again"').length, 2);
  assert.match(page, /name="copies"[^>]*value="1"/);
  assert.match(page, /value="self" checked/);
  assert.match(page, /data-hand-over="\/a\/99201\/applications\/[0-9-]+\/correction\/request"/);
});

test('a correction joins its case: verified anew, derived from the actions, and the officer decides on the new one', async () => {
  const { receipt, cookie } = await returned();
  const before = await currentApplication(db.sql, code, receipt);
  assert.ok(before);
  const due = (await findCase(db.sql, code, receipt))?.dueOn ?? '';
  room.time.now = new Date(room.time.now.getTime() + 600_000);
  const issued = await relatedRequest(room, {
    receipt,
    place: 'correction',
    cookie,
    answers: { ...juminhyo, copies: '2' },
  });
  assert.deepEqual(issued.claims.relation, {
    kind: 'corrects',
    receipt,
    application: sha256Hex(before.bytes),
    changed: ['copies'],
  });
  const own = await sendRelated(room, issued);
  assert.notEqual(own, receipt);
  assert.equal(await stateIs(receipt), 'verified');
  assert.equal(await stateIs(own), 'joined');
  assert.equal((await standingOn(room, receipt)).answers.copies, '2');
  const row = await findCase(db.sql, code, receipt);
  assert.equal(row?.correctBy, null);
  assert.equal(row?.dueOn, due, 'answered the same day: the office has lost no time');
  const look = await latestVerification(db.sql, code, receipt);
  assert.equal(look?.seq, 2);
  assert.deepEqual(
    [look?.lights.signature.state, look?.lights.identity.state, look?.lights.validity.state],
    ['good', 'good', 'good'],
  );
  assert.ok(look?.lights.identity.checks.some(({ label }) => label.ja.includes('はじめの申請書')));
  const actions = await listActions(db.sql, code, receipt);
  assert.deepEqual(
    actions.map(({ kind }) => kind),
    ['arrived', 'opened', 'verified', 'correctionAsked', 'corrected', 'verified'],
  );
  const child = plain(await (await get(`/applications/${own}`, await lookUp(room, own))).text());
  assert.ok(child.includes(receipt) && child.includes('もとの申請を見る'));
  assert.equal(await officer(receipt, 'accept'), undefined);
  assert.equal(await stateIs(receipt), 'accepted');
  assert.equal((await get(`/applications/${receipt}/correction`, cookie)).status, 409);
});

test('days that the applicant took do not count against the office', async () => {
  const { receipt, cookie } = await returned();
  const due = (await findCase(db.sql, code, receipt))?.dueOn ?? '';
  const { now } = room.time;
  const issued = await relatedRequest(room, { receipt, place: 'correction', cookie, answers: juminhyo });
  await db.sql`update agency.actions set at = ${new Date(now.getTime() - 5 * 86_400_000)}
    where receipt_number = ${receipt} and kind = 'correctionAsked'`;
  await sendRelated(room, issued);
  const moved = (await findCase(db.sql, code, receipt))?.dueOn ?? '';
  assert.equal((Date.parse(moved) - Date.parse(due)) / 86_400_000, 5);
});

test('of two corrections under way the second is refused: it is bound to what the first has changed', async () => {
  const { receipt, cookie } = await returned();
  const input = { receipt, place: 'correction', cookie, answers: { ...juminhyo, copies: '3' } } as const;
  const [a, b] = [await relatedRequest(room, input), await relatedRequest(room, input)];
  await sendRelated(room, a);
  const late = await sendRelated(room, b);
  assert.equal(await stateIs(late), 'refused');
  assert.equal(await findRefusal(db.sql, code, late), 'relation.digest');
  await officer(receipt, 'correct', 'もう一度', { fields: [], until: '2026-12-31' });
  const again = await relatedRequest(room, { ...input, answers: { ...juminhyo, copies: '4' } });
  await sendRelated(room, again);
  assert.equal((await standingOn(room, receipt)).answers.copies, '4', 'a second round joins too');
});

test('a relation that was not asked for, left out or changed is refused under its own receipt', async () => {
  const { receipt, cookie } = await returned();
  const input = { receipt, place: 'correction', cookie, answers: juminhyo } as const;
  const issued = await relatedRequest(room, input);
  const request = { ...issued.claims, relation: undefined };
  const without = await sendRelated(room, issued, { request });
  assert.equal(await findRefusal(db.sql, code, without), 'intake.relation');
  const other = await relatedRequest(room, input);
  const { relation } = other.claims;
  assert.ok(relation);
  const forged = { ...other.claims, relation: { ...relation, receipt: await room.file() } };
  assert.equal(
    await findRefusal(db.sql, code, await sendRelated(room, other, { request: forged })),
    'intake.relation',
  );
  assert.equal(await stateIs(receipt), 'correction');
});

test('somebody else’s card corrects nothing unseen: 照合 compares with the first application', async () => {
  const { receipt, cookie } = await returned();
  const issued = await relatedRequest(room, { receipt, place: 'correction', cookie, answers: juminhyo });
  const [row] = await db.sql<{ container: Uint8Array }[]>`select container from agency.submissions
    where receipt_number = ${receipt}`;
  assert.ok(row);
  await sendRelated(room, issued, { identity: { ...taro, name: '総務　次郎' } });
  const look = await latestVerification(db.sql, code, receipt);
  assert.equal(look?.lights.identity.state, 'bad');
});

test('without the numbers, or when nothing is asked, there is no correction page and no request', async () => {
  const { receipt } = await returned();
  assert.equal((await get(`/applications/${receipt}/correction`)).status, 303);
  assert.equal(
    (await askRelated(room, { receipt, place: 'correction', cookie: '', answers: juminhyo })).status,
    303,
  );
  const fresh = await room.file();
  const cookie = await lookUp(room, fresh);
  assert.equal((await get(`/applications/${fresh}/correction`, cookie)).status, 409);
  assert.equal(
    (await askRelated(room, { receipt: fresh, place: 'correction', cookie, answers: juminhyo })).status,
    409,
  );
  const foreign = await lookUp(room, fresh);
  assert.equal((await get(`/applications/${receipt}/correction`, foreign)).status, 303);
});

test('a wrong answer comes back with its sentence, and what was typed stays', async () => {
  const { receipt, cookie } = await returned();
  const answers = { ...juminhyo, copies: '99' };
  const answer = await askRelated(room, { receipt, place: 'correction', cookie, answers });
  assert.equal(answer.status, 422);
  assert.match(await answer.text(), /name="copies"[^>]*value="99"/);
  const body = new URLSearchParams(answers).toString();
  const headers = { 'content-type': 'application/x-www-form-urlencoded', origin, cookie };
  const posted = await room.app.request(`${origin}${base}/applications/${receipt}/correction`, {
    method: 'POST',
    ...{ headers, body },
  });
  assert.equal(posted.status, 422);
  assert.equal(
    (
      await room.app.request(`${origin}${base}/applications/${receipt}/correction`, {
        method: 'POST',
        headers: { ...headers, origin: 'https://evil.example' },
        body,
      })
    ).status,
    403,
  );
});

test('files that were sent go along again, to their applicant only', async () => {
  const bytes = Buffer.from('%PDF-1.7 map');
  const answers = roadPermission;
  const files = [{ name: '位置図.pdf', bytes, rule: 'map' }];
  const receipt = await room.file({}, { procedure: 'douro-senyo', answers, files });
  await officer(receipt, 'correct', '場所', { fields: ['place'], until: '2026-12-31' });
  const cookie = await lookUp(room, receipt);
  const page = await (await get(`/applications/${receipt}/correction`, cookie)).text();
  const path = `/applications/${receipt}/correction/files/0`;
  assert.ok(page.includes(`${base}${path}`));
  const file = await get(path, cookie);
  assert.deepEqual(Buffer.from(await file.arrayBuffer()), bytes);
  assert.match(file.headers.get('content-security-policy') ?? '', /sandbox/);
  assert.equal((await get(path)).status, 404);
  assert.equal((await get(`/applications/${receipt}/correction/files/1`, cookie)).status, 404);
  const attachments = [{ name: '位置図.pdf', size: bytes.length, sha256: sha256Hex(bytes), rule: 'map' }];
  const change = { ...answers, place: '中央二丁目' };
  const issued = await relatedRequest(room, {
    receipt,
    place: 'correction',
    cookie,
    answers: change,
    attachments,
  });
  assert.deepEqual(issued.claims.relation?.changed, ['place']);
  await sendRelated(room, issued, {}, files);
  assert.equal(await stateIs(receipt), 'verified');
});

test('what changed is named: answers given, changed and taken away, rows, and files by their rule', () => {
  const file = { name: 'a.pdf', size: 1, sha256: 'a'.repeat(64), rule: 'map' };
  const earlier = { answers: { a: '1', b: '2', 'g.0.n': 'x' }, attachments: [file] };
  assert.deepEqual(changedNames(earlier, earlier), []);
  const later = {
    answers: { a: '1', c: '3', 'g.0.n': 'y' },
    attachments: [{ ...file, sha256: 'b'.repeat(64) }],
  };
  assert.deepEqual(changedNames(earlier, later), ['b', 'c', 'g.0.n', 'map']);
});

test('the applicant withdraws by a signature of their own, and the case ends', async () => {
  const receipt = await room.file();
  const cookie = await lookUp(room, receipt);
  const page = plain(await (await get(`/applications/${receipt}/withdrawal`, cookie)).text());
  assert.ok(page.includes('住民票の写しの交付申請') && page.includes('もとにもどすことはできません'));
  const issued = await relatedRequest(room, {
    receipt,
    place: 'withdrawal',
    cookie,
    answers: { why: '不要になった' },
  });
  assert.equal(issued.claims.relation?.kind, 'withdraws');
  const own = await sendRelated(room, issued);
  assert.equal(await stateIs(receipt), 'withdrawn');
  assert.equal(await stateIs(own), 'joined');
  assert.equal((await get(`/applications/${receipt}/withdrawal`, cookie)).status, 409);
  assert.match(await (await get(`/applications/${receipt}`, cookie)).text(), /<h1[^>]*>申請を取り下げました/);
  assert.equal(await officer(receipt, 'accept'), 'decided');
});

test('a withdrawal by another person, or whose certificate cannot be checked yet, waits: for an officer, or for the authority', async () => {
  const receipt = await room.file();
  const cookie = await lookUp(room, receipt);
  const input = { receipt, place: 'withdrawal', cookie, answers: {} } as const;
  const other = await sendRelated(room, await relatedRequest(room, input), {
    identity: { ...taro, name: '総務　次郎' },
  });
  assert.equal(await stateIs(receipt), 'verified', 'nothing happened to the application');
  assert.equal(await stateIs(other), 'verified', 'the withdrawal waits on the desk');
  assert.equal(await officer(other, 'accept'), 'reason');
  assert.equal(await officer(other, 'accept', '改名を戸籍で確かめた'), undefined);
  assert.equal(await stateIs(receipt), 'withdrawn');

  const second = await room.file();
  room.list.answers = false;
  const waiting = await sendRelated(
    room,
    await relatedRequest(room, { ...input, receipt: second, cookie: await lookUp(room, second) }),
  );
  assert.equal(await stateIs(waiting), 'tryLater');
  assert.equal(await stateIs(second), 'verified');
  const receiptPage = plain(
    await (await get(`/applications/${waiting}`, await lookUp(room, waiting))).text(),
  );
  assert.ok(
    receiptPage.includes(second) && receiptPage.includes('もとの申請を見る'),
    'from the first moment',
  );
  assert.equal(receiptPage.includes('この申請を取り下げる'), false, 'it is no application of its own');
  room.list.answers = true;
  const { recheck } = await import('../verification/index.js');
  await recheck(room.verification, waiting);
  assert.equal(await stateIs(second), 'withdrawn');
});

test('a withdrawal that comes after the decision changes nothing', async () => {
  const receipt = await room.file();
  const cookie = await lookUp(room, receipt);
  const issued = await relatedRequest(room, { receipt, place: 'withdrawal', cookie, answers: {} });
  await officer(receipt, 'accept');
  const own = await sendRelated(room, issued);
  assert.equal(await findRefusal(db.sql, code, own), 'relation.state');
  assert.equal(await stateIs(receipt), 'accepted');
});

test('stopped between joining and verifying, the job finishes what is due, and only that', async () => {
  const { receipt, cookie } = await returned();
  const issued = await relatedRequest(room, { receipt, place: 'correction', cookie, answers: juminhyo });
  const own = await sendRelated(room, issued);
  await db.sql`update agency.cases set state = 'opened' where receipt_number = ${receipt}`;
  await openAgain(room, own);
  assert.equal(await stateIs(receipt), 'verified');
  assert.equal((await latestVerification(db.sql, code, receipt))?.seq, 3);
  await openAgain(room, own);
  assert.equal((await latestVerification(db.sql, code, receipt))?.seq, 3);
});

test('the state of every case is what its actions say, and the audit chain is whole and names nobody', async () => {
  const cases = await db.sql<{ receipt: string; state: CaseState }[]>`
    select receipt_number as receipt, state from agency.cases`;
  assert.ok(cases.length > 20);
  for (const { receipt, state } of cases)
    assert.equal(stateOf(await listActions(db.sql, code, receipt)), state, receipt);
  assert.ok((await verifyAudit(db.sql, `agency:${code}`)).ok);
  const text = JSON.stringify(await db.sql`select actor, action, subject, detail from store.audit_entries`);
  for (const secret of ['総務', '改名', '不要']) assert.equal(text.includes(secret), false);
});
