// 自動車OSS: one application, parts to police, transport branch and prefectural tax.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { sha256Hex } from '@madoguchi/procedure';
import type { Database } from '@madoguchi/store';
import { createApiKey } from '../api/keys.js';
import { detailed } from '../api/shapes.js';
import { listActions } from '../cases/actions.js';
import { findCase } from '../cases/queries.js';
import { stateOf } from '../cases/state.js';
import { demoProcedures } from '../demo-procedures.js';
import type { Decision } from '../desk/decide.js';
import { listOwnCases } from '../my/queries.js';
import { loadProcedures } from '../procedures.js';
import { noticeText } from '../replies/notice.js';
import { noticeOf } from '../replies/reply.js';
import { cardHolder, cosign, lookAgain } from '../testing/cosigning.js';
import { everyRole, openDesk } from '../testing/desk-room.js';
import { lookUp, relatedRequest, sendRelated } from '../testing/related.js';
import { base, origin, temporaryDatabase } from '../testing/room.js';
import { sampleAnswers } from '../testing/sample-answers.js';
import { openVerificationRoom, type VerificationRoom } from '../testing/verification-room.js';
import { readParts } from './case-parts.js';
import { decidePart, newestForPart } from './decide-part.js';
import { type PartAction, partProgress, partsInForce } from './progress.js';

let db: Database;
let close: () => Promise<void>;
let room: VerificationRoom;
let answers: Record<string, string>;
type Officer = Awaited<ReturnType<ReturnType<typeof openDesk>>>;
const offices: Record<string, Officer> = {};
const code = '99201';
const bytes = Buffer.from('%PDF-1.4 sample');
const files = ['completion', 'map'].map((rule) => ({ name: `${rule}.pdf`, bytes, rule }));

before(async () => {
  ({ db, close } = await temporaryDatabase());
  room = await openVerificationRoom(db, loadProcedures(demoProcedures('national')));
  const oss = room.procedures.find(({ definition }) => definition.id === 'jidosha-oss');
  assert.ok(oss);
  answers = sampleAnswers(oss.definition);
  const sitDown = openDesk(room);
  for (const office of ['police', 'transport', 'tax'])
    offices[office] = await sitDown(`at-${office}`, [{ role: 'approver', scope: `office:${office}` }]);
  offices.whole = await sitDown('whole', [...everyRole]);
});
after(() => close());

const file = (change = {}) =>
  room.file({}, { procedure: 'jidosha-oss', answers: { ...answers, ...change }, files });
const at = (office: string): Officer => offices[office] ?? assert.fail(office);
const decideAs = (office: string, receipt: string, decision: Decision, reason = '', more = {}) =>
  at(office).post(
    `/parts/${receipt}/${office}/decision`,
    { decision, reason, ...more },
    `/parts/${receipt}/${office}`,
  );
const states = async (receipt: string) =>
  Object.fromEntries(
    ((await readParts(db.sql, code, receipt))?.progress ?? []).map(({ part, state }) => [part.id, state]),
  );
const stateIs = async (receipt: string) => (await findCase(db.sql, code, receipt))?.state;
const plain = (html: string) => html.replaceAll(/<r[tp]>.*?<\/r[tp]>|<\/?ruby>/g, '');
const citizen = async (receipt: string) =>
  plain(
    await (
      await room.app.request(`${origin}${base}/applications/${receipt}`, {
        headers: { cookie: await lookUp(room, receipt) },
      })
    ).text(),
  );

