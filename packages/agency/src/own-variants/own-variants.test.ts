// 異体字の表 at the desk: one officer proposes, another puts it in force, and the applications that it concerns are looked at again.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Database, verifyAudit } from '@madoguchi/store';
import { taro } from '@madoguchi/testing';
import { ownRowMark } from '../matching/index.js';
import { shippedVariants } from '../matching/load-variants.js';
import { everyRole, openDesk } from '../testing/desk-room.js';
import { temporaryDatabase } from '../testing/room.js';
import { openVerificationRoom, type VerificationRoom } from '../testing/verification-room.js';
import { type CitizenTrust, putResident, verificationTasks } from '../verification/index.js';
import { latestVerification } from '../verification/queries.js';
import { readProposal } from './rows.js';
import { type OwnVariantTable, openVariantTable } from './table.js';

let db: Database;
let close: () => Promise<void>;
let room: VerificationRoom;
let table: OwnVariantTable;
let trust: CitizenTrust;
let sitDown: ReturnType<typeof openDesk>;
const code = '99201';
const proposal = { kind: 'variant', forms: '太・汰', note: '市の文字情報 第3号' };

before(async () => {
  ({ db, close } = await temporaryDatabase());
  room = await openVerificationRoom(db);
  table = await openVariantTable({ sql: db.sql, agency: code }, shippedVariants());
  trust = { ...room.trust, variants: table };
  sitDown = openDesk(room, { variants: table, verification: { ...room.verification, trust } });
});
after(() => close());

/** Does 照合 find the resident, by a row of the agency's own? */
async function isFound(receipt: string): Promise<boolean> {
  const light = (await latestVerification(db.sql, code, receipt))?.lights.identity;
  assert.equal(light?.state, 'check', 'found or not, an officer decides');
  const restsOnRow = JSON.stringify(light.checks).includes(ownRowMark);
  assert.equal(light.record?.resident, restsOnRow ? 'r-1' : undefined);
  return restsOnRow;
}

/** Does what waits for this case. */
async function runLook(receipt: string): Promise<void> {
  const key = `agency.verify:${code}:${receipt}`;
  const [job] = await db.sql<{ payload: unknown }[]>`delete from graphile_worker._private_jobs
    where key = ${key} returning payload`;
  assert.ok(job, 'a look is due');
  await verificationTasks([{ ...room.verification, trust }])['agency.verify']?.(job.payload);
}

test('a row counts from the confirmation by another officer until it is ended, in open applications too', async () => {
  await putResident(db.sql, code, { id: 'r-1', ...taro, name: '総務　汰郎' });
  const receipt = await room.file({}, { trust });
  assert.equal(await isFound(receipt), false);
  const [suzuki, sato] = [await sitDown('suzuki'), await sitDown('sato')];
  const proposed = await suzuki.post('/variants', proposal, '/variants');
  assert.equal(proposed.headers.get('location'), '/a/99201/desk/variants?done');
  assert.equal(table.current().rowOf('太', '汰'), undefined, 'a proposal counts for nothing');
  assert.match(await suzuki.page('/variants'), /太・汰[\s\S]*市の文字情報 第3号[\s\S]*ほかの職員の確定を/);
  const [{ id } = { id: '' }] = await db.sql<{ id: string }[]>`select id::text from agency.own_variants`;

  const own = await suzuki.post(`/variants/${id}/confirm`, {}, '/variants');
  assert.equal(own.status, 409);
  assert.match(await own.text(), /自分の提案は、確定できません/);
  assert.equal((await sato.post(`/variants/${id}/confirm`, {}, '/variants')).status, 303);
  assert.equal(table.current().rowOf('太', '汰')?.note, proposal.note);
  await runLook(receipt);
  assert.equal(await isFound(receipt), true);
  assert.match(await suzuki.page(`/cases/${receipt}`), /異体字の表: 機関の表/);
  const file = await (await suzuki.get('/variants/file.tsv')).text();
  assert.ok(file.endsWith(`variant\t太汰\tagency\t${proposal.note}\n`), file);

  assert.equal((await sato.post(`/variants/${id}/end`, {}, '/variants')).status, 303);
  assert.equal(table.current().rowOf('太', '汰'), undefined);
  await runLook(receipt);
  assert.equal(await isFound(receipt), false);
  assert.equal((await sato.post(`/variants/${id}/end`, {}, '/variants')).status, 409, 'once');
  const audit = await db.sql<
    { action: string; actor: string }[]
  >`select action, actor from store.audit_entries
    where action like 'variant.%' order by seq`;
  assert.deepEqual(
    audit.map(({ action, actor }) => `${action} ${actor}`),
    ['variant.proposed officer:suzuki', 'variant.confirmed officer:sato', 'variant.ended officer:sato'],
  );
  assert.ok((await verifyAudit(db.sql, `agency:${code}`)).ok);
});

