import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { readPdf, signedContent, verifyXmlSignatures } from '@madoguchi/pki';
import type { Database } from '@madoguchi/store';
import { listActions } from '../cases/actions.js';
import { decide } from '../desk/decide.js';
import { receptionTasks } from '../tasks.js';
import { openDesk } from '../testing/desk-room.js';
import { lookUp } from '../testing/related.js';
import { base, origin, temporaryDatabase } from '../testing/room.js';
import { openVerificationRoom, type VerificationRoom } from '../testing/verification-room.js';
import { noticeXml } from './notice.js';
import { makeReply } from './reply.js';

let db: Database;
let close: () => Promise<void>;
let room: VerificationRoom;
const code = '99201';

before(async () => {
  ({ db, close } = await temporaryDatabase());
  room = await openVerificationRoom(db);
});
after(() => close());

async function decided(decision: 'accept' | 'reject', reason = ''): Promise<string> {
  const receipt = await room.file();
  const seen = (await listActions(db.sql, code, receipt)).at(-1)?.seq ?? 0;
  const at = room.time.now;
  assert.equal(
    await decide(db.sql, code, receipt, { decision, reason, seen, officer: 'desk', at }),
    undefined,
  );
  return receipt;
}

/** What the worker does with the jobs that decisions left. */
async function work(): Promise<void> {
  const tasks = receptionTasks([{ options: room.options, verify: async () => undefined }]);
  const jobs = await db.sql<{ payload: unknown }[]>`select j.payload from graphile_worker._private_jobs j
    join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = 'agency.reply'`;
  assert.ok(jobs.length > 0);
  for (const { payload } of jobs) await tasks['agency.reply']?.(payload);
}

const get = (p: string, cookie = '') => room.app.request(`${origin}${base}${p}`, { headers: { cookie } });
const missing = (...programs: string[]) => {
  const absent = programs.filter((program) => spawnSync(program, ['--version']).error !== undefined);
  return absent.length > 0 && `needs ${absent.join(', ')}`;
};