describe('the state of every part is the sum of the case’s actions', () => {
  const parts = () => {
    const oss = room.procedures.find(({ definition }) => definition.id === 'jidosha-oss');
    assert.ok(oss);
    return partsInForce(oss.definition, answers);
  };
  const t = (minutes: number) => new Date(Date.UTC(2026, 10, 24, 1, minutes));
  const act = (kind: string, detail: Record<string, string> = {}): PartAction => ({
    kind,
    detail,
    at: t(actionsMade++),
  });
  let actionsMade = 0;
  const after = (...actions: PartAction[]) => partProgress(parts(), actions).map(({ state }) => state);

  test('registration waits for the parking certificate; the tax office does not', () => {
    assert.deepEqual(after(act('opened')), ['waiting', 'blocked', 'waiting']);
    assert.deepEqual(after(act('opened'), act('partAccepted', { part: 'police' })), [
      'accepted',
      'waiting',
      'waiting',
    ]);
    assert.deepEqual(after(act('opened'), act('cosignAsked')), ['blocked', 'blocked', 'blocked']);
  });

  test('after a correction whoever asked looks again, and whoever sees something of what changed', () => {
    const accepted = [
      act('opened'),
      act('partAccepted', { part: 'police' }),
      act('partAccepted', { part: 'tax' }),
    ];
    const asked = act('correctionAsked', { part: 'transport', reason: '型式' });
    assert.deepEqual(after(...accepted, asked), ['accepted', 'correction', 'accepted']);
    const length = act('corrected', { changed: 'length' });
    assert.deepEqual(after(...accepted, asked, length), ['waiting', 'blocked', 'accepted']);
    const plate = act('corrected', { changed: 'plateWish,plateReservation' });
    assert.deepEqual(after(...accepted, asked, plate), ['accepted', 'waiting', 'accepted']);
    const identity = act('corrected', { changed: '*' });
    assert.deepEqual(after(...accepted, asked, identity), ['waiting', 'blocked', 'waiting']);
  });

  test('each office’s days begin when it can begin', () => {
    const [police, transport] = partProgress(parts(), [act('opened')]);
    assert.equal(police?.dueOn, '2026-12-01', 'five working days');
    assert.equal(transport?.dueOn, undefined);
    const later = { kind: 'partAccepted', at: new Date('2026-11-30T01:00:00Z'), detail: { part: 'police' } };
    assert.equal(
      partProgress(parts(), [act('opened'), later])[1]?.dueOn,
      '2026-12-02',
      'two after the police',
    );
  });

  test('strange actions move nothing', () => {
    assert.deepEqual(after(act('opened'), act('partAccepted', { part: '__proto__' }), act('partAccepted')), [
      'waiting',
      'blocked',
      'waiting',
    ]);
    assert.deepEqual(after(act('opened'), act('withdrawn')), ['ended', 'ended', 'ended']);
  });
});

test('three offices decide, each its part and in their order; the whole is accepted with the last, and the citizen sees one progress', async () => {
  const receipt = await file();
  assert.deepEqual(await states(receipt), { police: 'waiting', transport: 'blocked', tax: 'waiting' });
  const early = await decideAs('transport', receipt, 'accept', 'よい');
  assert.equal(early.status, 422);
  assert.match(plain(await early.text()), /先に決まる部分が、まだ承認されていません/);
  assert.match(await citizen(receipt), /3つの機関がそれぞれ確かめています。終わったところは、まだありません/);
  assert.equal((await decideAs('tax', receipt, 'accept', '住民記録なし')).status, 303);
  assert.equal((await decideAs('police', receipt, 'accept', '現地を確かめた')).status, 303);
  const shown = await citizen(receipt);
  assert.match(shown, /2つ終わりました/);
  for (const words of ['見本警察署', '見本運輸支局', '自動車税事務所', '審査中', '承認'])
    assert.ok(shown.includes(words), words);
  assert.ok(!shown.includes('現地を確かめた'), 'what an office notes on accepting is its own');
  assert.equal(await stateIs(receipt), 'verified');
  assert.equal((await decideAs('transport', receipt, 'accept', 'よい')).status, 303);
  assert.equal(await stateIs(receipt), 'accepted');
  const actions = await listActions(db.sql, code, receipt);
  assert.deepEqual(
    actions.slice(-4).map(({ kind }) => kind),
    ['partAccepted', 'partAccepted', 'partAccepted', 'accepted'],
  );
  assert.equal(stateOf(actions), 'accepted');
  const seen = await newestForPart(db.sql, code, receipt, 'tax');
  const late = { part: 'tax', decision: 'reject', reason: 'おそい', seen, officer: 'at-tax' } as const;
  assert.equal(await decidePart(db.sql, code, receipt, { ...late, at: room.time.now }), 'decided');
  const row = await findCase(db.sql, code, receipt);
  assert.ok(row);
  const notice = await noticeOf(db.sql, room.options.agency, row, {
    decision: 'accepted',
    reason: '',
    at: room.time.now,
  });
  assert.ok(notice);
  const text = JSON.stringify(noticeText({ ...notice, draft: false }));
  assert.match(text, /見本警察署.*自動車保管場所証明　承認/);
});