test('another process sees a change when it reads again, and the table of before where there is no database', async () => {
  const [{ id } = { id: '' }] = await db.sql<{ id: string }[]>`
    insert into agency.own_variants (agency, kind, forms, note, proposed_by, proposed_at, confirmed_by, confirmed_at)
    values (${code}, 'between-kanji', 'ノ埜', '字の例', 'a', now(), 'b', now()) returning id::text`;
  assert.equal(table.current().rowBetweenKanji('ノ', '埜'), undefined);
  await table.reload();
  assert.equal(table.current().rowBetweenKanji('ノ', '埜')?.source, 'agency');
  await db.sql`update agency.own_variants set ended_by = 'b', ended_at = now() where id = ${id}`;
  await table.reload();
  assert.equal(table.current().rowBetweenKanji('ノ', '埜'), undefined);
});

test('what no table may hold is refused in words at its field, and what was typed stays', async () => {
  const cases = [
    [{ ...proposal, forms: '土士' }, 'neverTheSame', /形は似ていても別の字/],
    [{ ...proposal, forms: '太A' }, 'script', /漢字でない文字/],
    [{ ...proposal, forms: '太' }, 'forms', /2つから12まで/],
    [{ ...proposal, forms: '' }, 'forms', /2つから12まで/],
    [{ ...proposal, note: ' \n' }, 'note', /出典と理由を/],
    [{ ...proposal, note: '字'.repeat(201) }, 'note', /200文字まで/],
    [{ ...proposal, forms: '辺邉' }, 'known', /もう表にある/],
    [{ ...proposal, kind: '#' }, 'kind', /組の種類を/],
    [{ ...proposal, kind: 'substitute' }, 'repertoire', /先に証明書で表せない字/],
  ] as const;
  const officer = await sitDown('tanaka');
  for (const [typed, fault, words] of cases) {
    assert.equal(readProposal(typed, shippedVariants()), fault);
    const answer = await officer.post('/variants', typed, '/variants');
    assert.equal(answer.status, 422, fault);
    const html = (await answer.text()).replaceAll(/<r[tp]>.*?<\/r[tp]>|<\/?ruby>/g, '');
    assert.match(html, words);
    assert.ok(typed.note.trim() === '' || html.includes(`value="${typed.note}"`), 'what was typed stays');
  }
  assert.equal((await officer.post('/variants', proposal, '/variants')).status, 303);
  assert.equal((await officer.post('/variants', proposal, '/variants')).status, 422, 'proposed already');
});

test('a department decides no row for the whole agency; who proposed one may take it back; an auditor only reads', async () => {
  const roads = everyRole.map(({ role }) => ({ role, scope: 'procedure:douro-senyo' }));
  const [clerk, auditor] = [
    await sitDown('doro-1', roads),
    await sitDown('kansa', [{ role: 'auditor', scope: '*' }]),
  ];
  assert.equal((await clerk.post('/variants', { ...proposal, forms: '総惣' }, '/variants')).status, 303);
  const rows = await db.sql<{ id: string; own: boolean }[]>`select id::text, proposed_by = 'doro-1' as own
    from agency.own_variants where ended_at is null and confirmed_at is null`;
  const [own, others] = [rows.find((row) => row.own)?.id, rows.find((row) => !row.own)?.id];
  assert.ok(own !== undefined && others !== undefined);
  for (const act of ['confirm', 'end'])
    assert.equal((await clerk.post(`/variants/${others}/${act}`, {}, '/variants')).status, 403, act);
  assert.equal((await clerk.post(`/variants/${own}/end`, {}, '/variants')).status, 303);
  assert.match(await auditor.page('/variants'), /太・汰/);
  assert.equal((await auditor.post('/variants', proposal, '/variants')).status, 403);
});