function ask(files: Record<string, Uint8Array>, program: string, args: string[]) {
  const folder = mkdtempSync(path.join(tmpdir(), 'notice-'));
  try {
    for (const [name, bytes] of Object.entries(files)) writeFileSync(path.join(folder, name), bytes);
    const done = spawnSync(program, args, { cwd: folder, encoding: 'utf8' });
    return { status: done.status, text: done.stdout + done.stderr };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('an accepted application gets a signed notice, which its applicant fetches with the numbers, and nobody else', async () => {
  const receipt = await decided('accept');
  const cookie = await lookUp(room, receipt);
  assert.equal((await get(`/applications/${receipt}/notice.pdf`, cookie)).status, 404, 'not made yet');
  await work();
  const page = await (await get(`/applications/${receipt}`, cookie)).text();
  assert.match(page, /notice\.pdf/);
  assert.match(page, /<h1[^>]*>審査が終わりました/);
  assert.equal((await get(`/applications/${receipt}/notice.pdf`)).status, 403);
  for (const kind of ['pdf', 'xml']) {
    const answer = await get(`/applications/${receipt}/notice.${kind}`, cookie);
    assert.equal(answer.status, 200);
    assert.match(answer.headers.get('content-disposition') ?? '', /^attachment/);
  }
  const kinds = (await listActions(db.sql, code, receipt)).map(({ kind }) => kind);
  assert.deepEqual(kinds.slice(-3), ['accepted', 'replied', 'replyFetched'], 'fetched is said once');
});

test('the application is there on paper for its applicant and for the desk, as the definition that was signed draws it; for nobody else', {
  skip: missing('pdftotext', 'qpdf'),
}, async () => {
  const receipt = await room.file();
  const path = `/applications/${receipt}/application.pdf`;
  assert.equal((await get(path)).status, 403);
  const cookie = await lookUp(room, receipt);
  assert.ok((await (await get(`/applications/${receipt}`, cookie)).text()).includes(path));
  const sit = await openDesk(room)('desk');
  assert.ok((await sit.page(`/cases/${receipt}`)).includes(`/cases/${receipt}/application.pdf`));
  for (const answer of [await get(path, cookie), await sit.get(`/cases/${receipt}/application.pdf`)]) {
    assert.equal(answer.headers.get('content-type'), 'application/pdf');
    const pdf = new Uint8Array(await answer.arrayBuffer());
    assert.equal(ask({ 'a.pdf': pdf }, 'qpdf', ['--check', 'a.pdf']).status, 0);
    const { text } = ask({ 'a.pdf': pdf }, 'pdftotext', ['-layout', 'a.pdf', '-']);
    const flat = text.normalize('NFKC').replaceAll(/\s/g, '');
    for (const words of [
      '住民票の写しの交付申請',
      '見本市あて',
      receipt,
      '総務太郎',
      '通数1通',
      '住民登録の住所へ郵送',
      '住民基本台帳法第12条',
    ])
      assert.ok(flat.includes(words), words);
  }
});

test('the notice is made once, whatever runs again, and not for what is undecided', async () => {
  const receipt = await decided('accept');
  await Promise.all([makeReply(room.options, receipt), makeReply(room.options, receipt)]);
  await makeReply(room.options, receipt);
  const kinds = (await listActions(db.sql, code, receipt)).map(({ kind }) => kind);
  assert.equal(kinds.filter((kind) => kind === 'replied').length, 1);
  const open = await room.file();
  await makeReply(room.options, open);
  await makeReply(room.options, '2026-9999999');
  assert.equal((await db.sql`select 1 from agency.replies where receipt_number = ${open}`).length, 0);
});

test('a rejection says its reason and how to appeal; an acceptance keeps the officer’s reason inside', {
  skip: missing('pdftotext'),
}, async () => {
  const textOf = async (receipt: string) => {
    await makeReply(room.options, receipt);
    const [row] = await db.sql<{ pdf: Uint8Array; xml: Uint8Array }[]>`
      select pdf, xml from agency.replies where receipt_number = ${receipt}`;
    assert.ok(row);
    const { text } = ask({ 'n.pdf': row.pdf }, 'pdftotext', ['-layout', 'n.pdf', '-']);
    return { text: text.normalize('NFKC'), xml: Buffer.from(row.xml).toString() };
  };
  const no = await textOf(await decided('reject', '住所が <ちがう> & 古い'));
  assert.match(no.text, /却下の通知/);
  assert.match(no.text, /住所が <ちがう> & 古い/);
  assert.match(no.text.replaceAll(/\s/g, ''), /審査請求をすることができます/);
  assert.match(no.xml, /<Reason>住所が &lt;ちがう&gt; &amp; 古い<\/Reason>/);
  const yes = await textOf(await decided('accept', '内部のメモ'));
  assert.match(yes.text, /受理/);
  assert.equal(yes.text.includes('内部のメモ') || yes.xml.includes('内部のメモ'), false);
});

test('pdfsig and qpdf find a whole PDF, signed by the agency over all of it; OpenSSL takes its message', {
  skip: missing('pdfsig', 'qpdf', 'openssl'),
}, async () => {
  const receipt = await decided('accept');
  await makeReply(room.options, receipt);
  const [row] = await db.sql<
    { pdf: Uint8Array }[]
  >`select pdf from agency.replies where receipt_number = ${receipt}`;
  assert.ok(row);
  const { text } = ask({ 'n.pdf': row.pdf }, 'pdfsig', ['-nocert', 'n.pdf']);
  assert.match(text, /Signature Validation: Signature is Valid/);
  assert.match(text, /Total document signed/);
  assert.match(text, /ETSI\.CAdES\.detached/);
  const checked = ask({ 'n.pdf': row.pdf }, 'qpdf', ['--check', 'n.pdf']);
  assert.equal(checked.status, 0, checked.text);
  const read = readPdf(row.pdf);
  assert.ok(read.ok);
  const [signature] = read.value.signatures;
  assert.ok(signature?.contents !== undefined);
  const files = {
    'm.der': signature.contents,
    content: signedContent(read.value.file, signature),
    'ca.pem': pem(room.world.root.der),
  };
  const args =
    'cms -verify -binary -inform DER -in m.der -content content -CAfile ca.pem -purpose any -out /dev/null';
  const judged = ask(files, 'openssl', [
    ...args.split(' '),
    '-attime',
    String(room.time.now.getTime() / 1000),
  ]);
  assert.equal(judged.status, 0, judged.text);
});

test('xmlsec1 takes the XML notice, and a changed decision it does not', {
  skip: missing('xmlsec1'),
}, async () => {
  const receipt = await decided('accept');
  await makeReply(room.options, receipt);
  const [row] = await db.sql<
    { xml: Uint8Array }[]
  >`select xml from agency.replies where receipt_number = ${receipt}`;
  assert.ok(row);
  assert.equal(verifyXmlSignatures({ document: row.xml }).reason, 'The signature is intact.');
  const args = ['--verify', '--pubkey-cert-der', 'city.der', '--id-attr:Id', 'SignedProperties', 'n.xml'];
  const files = { 'n.xml': row.xml, 'city.der': room.world.city.der };
  const good = ask(files, 'xmlsec1', args);
  assert.equal(good.status, 0, good.text);
  const forged = Buffer.from(Buffer.from(row.xml).toString().replace('>accepted<', '>rejected<'));
  assert.notEqual(ask({ ...files, 'n.xml': forged }, 'xmlsec1', args).status, 0);
});

test('an officer sees the draft before it goes: unsigned, with the reason as typed, behind the desk’s token', {
  skip: missing('pdftotext'),
}, async () => {
  const officer = await openDesk(room)('officer-1');
  const receipt = await room.file();
  const preview = (form: Record<string, string>) =>
    officer.post(`/cases/${receipt}/preview`, { preview: 'rejected', ...form }, `/cases/${receipt}`);
  assert.equal((await preview({ csrf: '', reason: 'x' })).status, 403);
  const draft = await preview({ reason: '図面がない' });
  const pdf = Buffer.from(await draft.arrayBuffer());
  const { text } = ask({ 'd.pdf': pdf }, 'pdftotext', ['d.pdf', '-']);
  assert.match(text, /下書き/);
  assert.match(text, /図面がない/);
  assert.equal(pdf.includes('/ByteRange'), false);
  const kinds = (await listActions(db.sql, code, receipt)).map(({ kind }) => kind);
  assert.deepEqual(kinds, ['arrived', 'opened', 'verified'], 'looking changes nothing');
});

test('what XML cannot hold does not break a notice', () => {
  const words = { ja: '手続', jaEasy: '手続', en: 'p' };
  const notice = {
    agency: { code, name: '見本市長', contact: { name: '見本市' } },
    receiptNumber: '2026-0000001',
    arrivedAt: room.time.now,
    decidedAt: room.time.now,
    decision: 'rejected',
    reason: '\u0000\u000b]]>\ud800\ufffe終',
    definition: { title: words, contact: { name: words, telephone: '0' } },
    applicant: { name: '<総務>' },
    signers: [],
    parts: [],
    draft: false,
  } as const;
  const text = Buffer.from(noticeXml(notice)).toString();
  assert.ok(text.includes('<Reason>\ufffd\ufffd]]&gt;\ufffd\ufffd終</Reason>'), text);
  assert.ok(text.includes('<Applicant>&lt;総務&gt;</Applicant>'));
});

function pem(der: Uint8Array): Buffer {
  const lines = Buffer.from(der)
    .toString('base64')
    .replaceAll(/(.{64})/g, '$1\n');
  return Buffer.from(`-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`);
}