test('an office sees its own queue and its part’s fields and files, and nothing else is to be had by hand', async () => {
  const receipt = await file();
  const [police, tax] = [at('police'), at('tax')];
  const front = await police.get('');
  assert.equal(front.headers.get('location'), `${base}/desk/parts`);
  const queue = await police.page('/parts');
  assert.ok(queue.includes(`/parts/${receipt}/police`));
  assert.ok(!queue.includes(`/parts/${receipt}/tax`) && !queue.includes(`/parts/${receipt}/transport`));
  assert.ok((await at('transport').page('/parts?pile=notYet')).includes(`/parts/${receipt}/transport`));
  const seen = await police.page(`/parts/${receipt}/police`);
  for (const words of ['保管場所（車庫）の位置', '車台番号', 'map.pdf', '総務　太郎'])
    assert.ok(seen.includes(words), words);
  for (const words of ['取得価額', '所有の形', 'completion.pdf', '昼間に連絡'])
    assert.ok(!seen.includes(words), words);
  const taxed = await tax.page(`/parts/${receipt}/tax`);
  assert.ok(taxed.includes('取得価額') && !taxed.includes('保管場所（車庫）の位置'));
  const of = (part: string, rule: string) =>
    `/parts/${receipt}/${part}/attachments/${files.findIndex((one) => one.rule === rule)}`;
  assert.equal((await police.get(of('police', 'map'))).status, 200);
  for (const [officer, path] of [
    [police, of('police', 'completion')],
    [police, `/parts/${receipt}/tax`],
    [police, of('tax', 'map')],
    [tax, of('tax', 'map')],
    [police, `/cases/${receipt}`],
    [police, `/cases/${receipt}/attachments/0`],
    [police, `/parts/${receipt}/nobody`],
  ] as const)
    assert.equal((await officer.get(path)).status, 404, path);
  const forged = await police.post(
    `/parts/${receipt}/tax/decision`,
    { decision: 'accept', reason: 'x' },
    `/parts/${receipt}/police`,
  );
  assert.equal(forged.status, 404);
  const exported = await police.post('/export.csv', {}, '/parts');
  assert.ok(!(await exported.text()).includes(receipt));
  assert.equal((await states(receipt)).tax, 'waiting');
});

test('the whole is not decided over the offices’ heads', async () => {
  const receipt = await file();
  const whole = at('whole');
  const page = await whole.page(`/cases/${receipt}`);
  assert.ok(page.includes(`/parts/${receipt}/police`));
  assert.ok(!page.includes('value="accept"'));
  for (const decision of ['accept', 'reject']) {
    const answer = await whole.decide(receipt, decision, 'いそぎ');
    assert.equal(answer.status, 422);
    assert.match(plain(await answer.text()), /それぞれの機関が自分の部分を決めます/);
  }
  assert.equal(await stateIs(receipt), 'verified');
});

test('one office returns its part for correction while the others go on; what the correction changed is decided again', async () => {
  const receipt = await file();
  await decideAs('tax', receipt, 'accept', '記録なし');
  const asked = await decideAs('police', receipt, 'correct', '位置がちがいます', {
    mark: 'parkingAddress',
    until: '2026-12-20',
  });
  assert.equal(asked.status, 303);
  assert.equal(await stateIs(receipt), 'correction');
  const shown = await citizen(receipt);
  assert.ok(shown.includes('見本警察署: 位置がちがいます') && shown.includes('補正する'));
  assert.equal((await decideAs('police', receipt, 'accept', '待たない')).status, 422);
  const both = await decideAs('transport', receipt, 'correct', '番号をください', { mark: 'plateWish' });
  assert.equal(both.status, 303, 'an office may ask before its turn');
  const foreign = await listActions(db.sql, code, receipt);
  assert.equal(foreign.at(-1)?.detail.fields, 'plateWish');
  const page = await citizen(receipt);
  assert.ok(page.includes('位置がちがいます') && page.includes('見本運輸支局: 番号をください'));
  const attachments = files.map(({ name, rule }) => ({
    ...{ name, rule },
    size: bytes.length,
    sha256: sha256Hex(bytes),
  }));
  const correction = await relatedRequest(room, {
    receipt,
    place: 'correction',
    cookie: await lookUp(room, receipt),
    answers: { ...answers, parkingAddress: '見本県見本市西9-9-9' },
    attachments,
  });
  await sendRelated(room, correction, {}, files);
  assert.deepEqual(await states(receipt), { police: 'waiting', transport: 'blocked', tax: 'accepted' });
  const again = await decideAs('police', receipt, 'accept', '確かめた');
  assert.equal(again.status, 303);
});

test('an office cannot mark what it does not see', async () => {
  const receipt = await file();
  await decideAs('police', receipt, 'correct', '価額', { mark: 'price' });
  const action = (await listActions(db.sql, code, receipt)).at(-1);
  assert.deepEqual([action?.kind, action?.detail.fields], ['correctionAsked', '']);
});

test('the first rejection ends the whole with that office’s reason, and the other parts with it', async () => {
  const receipt = await file();
  await decideAs('tax', receipt, 'accept', '記録なし');
  assert.equal((await decideAs('police', receipt, 'reject')).status, 422, 'a rejection says why');
  assert.equal((await decideAs('police', receipt, 'reject', '2kmをこえています')).status, 303);
  assert.equal(await stateIs(receipt), 'rejected');
  assert.deepEqual(await states(receipt), { police: 'rejected', transport: 'ended', tax: 'accepted' });
  const actions = await listActions(db.sql, code, receipt);
  assert.equal(actions.at(-1)?.detail.reason, '見本警察署: 2kmをこえています');
  assert.match(await citizen(receipt), /2kmをこえています/);
});

