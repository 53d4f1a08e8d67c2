import assert from 'node:assert/strict';
import { type ChildProcess, spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { startJobs } from '@madoguchi/store';
import { makeReply } from '../replies/reply.js';
import { receptionTasks } from '../tasks.js';
import { openDesk } from '../testing/desk-room.js';
import { openMailBox } from '../testing/mail-box.js';
import { lookUp } from '../testing/related.js';
import { base, origin, temporaryDatabase } from '../testing/room.js';
import { freePort, noSmtpServer, python, startSmtpServer } from '../testing/smtp-server.js';
import { openVerificationRoom } from '../testing/verification-room.js';
import { readAddress } from './addresses.js';
import { writeLetter } from './letters.js';
import { mailWaits, sendLetter } from './outbox.js';
import { openAddress } from './secrets.js';
import { folderSender, smtpSender } from './smtp.js';

const code = '99201';
const address = 'taro@example.jp';

const { db, close } = await temporaryDatabase();
const room = await openVerificationRoom(db);
const { box, app, place, waiting, sendAll, post, linkIn, confirm } = openMailBox(db, room);
after(() => close());

/** Gives an address on the receipt page and opens the link of the mail. */
async function subscribe(receipt: string): Promise<void> {
  const cookie = await lookUp(room, receipt);
  assert.equal((await post(`/applications/${receipt}/mail`, { mail: address }, cookie)).status, 303);
  await sendAll(receipt);
  assert.equal((await confirm()).status, 200);
}

test('an address is given on the receipt page and confirmed by its reader; then receipt, correction and decision are told, without a name, a procedure or a result', async () => {
  box.letters = [];
  const receipt = await room.file();
  const cookie = await lookUp(room, receipt);
  const page = async () =>
    (await app.request(`${origin}${base}/applications/${receipt}`, { headers: { cookie } })).text();
  assert.match(await page(), /メールで知らせてもらう/);
  await subscribe(receipt);
  await sendAll(receipt);
  assert.match(await page(), /メールでお知らせします/);
  const officer = await openDesk(room)('suzuki');
  await officer.decide(receipt, 'correct', '本籍が読めません');
  await sendAll(receipt);
  await officer.decide(receipt, 'reject', '期限までに補正がありません');
  await makeReply(room.options, receipt);
  await sendAll(receipt);
  assert.deepEqual(
    box.letters.map(({ subject }) => subject),
    [
      '【見本市】お知らせメールの確認',
      `【見本市】申請が届いています（到達番号 ${receipt}）`,
      `【見本市】申請について確認してください（到達番号 ${receipt}）`,
      `【見本市】申請の審査が終わりました（到達番号 ${receipt}）`,
    ],
  );
  const all = box.letters.map(({ subject, text }) => subject + text).join('\n');
  for (const secret of ['総務', '住民票', 'juminhyo', '本籍', '却下', '期限までに', '受理'])
    assert.equal(all.includes(secret), false, secret);
  for (const { to } of box.letters) assert.equal(to, address);
  // Told of the end, the address is forgotten; and nowhere was it readable.
  assert.equal(
    (await db.sql`select 1 from agency.mail_addresses where receipt_number = ${receipt}`).length,
    0,
  );
  const audit = JSON.stringify(await db.sql`select action, subject, detail from store.audit_entries`);
  assert.ok(audit.includes('mail.sent') && !audit.includes('example.jp'));
});

test('the database holds no address that can be read, and a link only as long as it holds', async () => {
  box.letters = [];
  const receipt = await room.file();
  const cookie = await lookUp(room, receipt);
  await post(`/applications/${receipt}/mail`, { mail: ' ｔａｒｏ@example.jp ' }, cookie);
  const [row] = await db.sql<{ address: Uint8Array }[]>`select address from agency.mail_addresses
    where receipt_number = ${receipt}`;
  assert.ok(row);
  assert.equal(Buffer.from(row.address).includes('example'), false);
  const { secret } = room.options.keys;
  assert.equal(
    openAddress(secret, { agency: code, receiptNumber: receipt, signer: '' }, row.address),
    address,
  );
  assert.equal(
    openAddress(secret, { agency: code, receiptNumber: receipt, signer: 'a' }, row.address),
    undefined,
  );
  assert.equal(openAddress(secret, { agency: code, receiptNumber: 'x', signer: '' }, row.address), undefined);
  assert.equal(
    openAddress(secret, { agency: code, receiptNumber: receipt, signer: '' }, row.address.subarray(0, 20)),
    undefined,
  );
  await sendAll(receipt);
  const link = linkIn(box.letters[0]?.text ?? '', 'confirm');
  const opened = await app.request(link.href);
  assert.equal(opened.headers.get('referrer-policy'), 'no-referrer');
  assert.match(await opened.text(), /知らせてもらう/);
  assert.deepEqual(await waiting(receipt), [], 'opening a link confirms nothing: mail programs do that');
  const form = Object.fromEntries(link.searchParams);
  assert.equal((await post('/mail/confirm', { ...form, token: `${form.token}x` })).status, 403);
  assert.equal((await post('/mail/stop', form)).status, 403, 'each link does one thing');
  assert.equal((await post('/mail/confirm', form, '', 'https://evil.example')).status, 403);
  const { now } = room.time;
  room.time.now = new Date(now.getTime() + 4 * 86_400_000);
  assert.equal((await post('/mail/confirm', form)).status, 403, 'after three days');
  room.time.now = now;
  // Another address: the first link is void.
  room.time.now = new Date(now.getTime() + 1000);
  await post(`/applications/${receipt}/mail`, { mail: 'hanako@example.jp' }, cookie);
  assert.equal((await post('/mail/confirm', form)).status, 403);
  room.time.now = now;
});

test('any letter leads to a page that stops the notices and forgets the address', async () => {
  box.letters = [];
  const receipt = await room.file();
  await subscribe(receipt);
  await sendAll(receipt);
  const stop = linkIn(box.letters.at(-1)?.text ?? '', 'stop');
  assert.equal(box.letters.at(-1)?.stopUrl, stop.href);
  assert.equal((await app.request(stop.href)).status, 200);
  assert.equal((await post('/mail/stop', Object.fromEntries(stop.searchParams))).status, 200);
  const officer = await openDesk(room)('suzuki');
  await officer.decide(receipt, 'correct', 'x');
  assert.deepEqual(await waiting(receipt), []);
  assert.equal((await app.request(stop.href)).status, 403);
});

test('only who may see the application gives an address, three times a day, and only one that is one', async () => {
  const receipt = await room.file();
  assert.equal((await post(`/applications/${receipt}/mail`, { mail: address })).status, 403);
  const cookie = await lookUp(room, receipt);
  const wrong = await post(`/applications/${receipt}/mail`, { mail: 'taro@example\r\nBcc: x@y.jp' }, cookie);
  assert.equal(wrong.status, 422);
  assert.match(await wrong.text(), /taro@example\.jp のように/);
  for (let time = 0; time < 3; time += 1)
    assert.equal((await post(`/applications/${receipt}/mail`, { mail: address }, cookie)).status, 303);
  const often = await post(`/applications/${receipt}/mail`, { mail: address }, cookie);
  assert.match(await often.text(), /今日は、これ以上/);
  assert.equal(readAddress('a@b.jp'), 'a@b.jp');
  for (const bad of [
    '',
    'a',
    'a@b',
    '@b.jp',
    'a@b..jp',
    'a b@c.jp',
    'a@b.jp,c@d.jp',
    '<a@b.jp>',
    'a@-b.jp',
    `${'a'.repeat(65)}@b.jp`,
    'a@b.jp\n',
    '総務@例え.jp',
  ])
    assert.ok(readAddress(bad) === undefined || bad.trim() === readAddress(bad), bad);
  assert.equal(readAddress('a@b.jp,c@d.jp'), undefined);
});

test('a server that is away is asked again later; an address that it refuses is given up at once', async () => {
  const receipt = await room.file();
  await subscribe(receipt);
  const [letter] = await waiting(receipt);
  assert.equal(letter?.kind, 'receipt');
  box.outcome = { ok: false, rule: 'smtp.connection', permanent: false };
  for (let attempt = 0; attempt < mailWaits.length; attempt += 1) await sendLetter(place(), letter?.id ?? '');
  const [job] = await db.sql`select run_at > ${room.time.now} as later from graphile_worker.jobs
    where key = ${`agency.mail:${letter?.id}`}`;
  assert.equal(job?.later, true);
  assert.equal((await waiting(receipt)).length, 1, 'still to be sent');
  await sendLetter(place(), letter?.id ?? '');
  assert.equal((await waiting(receipt)).length, 0, 'given up after two days');
  const other = await room.file();
  box.outcome = { ok: true };
  await subscribe(other);
  box.outcome = { ok: false, rule: 'smtp.550', permanent: true };
  await sendAll(other);
  const [row] = await db.sql`select outcome, attempts from agency.mail_outbox
    where receipt_number = ${other} and kind = 'receipt'`;
  assert.deepEqual({ ...row }, { outcome: 'smtp.550', attempts: 1 });
  box.outcome = { ok: true };
});

test('a letter reads well in each register', () => {
  const facts = {
    agency: { ja: '見本市', jaEasy: '{見本市|みほんし}', en: 'Mihon City' },
    contact: '市民課 099-000-0100',
    receiptNumber: '2026-0000001',
    arrivedAt: room.time.now,
    pageUrl: 'https://city.example/applications',
    confirmUrl: 'https://city.example/mail/confirm?x',
    stopUrl: 'https://city.example/mail/stop?x',
  };
  for (const register of ['ja', 'jaEasy', 'en'] as const)
    for (const kind of ['confirm', 'receipt', 'correction', 'sign', 'signSoon', 'decided'] as const) {
      const { subject, text } = writeLetter(kind, register, { ...facts, cosigns: kind.startsWith('sign') });
      assert.doesNotMatch(subject + text, /[{}|]|undefined/, `${kind} ${register}`);
      assert.ok(text.includes(facts.stopUrl));
      assert.equal(subject.includes('Mihon'), register === 'en');
    }
});

const reads = `import email, sys, json
from email import policy
m = email.message_from_binary_file(open(sys.argv[1], 'rb'), policy=policy.default)
print(json.dumps({'subject': m['subject'], 'to': m['to'], 'from': m['from'], 'auto': m['auto-submitted'],
  'stop': m['list-unsubscribe'], 'id': m['message-id'], 'text': m.get_content(), 'defects': len(m.defects)}))`;
const readMail = (file: string) =>
  JSON.parse(spawnSync(python, ['-c', reads, file], { encoding: 'utf8' }).stdout) as Record<string, string>;

test('over a real SMTP server: away at first, then there; Python’s parser reads the letter', {
  skip: noSmtpServer,
}, async () => {
  const parent = await mkdtemp(path.join(tmpdir(), 'mado-mail-'));
  // The server makes a maildir where nothing is yet.
  const folder = path.join(parent, 'box');
  const port = await freePort();
  const smtp = smtpSender({ url: `smtp://127.0.0.1:${port}`, from: 'noreply@city.example' });
  const receipt = await room.file();
  const cookie = await lookUp(room, receipt);
  await post(`/applications/${receipt}/mail`, { mail: address }, cookie);
  await sendAll(receipt, smtp);
  const [failed] = await db.sql`select outcome from agency.mail_outbox where receipt_number = ${receipt}`;
  assert.equal(failed?.outcome, 'smtp.connection');
  let server: ChildProcess | undefined;
  try {
    server = await startSmtpServer({ port, folder });
    // By the job in the queue, as in the product: its time has come.
    await db.sql`update graphile_worker._private_jobs set run_at = now()`;
    const options = { ...room.options, mail: smtp };
    const jobs = await startJobs({
      url: db.url,
      tasks: receptionTasks([{ options, verify: async () => {} }]),
      pollInterval: 50,
    });
    // Letters of the other tests may come too.
    const ours = async () => {
      const names = await readdir(path.join(folder, 'new')).catch(() => []);
      return names
        .map((name) => readMail(path.join(folder, 'new', name)))
        .find(({ text }) => text?.includes(`receipt=${receipt}`));
    };
    let mail = await ours();
    while (mail === undefined) {
      await pause(100);
      mail = await ours();
    }
    await jobs.stop();
    assert.equal(mail.subject, '【見本市】お知らせメールの確認');
    assert.equal(mail.to, address);
    assert.equal(mail.from, 'noreply@city.example');
    assert.equal(mail.auto, 'auto-generated');
    assert.match(mail.stop ?? '', /^\s*<http:.*\/mail\/stop\?/);
    assert.match(mail.text ?? '', /3日以内に/);
    assert.equal(linkIn(mail.text ?? '', 'confirm').searchParams.get('receipt'), receipt);
    assert.equal(Number(mail.defects), 0);
  } finally {
    server?.kill();
    await rm(parent, { recursive: true, force: true });
  }
});

test('without a server, letters lie in a folder, one file each', {
  skip: noSmtpServer,
}, async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'mado-letters-'));
  try {
    const outcome = await folderSender({ folder, from: 'noreply@madoguchi.example' }).send({
      ...{
        to: address,
        subject: '【見本市】件名',
        text: '本文\n',
        stopUrl: 'https://x.example/',
        id: '../../x',
      },
    });
    assert.deepEqual(outcome, { ok: true });
    const [name = '', ...others] = await readdir(folder);
    assert.match(name, /^x-[0-9a-f]{8}\.eml$/);
    assert.deepEqual(others, []);
    assert.equal(readMail(path.join(folder, name)).subject, '【見本市】件名');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
