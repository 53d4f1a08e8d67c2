import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { parseCertificate } from '@madoguchi/pki';
import { type Database, verifyAudit } from '@madoguchi/store';
import { mutations, taro } from '@madoguchi/testing';
import { createApiKey } from '../api/keys.js';
import { detailed } from '../api/shapes.js';
import { eraseCase } from '../archive/retention.js';
import { listActions } from '../cases/actions.js';
import { findCase } from '../cases/queries.js';
import { openDesk } from '../testing/desk-room.js';
import { base, origin, temporaryDatabase } from '../testing/room.js';
import { openVerificationRoom, type VerificationRoom } from '../testing/verification-room.js';
import { putResident } from '../verification/index.js';
import { latestVerification } from '../verification/queries.js';
import { matchFault } from './decide-match.js';
import { importLinks, readLinks } from './import.js';
import { certificateName, numbersOf } from './naming.js';

let db: Database;
let close: () => Promise<void>;
let room: VerificationRoom;
let sitDown: ReturnType<typeof openDesk>;
const code = '99201';
const moved = { id: 'r-1', ...taro, address: '見本県見本市中央一丁目2番3号 見本荘201号' };

before(async () => {
  ({ db, close } = await temporaryDatabase());
  room = await openVerificationRoom(db);
  sitDown = openDesk(room);
});
after(() => close());
beforeEach(async () => {
  for (const table of ['residents', 'resident_links', 'match_decisions'])
    await db.sql.unsafe(`delete from agency.${table}`);
});

const lightOf = async (receipt: string) => (await latestVerification(db.sql, code, receipt))?.lights.identity;
const matchOn = async (
  officer: Awaited<ReturnType<typeof sitDown>>,
  receipt: string,
  form: Record<string, string>,
) => officer.post(`/cases/${receipt}/match`, form, `/cases/${receipt}`);

test('a near match is decided with a reason, as an act of its own; then the light is good and the case accepted without another', async () => {
  await putResident(db.sql, code, moved);
  const receipt = await room.file();
  assert.equal((await lightOf(receipt))?.state, 'check');
  const officer = await sitDown('suzuki');
  const html = await officer.page(`/cases/${receipt}`);
  assert.match(html, /照合を判断する/);
  assert.ok(html.includes('見本荘201号'), 'both sides are shown');
  const silent = await matchOn(officer, receipt, { verdict: 'same' });
  assert.equal(silent.status, 422);
  assert.match(await silent.text(), /判断の理由を/);
  const reason = '届出で部屋番号を確かめた';
  assert.equal((await matchOn(officer, receipt, { verdict: 'same', matchReason: reason })).status, 303);
  const light = await lightOf(receipt);
  assert.equal(light?.state, 'good');
  assert.match(
    JSON.stringify(light?.checks),
    new RegExp(`職員が同じ人と判断しました（到達番号 ${receipt}）`),
  );
  assert.equal((await officer.decide(receipt, 'accept')).status, 303);
  const actions = await listActions(db.sql, code, receipt);
  const [act] = actions.filter(({ kind }) => kind === 'matched');
  assert.equal(act?.actor, 'officer:suzuki');
  assert.equal(act?.detail.reason, reason);
  const audit = JSON.stringify(
    await db.sql`select action, detail from store.audit_entries where subject = ${receipt}`,
  );
  assert.match(audit, /case\.matched/);
  assert.equal(audit.includes('部屋番号') || audit.includes('見本荘'), false);
  assert.ok((await verifyAudit(db.sql, `agency:${code}`)).ok);
  assert.equal((await matchOn(officer, receipt, { verdict: 'same', matchReason: 'x' })).status, 422);
});

