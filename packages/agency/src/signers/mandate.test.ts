// 代理人: somebody files for another person, who signs a 委任状 about that very application with a card of their own.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { drawApplication, readSubmission, sha256Hex } from '@madoguchi/procedure';
import type { Database } from '@madoguchi/store';
import { taro } from '@madoguchi/testing';
import { listActions } from '../cases/actions.js';
import { findCase, findRefusal } from '../cases/queries.js';
import { demoProcedures } from '../demo-procedures.js';
import { decide } from '../desk/decide.js';
import { loadProcedures } from '../procedures.js';
import {
  askToSign,
  type CardHolder,
  cardHolder,
  codeFor,
  containerOf,
  cosign,
  follow,
  lookAgain,
  sendSigned,
  signingRequest,
} from '../testing/cosigning.js';
import { base, origin, temporaryDatabase } from '../testing/room.js';
import { sampleAnswers } from '../testing/sample-answers.js';
import { openVerificationRoom, type VerificationRoom } from '../testing/verification-room.js';
import { latestVerification } from '../verification/queries.js';
import { judgeMandate } from './mandate.js';

let db: Database;
let close: () => Promise<void>;
let room: VerificationRoom;
let mother: CardHolder;
let answers: Record<string, string>;
const code = '99201';
const period = { from: '2026-11-01', until: '2027-01-31', powers: 'file,correct,receive' };

before(async () => {
  ({ db, close } = await temporaryDatabase());
  room = await openVerificationRoom(db, loadProcedures(demoProcedures('national')));
  mother = await cardHolder(room, { name: '総務　梅子', birthDate: '1948-02-03', sex: 'female' });
  const pension = room.procedures.find(({ definition }) => definition.id === 'nenkin-shokai');
  assert.ok(pension);
  answers = sampleAnswers(pension.definition, {
    who: 'agent',
    principalName: mother.identity.name,
    principalAddress: mother.identity.address,
    principalBirth: mother.identity.birthDate,
  });
});
after(() => close());

const file = () => room.file({}, { procedure: 'nenkin-shokai', answers });
const stateIs = async (receipt: string) => (await findCase(db.sql, code, receipt))?.state;
const refusalOf = (receipt: string) => findRefusal(db.sql, code, receipt);
const plain = (html: string) => html.replaceAll(/<r[tp]>.*?<\/r[tp]>|<\/?ruby>/g, '');

test('the case waits for the mandate, a paper of its own about this very application; with it the representative’s application is examined', async () => {
  const receipt = await file();
  assert.equal(await stateIs(receipt), 'cosigning');
  assert.equal(
    (await findCase(db.sql, code, receipt))?.correctBy,
    '2026-12-22',
    'thirty days, as its rule says',
  );
  const cookie = await follow(room, receipt, await codeFor(room, receipt, 'principal'));
  const page = plain(
    await (
      await room.app.request(`${origin}${base}/applications/${receipt}/cosign`, {
        headers: { cookie: cookie ?? '' },
      })
    ).text(),
  );
  for (const words of [
    '総務　太郎 さんが、あなたの代理人として',
    '代理人の氏名',
    '委任の期間（おわり）',
    '基礎年金番号',
  ])
    assert.ok(page.includes(words), words);
  assert.ok(!/name="agentName"/.test(page), 'nobody types whom the application already names');
  assert.match(page, /name="from"[^>]*value="2026-11-22"/);
  const own = await cosign(room, receipt, 'principal', mother, { ...period, agentName: '別人' });
  assert.equal(await stateIs(own), 'joined');
  const paper = readSubmission(await containerOf(room, own));
  const first = readSubmission(await containerOf(room, receipt));
  assert.ok(paper.ok && first.ok);
  assert.equal(paper.value.definition.id, 'ininjo');
  assert.deepEqual(paper.value.application.answers, {
    ...period,
    agentName: taro.name,
    agentAddress: taro.address,
    matter: first.value.definition.title.ja,
    receipt,
  });
  assert.equal(paper.value.application.relation?.application, sha256Hex(first.value.applicationBytes));
  assert.equal(paper.value.cosigned?.applicant.name, taro.name);
  const { rows } = drawApplication(paper.value.definition, paper.value.application, paper.value.cosigned);
  assert.deepEqual(
    rows.filter(({ id }) => id.endsWith('applicant.name')).map(({ row, value }) => [row?.ja, value]),
    [
      ['申請した人', taro.name],
      ['署名する人', mother.identity.name],
    ],
  );
  await lookAgain(room, receipt);
  assert.equal(await stateIs(receipt), 'verified');
  const seen = (await listActions(db.sql, code, receipt)).at(-1)?.seq ?? 0;
  const decision = { decision: 'accept', reason: '記録は別に確かめた', seen, officer: 'desk' } as const;
  assert.equal(await decide(db.sql, code, receipt, { ...decision, at: room.time.now }), undefined);
});

