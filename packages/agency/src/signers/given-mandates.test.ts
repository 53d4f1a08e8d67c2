// 委任の終わり: what a mandate does not cover, what its giver has revoked and what its time has ended, a representative cannot do any more.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Database, newSecret, secretDigest } from '@madoguchi/store';
import { Hono } from 'hono';
import { agencyApp } from '../app.js';
import { findCase, findRefusal } from '../cases/queries.js';
import { demoProcedures } from '../demo-procedures.js';
import { loadProcedures } from '../procedures.js';
import { makeReply } from '../replies/reply.js';
import { type CardHolder, cardHolder, codeFor, cosign, follow, lookAgain } from '../testing/cosigning.js';
import { openDesk } from '../testing/desk-room.js';
import { lookUp, relatedRequest, sendRelated } from '../testing/related.js';
import { base, origin, temporaryDatabase } from '../testing/room.js';
import { sampleAnswers } from '../testing/sample-answers.js';
import { openVerificationRoom, type VerificationRoom } from '../testing/verification-room.js';
import { latestVerification } from '../verification/queries.js';

let db: Database;
let close: () => Promise<void>;
let room: VerificationRoom;
let app: Hono;
let mother: CardHolder;
let officer: Awaited<ReturnType<ReturnType<typeof openDesk>>>;
const code = '99201';
const period = { from: '2026-11-01', until: '2027-01-31' };

before(async () => {
  ({ db, close } = await temporaryDatabase());
  room = await openVerificationRoom(db, loadProcedures(demoProcedures('national')));
  const who = { name: '総務　梅子', birthDate: '1948-02-03', sex: 'female' } as const;
  mother = { ...(await cardHolder(room, who)), authenticationKey: 'M'.repeat(43) };
  officer = await openDesk(room)('whole');
  const login = { anchors: [], demo: true, revocation: room.trust.revocation };
  app = new Hono().route(base, agencyApp({ ...room.options, login }));
});
after(() => close());

/** A representative's application with a mandate for these powers; their cookies too. */
async function mandated(powers: string) {
  const pension = room.procedures.find(({ definition }) => definition.id === 'nenkin-shokai');
  assert.ok(pension);
  const { name, address, birthDate } = mother.identity;
  const answers = sampleAnswers(pension.definition, {
    ...{ who: 'agent', principalName: name, principalAddress: address, principalBirth: birthDate },
  });
  const receipt = await room.file({}, { procedure: 'nenkin-shokai', answers });
  const mandate = await cosign(room, receipt, 'principal', mother, { ...period, powers });
  await lookAgain(room, receipt);
  return { receipt, mandate, cookie: await lookUp(room, receipt) };
}

const plain = (html: string) => html.replaceAll(/<r[tp]>.*?<\/r[tp]>|<\/?ruby>/g, '');

async function open(path: string, cookie: string, post = false) {
  const answer = await app.request(`${origin}${base}${path}`, {
    method: post ? 'POST' : 'GET',
    headers: { cookie, origin, 'sec-fetch-site': 'same-origin' },
  });
  return { status: answer.status, text: plain(await answer.text()) };
}

/** The cookie of somebody who has logged in with this card. */
async function logIn(authenticationKey: string): Promise<string> {
  const token = newSecret();
  const until = new Date(room.time.now.getTime() + 600_000);
  await db.sql`insert into agency.citizen_sessions (agency, token_hash, authentication_key, created_at, expires_at)
    values (${code}, ${secretDigest(token)}, ${authenticationKey}, ${room.time.now}, ${until})`;
  return `mado_my_${code}=${token}`;
}