test('the next filing with the same certificate finds the resident at once; a new difference is open again', async () => {
  await putResident(db.sql, code, moved);
  const first = await room.file();
  const officer = await sitDown('suzuki');
  await matchOn(officer, first, { verdict: 'same', matchReason: '確かめた' });
  const second = await room.file();
  const light = await lightOf(second);
  assert.equal(light?.state, 'good');
  assert.equal(light?.record?.basis, 'officer');
  assert.match(JSON.stringify(light?.checks), /証明書と住民の紐付け/);
  // Another namesake born the same day moves in, who would fit better: the link stands.
  await putResident(db.sql, code, { id: 'r-2', ...taro });
  const third = await room.file();
  assert.equal((await lightOf(third))?.record?.resident, 'r-1');
  // The record itself changes: what was decided was about other values.
  await putResident(db.sql, code, { ...moved, address: '別県別市東一丁目9番' });
  assert.notEqual((await lightOf(await room.file()))?.state, 'good');
});

test('decided to be somebody else: the link is gone, that resident is no candidate, and the light says so', async () => {
  await putResident(db.sql, code, moved);
  const receipt = await room.file();
  const officer = await sitDown('suzuki');
  await matchOn(officer, receipt, { verdict: 'same', matchReason: '確かめた' });
  assert.equal((await db.sql`select 1 from agency.resident_links`).length, 1);
  await putResident(db.sql, code, { ...moved, address: '別県別市東一丁目9番' });
  const later = await room.file();
  assert.equal(
    (await matchOn(officer, later, { verdict: 'different', matchReason: '同姓同名' })).status,
    303,
  );
  assert.equal((await db.sql`select 1 from agency.resident_links`).length, 0);
  const light = await lightOf(later);
  assert.equal(light?.state, 'bad');
  assert.match(light?.sentence.ja ?? '', /職員が別の人と判断しました/);
});

test('where nobody was found the officer names the resident; a number that is not on record is refused and nothing typed is lost', async () => {
  await putResident(db.sql, code, { ...moved, id: 'r-7', birthDate: '1950-01-01' });
  const receipt = await room.file();
  assert.match((await lightOf(receipt))?.sentence.ja ?? '', /見つかりません/);
  const officer = await sitDown('suzuki');
  const wrong = await matchOn(officer, receipt, { verdict: 'same', resident: 'r-9', matchReason: '戸籍' });
  assert.equal(wrong.status, 422);
  const text = await wrong.text();
  assert.match(text, /この番号の住民は、記録にありません/);
  assert.ok(text.includes('value="r-9"') && text.includes('>戸籍</textarea>'));
  assert.equal(
    (await matchOn(officer, receipt, { verdict: 'same', resident: 'r-7', matchReason: '戸籍' })).status,
    303,
  );
  assert.equal((await lightOf(receipt))?.record?.resident, 'r-7');
});