test('a mandate for another time, without the power to file, or left open is told in words before the signature', async () => {
  const receipt = await file();
  const cookie = await follow(room, receipt, await codeFor(room, receipt, 'principal'));
  for (const [change, words] of [
    [{ from: '2026-11-23' }, '代理人が申請した日をふくむ期間に'],
    [{ until: '2026-11-21' }, '期間のおわりは、今日より後の日に'],
    [{ from: '2027-03-01' }, '期間のおわりは、はじめより後の日に'],
    [{ powers: 'receive' }, '「申請をすること」を任せないと'],
    [{ until: '' }, '期間'],
  ] as const) {
    const answer = await askToSign(room, receipt, cookie ?? '', { ...period, ...change });
    assert.equal(answer.status, 422, words);
    assert.ok(plain(await answer.text()).includes(words), words);
  }
  assert.equal(await stateIs(receipt), 'cosigning');
});

test('somebody else cannot give the mandate, nor the representative to themselves', async () => {
  const receipt = await file();
  const self = { identity: taro, party: room.citizens.citizen };
  assert.equal(await refusalOf(await cosign(room, receipt, 'principal', self, period)), 'cosign.person');
  const sister = await cardHolder(room, { name: '総務　梅子', birthDate: '1950-12-12', sex: 'female' });
  assert.equal(await refusalOf(await cosign(room, receipt, 'principal', sister, period)), 'cosign.person');
});

test('a principal whose certificate was revoked gives none; a mandate for one application does not serve another', async () => {
  const [receipt, other] = [await file(), await file()];
  const { serial } = mother.party.certificate;
  room.list.entries = [
    { serial, date: new Date(room.time.now.getTime() - 86_400_000), reason: 'affiliationChanged' },
  ];
  assert.equal(await refusalOf(await cosign(room, receipt, 'principal', mother, period)), 'cosign.validity');
  room.list.entries = [];
  const issued = await signingRequest(room, receipt, 'principal', period);
  const foreign = await signingRequest(room, other, 'principal', period);
  const crossed = { ...issued, claims: { ...issued.claims, relation: foreign.claims.relation } };
  const number = await sendSigned(room, receipt, crossed as typeof issued, mother);
  assert.notEqual(await stateIs(number), 'joined');
  assert.equal(await stateIs(other), 'cosigning');
});

test('a mandate whose time ended after the filing is a question to the officer at the next look', async () => {
  const receipt = await file();
  await cosign(room, receipt, 'principal', mother, { ...period, until: '2026-11-22' });
  await lookAgain(room, receipt);
  const about = { agentName: 'a', receipt: 'r' };
  const standing = (asked: Record<string, string>, filedOn: string, today: string) =>
    judgeMandate({ ...about, ...period }, asked, { filedOn, today, isRevoked: false });
  assert.equal(standing(about, '2026-11-22', '2026-12-01'), 'good');
  assert.equal(standing(about, '2026-11-22', '2027-02-01'), 'over');
  assert.equal(standing({ ...about, receipt: 'x' }, '2026-11-22', '2026-12-01'), 'other');
  assert.equal(standing(about, '2026-10-01', '2026-12-01'), 'other', 'filed before it began');
  assert.equal((await latestVerification(db.sql, code, receipt))?.lights.signature.state, 'good');
});

test('who asks for their own record signs alone', async () => {
  const pension = room.procedures.find(({ definition }) => definition.id === 'nenkin-shokai');
  assert.ok(pension);
  const own = { procedure: 'nenkin-shokai', answers: sampleAnswers(pension.definition) };
  assert.equal(await stateIs(await room.file({}, own)), 'verified');
});