test('offices do not get into each other’s way: a decision of another part is no reason to look again', async () => {
  const receipt = await file();
  const before = await at('police').page(`/parts/${receipt}/police`);
  const seen = /name="seen" value="([^"]*)"/.exec(before)?.[1] ?? '';
  await decideAs('tax', receipt, 'accept', '記録なし');
  const stale = await decideAs('police', receipt, 'accept', 'よい', { seen: '1' });
  assert.equal(stale.status, 422);
  const answer = await decideAs('police', receipt, 'accept', 'よい', { seen });
  assert.equal(answer.status, 303);
});

test('a withdrawal ends all parts', async () => {
  const receipt = await file();
  const withdrawal = await relatedRequest(room, {
    ...{ receipt, place: 'withdrawal', cookie: await lookUp(room, receipt) },
    answers: { reason: 'mistake' },
  });
  await sendRelated(room, withdrawal);
  assert.equal(await stateIs(receipt), 'withdrawn');
  assert.equal((await states(receipt)).police, 'ended');
  assert.ok(!(await at('police').page('/parts')).includes(`/parts/${receipt}/police`));
  assert.ok((await at('police').page('/parts?pile=done')).includes(`/parts/${receipt}/police`));
});

test('no part begins before everybody has signed', async () => {
  const hanako = await cardHolder(room, { name: '総務　花子', birthDate: '1977-05-05', sex: 'female' });
  const receipt = await file({
    owners: 'shared',
    'coOwners.0.name': '総務　花子',
    'coOwners.0.address': hanako.identity.address,
  });
  assert.deepEqual(await states(receipt), { police: 'blocked', transport: 'blocked', tax: 'blocked' });
  assert.ok(!(await at('police').page('/parts')).includes(`/parts/${receipt}/police`));
  assert.equal((await decideAs('police', receipt, 'accept', 'いそぎ')).status, 422);
  await cosign(room, receipt, 'coOwner.0', hanako);
  await lookAgain(room, receipt);
  assert.equal((await states(receipt)).police, 'waiting');
  const police = await at('police').page(`/parts/${receipt}/police`);
  assert.ok(
    !police.includes('総務　花子'),
    'the co-owner is not in the police’s part, nor is what was found of her',
  );
  assert.ok(police.includes('この部分にない人の情報をふくむため'));
  const transport = await at('transport').page(`/parts/${receipt}/transport`);
  assert.ok(transport.includes('総務　花子'));
});

test('core systems are told of signers and parts by the API, and a list of one procedure has both', async () => {
  const receipt = await file();
  await decideAs('tax', receipt, 'accept', '記録なし');
  const key = await createApiKey(db.sql, code, { name: 'core', officer: 'whole', now: room.time.now });
  const answer = await room.app.request(`${origin}${base}/api/v1/applications/${receipt}`, {
    headers: { authorization: `Bearer ${key}` },
  });
  const told = detailed.parse(await answer.json());
  assert.deepEqual(told.signers, []);
  assert.deepEqual(
    told.parts.map(({ part, office, state }) => [part, office, state]),
    [
      ['police', 'police', 'waiting'],
      ['transport', 'transport', 'blocked'],
      ['tax', 'tax', 'accepted'],
    ],
  );
  const list = await at('whole').post('/export.csv?procedure=jidosha-oss');
  const text = await list.text();
  const row = text.split('\r\n').find((line) => line.includes(receipt));
  assert.ok(text.includes('共同の署名') && row?.includes('自動車税の申告 承認'), row);
});

test('マイページ counts the offices that are done', async () => {
  const authenticationKey = 'P'.repeat(43);
  const receipt = await room.file({ authenticationKey }, { procedure: 'jidosha-oss', answers, files });
  await decideAs('tax', receipt, 'accept', '記録なし');
  const [own] = await listOwnCases(db.sql, code, authenticationKey);
  assert.deepEqual([own?.receiptNumber, own?.parts, own?.partsDone], [receipt, 3, 1]);
});

test('what a scanner has named is said on an office’s page and does not leave its desk', async () => {
  const receipt = await file();
  const police = await openDesk(room, { scan: async () => 'malware' })('guarded', [
    { role: 'examiner', scope: 'office:police' },
  ]);
  const address = `/parts/${receipt}/police`;
  assert.match(await police.page(address), /ウイルス|不正/);
  const index = files.findIndex(({ rule }) => rule === 'map');
  assert.equal((await police.get(`${address}/attachments/${index}`)).status, 403);
  assert.equal((await at('police').get(`${address}/attachments/${index}`)).status, 200);
});