test('the desk shows the scope of the mandate and the lights of both; what it does not cover the representative cannot do', async () => {
  const { receipt, mandate, cookie } = await mandated('file,correct');
  const desk = await officer.page(`/cases/${receipt}`);
  for (const words of ['委任の期間（おわり）', '令和9年1月31日', '補正に応じること', '有効です', mandate])
    assert.ok(desk.includes(words), words);
  assert.ok(!desk.slice(desk.indexOf('id="mandate"')).includes('結果を受け取ること'));
  const withdrawal = await open(`/applications/${receipt}/withdrawal`, cookie);
  assert.equal(withdrawal.status, 409);
  assert.match(withdrawal.text, /このことは任されていません/);
  await officer.decide(receipt, 'accept', '記録を確かめた');
  await makeReply(room.options, receipt);
  assert.match((await open(`/applications/${receipt}`, cookie)).text, /通知は、委任した本人に渡されます/);
  assert.equal((await open(`/applications/${receipt}/notice.pdf`, cookie)).status, 403);
  const theirs = (await follow(room, receipt, await codeFor(room, receipt, 'principal'))) ?? '';
  assert.match((await open(`/applications/${receipt}/cosign`, theirs)).text, /cosign\/notice\.pdf/);
  assert.equal((await open(`/applications/${receipt}/cosign/notice.pdf`, theirs)).status, 200);
});

test('its giver sees it by card and revokes it once; nobody else can; the officer is told, and the representative can do nothing more', async () => {
  const { receipt, mandate, cookie } = await mandated('file,correct,withdraw,receive');
  const early = await relatedRequest(room, {
    receipt,
    cookie,
    place: 'withdrawal',
    answers: {},
  });
  assert.equal((await open('/my/mandates', '')).status, 303, 'the login comes first');
  const stranger = await logIn('X'.repeat(43));
  assert.match((await open('/my/mandates', stranger)).text, /委任状は、ありません/);
  assert.equal((await open(`/my/mandates/${mandate}/revoke`, stranger, true)).status, 409);
  const own = await logIn(mother.authenticationKey ?? '');
  const page = (await open('/my/mandates', own)).text;
  for (const words of ['総務　太郎', receipt, '取り下げること', '有効です', 'この委任を取り消す'])
    assert.ok(page.includes(words), words);
  assert.equal((await open(`/my/mandates/${mandate}/revoke`, own, true)).status, 303);
  assert.equal((await open(`/my/mandates/${mandate}/revoke`, own, true)).status, 409, 'once');
  assert.match((await open('/my/mandates', own)).text, /取り消されました/);
  await lookAgain(room, receipt, true);
  const lights = (await latestVerification(db.sql, code, receipt))?.lights;
  assert.equal(lights?.identity.state, 'bad');
  assert.match(lights?.identity.sentence.ja ?? '', /梅子.*申請のあとで委任を取り消しました/);
  assert.equal(lights?.signature.state, 'good', 'what was signed stays signed');
  const desk = await officer.page(`/cases/${receipt}`);
  assert.ok(desk.includes('委任を取り消した') && desk.includes('取り消されました'));
  const late = await sendRelated(room, early);
  assert.equal(await findRefusal(db.sql, code, late), 'relation.mandate', 'asked for before, sent after');
  assert.equal((await findCase(db.sql, code, receipt))?.state, 'verified');
  assert.equal((await officer.decide(receipt, 'accept')).status, 422, 'not without a reason');
  await officer.post(
    `/cases/${receipt}/decision`,
    { decision: 'correct', reason: '本人の意思を確かめて', until: '2026-12-20' },
    `/cases/${receipt}`,
  );
  const correction = await open(`/applications/${receipt}/correction`, cookie);
  assert.equal(correction.status, 409);
  assert.match(correction.text, /本人が委任を取り消した/);
});

test('after its last day the representative can do nothing more, and its giver need not revoke it', async () => {
  const { receipt, mandate, cookie } = await mandated('file,withdraw');
  const { now } = room.time;
  room.time.now = new Date(now.getTime() + 80 * 86_400_000);
  const withdrawal = await open(`/applications/${receipt}/withdrawal`, await lookUp(room, receipt));
  assert.match(withdrawal.text, /委任状の期間が終わった/);
  const own = await logIn(mother.authenticationKey ?? '');
  assert.match((await open('/my/mandates', own)).text, /期間が終わりました/);
  assert.equal((await open(`/my/mandates/${mandate}/revoke`, own, true)).status, 409);
  room.time.now = now;
  assert.equal((await open(`/applications/${receipt}/withdrawal`, cookie)).status, 200);
});