test('an exact match that is accepted links certificate and resident; core systems get the resident’s number, and no serial number is anywhere', async () => {
  await putResident(db.sql, code, { id: 'r-1', ...taro });
  const receipt = await room.file();
  const officer = await sitDown('suzuki');
  assert.equal((await db.sql`select 1 from agency.resident_links`).length, 0, 'looking links nobody');
  await officer.decide(receipt, 'accept');
  const [link] = await db.sql`select resident_id, basis from agency.resident_links`;
  assert.deepEqual({ ...link }, { resident_id: 'r-1', basis: 'match' });
  const token = await createApiKey(db.sql, code, {
    name: `k-${Date.now()}`,
    officer: 'x',
    now: room.time.now,
  });
  const answer = await room.app.request(`${origin}${base}/api/v1/applications/${receipt}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  assert.equal(detailed.parse(await answer.json()).resident, 'r-1');
  const certificate = parseCertificate(room.citizens.citizen.der);
  assert.ok(certificate.ok);
  const { serial } = numbersOf(certificate.value);
  const kept = JSON.stringify([
    await db.sql`select encode(certificate, 'hex') as c from agency.resident_links`,
    await db.sql`select lights from agency.verifications`,
  ]).toLowerCase();
  assert.equal(kept.includes(serial.toLowerCase()), false);
});

test('an erased case keeps no word of the decision and no number of the resident', async () => {
  await putResident(db.sql, code, moved);
  const receipt = await room.file();
  const officer = await sitDown('suzuki');
  await matchOn(officer, receipt, { verdict: 'same', matchReason: '窓口で本人に聞いた' });
  await officer.decide(receipt, 'accept');
  const erased = await eraseCase(db.sql, code, receipt, { at: room.time.now, actor: 'system', why: {} });
  assert.ok(erased.ok);
  const left = JSON.stringify([
    await db.sql`select reason from agency.match_decisions`,
    await db.sql`select resident_id from agency.cases where receipt_number = ${receipt}`,
  ]);
  assert.equal(left.includes('窓口') || left.includes('r-1'), false, left);
});

test('an officer’s decision asks for the newest page, an unlocked case and a certificate that somebody stands behind', async () => {
  await putResident(db.sql, code, moved);
  const receipt = await room.file();
  const [a, b] = [await sitDown('suzuki'), await sitDown('sato')];
  const late = await matchOn(a, receipt, { verdict: 'same', matchReason: 'x', seen: '1' });
  assert.match(await late.text(), /動きがありました/);
  await b.assign(receipt, 'take');
  const locked = await matchOn(a, receipt, { verdict: 'same', matchReason: 'x' });
  assert.match(await locked.text(), /引き継いでから/);
  const light = { state: 'check', sentence: { ja: '', jaEasy: '', en: '' }, checks: [] } as const;
  const record = { certificate: 'AA', resident: 'r-1', basis: undefined, differing: [] };
  const lights = { signature: light, identity: { ...light, record }, validity: light };
  const input = { verdict: 'same', reason: 'x', resident: '' } as const;
  assert.equal(matchFault(input, 'verified', lights), undefined);
  assert.equal(
    matchFault(input, 'verified', { ...lights, validity: { ...light, state: 'bad' } }),
    'signature',
  );
  assert.equal(matchFault(input, 'accepted', lights), 'decided');
  assert.equal(matchFault(input, 'verified', { ...lights, identity: light }), 'nothing');
  assert.equal((await findCase(db.sql, code, receipt))?.state, 'verified');
});

test('the register’s list links certificates with residents: the whole file or nothing, found by the certificate afterwards', async () => {
  await putResident(db.sql, code, { ...moved, birthDate: '1950-01-01' });
  const certificate = parseCertificate(room.citizens.citizen.der);
  assert.ok(certificate.ok);
  const { issuerKeyId, serial } = numbersOf(certificate.value);
  const { secret } = room.options.keys;
  const take = (text: string) =>
    importLinks(db.sql, { code, secret }, { bytes: Buffer.from(text), by: 'operator', at: room.time.now });
  const head = 'issuer_key_id,serial,resident_id';
  const bad = await take(`${head}\n${issuerKeyId},${serial},r-1\nxx,1,r-1\n${issuerKeyId},${serial},r-1`);
  assert.deepEqual(!bad.ok && bad.faults.map(({ line }) => line), [3, 4]);
  const unknown = await take(`${head}\n${issuerKeyId},${serial},nobody`);
  assert.equal(!unknown.ok && unknown.faults[0]?.message, 'this resident is not on record');
  assert.equal((await db.sql`select 1 from agency.resident_links`).length, 0);
  // Upper case and a leading zero name the same certificate.
  assert.ok(
    (await take(`\ufeff${head}\r\n${issuerKeyId.toUpperCase()},00${serial.toLowerCase()},r-1\r\n`)).ok,
  );
  assert.equal((await lightOf(await room.file()))?.record?.basis, 'import');
});

test('a list of links that is damaged gets a verdict', () => {
  const whole = Buffer.from('issuer_key_id,serial,resident_id\naabb,0132C4AB,r-1\n');
  for (const bytes of mutations(whole, 500)) assert.equal(typeof readLinks(bytes).ok, 'boolean');
  const names = ['a', 'b'].map((agency) =>
    certificateName(new Uint8Array(32), agency, { issuerKeyId: 'AA', serial: '01' }).toString('hex'),
  );
  assert.notEqual(names[0], names[1], 'two agencies cannot compare notes');
});
