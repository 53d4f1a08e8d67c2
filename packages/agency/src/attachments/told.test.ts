// The applicant hears what is wrong with a file, by its name and in plain words: before the signature where the browser can know it, and after arrival in any case.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { writeZip } from '@madoguchi/pki';
import { sha256Hex } from '@madoguchi/procedure';
import type { Database } from '@madoguchi/store';
import { mutations } from '@madoguchi/testing';
import { listOwnCases } from '../my/queries.js';
import { receiptPdf } from '../receipts/pdf.js';
import { receptionTasks } from '../tasks.js';
import { receiptPageOf } from '../testing/receipt-page.js';
import {
  base,
  envelopeFor,
  issue,
  origin,
  roadPermission,
  send,
  temporaryDatabase,
} from '../testing/room.js';
import { openVerificationRoom, type VerificationRoom } from '../testing/verification-room.js';
import { verifyCase } from '../verification/index.js';
import { lookEarly } from './early.js';
import { filesDetail, toldAfter } from './told.js';

let db: Database;
let close: () => Promise<void>;
let room: VerificationRoom;
before(async () => {
  ({ db, close } = await temporaryDatabase());
  room = await openVerificationRoom(db);
});
after(() => close());

const answers = roadPermission;
const early = (name: string, bytes: Uint8Array) => lookEarly(name, bytes).findings;
const goodPdf = () =>
  receiptPdf(
    { lang: 'ja', title: '図', agency: '見本市', sentence: '図', rows: [], parts: [], foot: '図' },
    room.time.now,
  );
const jpeg = Buffer.concat([
  Buffer.from('ffd8ffe000104a46494600010100000100010000ffc000110800100010030111', 'hex'),
  Buffer.alloc(20),
]);

/** A PDF that qpdf locked, with the objects in the open and in compressed streams. */
function locked(pdf: Uint8Array): Uint8Array[] | undefined {
  const dir = mkdtempSync(path.join(tmpdir(), 'mado-qpdf-'));
  try {
    writeFileSync(path.join(dir, 'a.pdf'), pdf);
    return ['disable', 'generate'].map((streams) => {
      execFileSync(
        'qpdf',
        ['--encrypt', 'u', 'o', '256', '--', `--object-streams=${streams}`, 'a.pdf', 'b.pdf'],
        { cwd: dir, stdio: 'ignore' },
      );
      return readFileSync(path.join(dir, 'b.pdf'));
    });
  } catch {
    return undefined;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

test('a PDF that qpdf locked is known at once by what stands in the open; the same PDF unlocked is not', (t) => {
  const pdf = goodPdf();
  assert.deepEqual(early('図.pdf', pdf), []);
  const files = locked(pdf);
  if (files === undefined) return t.skip('qpdf is not here');
  for (const file of files) assert.deepEqual(early('図.pdf', file), ['encrypted']);
});

test('without unpacking: wrong content, programs, macros of new and old office files, locked ones, announced bombs', () => {
  assert.deepEqual(early('図.pdf', jpeg), ['otherKind']);
  assert.deepEqual(early('図.pdf', Buffer.from('MZ\u0090\0')), ['otherKind', 'program']);
  assert.deepEqual(early('図.pdf', goodPdf().subarray(0, 900)), ['broken']);
  const macro = writeZip([{ name: 'xl/vbaProject.bin', bytes: Buffer.from('x') }]);
  assert.deepEqual(early('表.xlsx', macro), ['macro']);
  const ole = Buffer.from('d0cf11e0a1b11ae1', 'hex');
  assert.deepEqual(early('表.xls', Buffer.concat([ole, Buffer.from('_VBA_PROJECT', 'utf16le')])), ['macro']);
  assert.deepEqual(early('表.xlsx', ole), ['encrypted']);
  const bomb = writeZip([{ name: 'a.txt', bytes: Buffer.alloc(20_000_000), stored: false }]);
  assert.deepEqual(early('a.zip', bomb), ['bomb']);
  const flagged = Buffer.from(macro);
  flagged.writeUInt8(1, flagged.indexOf('PK\x01\x02', 0, 'latin1') + 8);
  assert.deepEqual(early('a.zip', flagged), ['encrypted', 'macro']);
  assert.deepEqual(early('a.zip', macro.subarray(0, macro.length - 22)), ['broken']);
  for (const sample of [macro, bomb, goodPdf().subarray(0, 3000)])
    for (const mutant of mutations(sample, 200)) assert.ok(Array.isArray(early('a.zip', mutant)));
});

test('before the signature the page says it once, by file name; what was told may be sent as it is', async () => {
  const ask = (file: Record<string, unknown>) =>
    room.app.request(`${origin}${base}/procedures/douro-senyo/request`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin, 'sec-fetch-site': 'same-origin' },
      body: JSON.stringify({
        answers,
        attachments: [{ name: '位置図.pdf', size: 9, sha256: 'a'.repeat(64), rule: 'map', ...file }],
      }),
    });
  const warned = await ask({ findings: ['encrypted'] });
  assert.equal(warned.status, 422);
  const html = await warned.text();
  assert.match(html, /「位置図\.pdf」にはパスワードなどの暗号がかかっていて、役所で開けないことがあります/);
  assert.match(html, /このまま送るときは、もう一度/);
  assert.match(html, /id="f-map-error"/);
  assert.equal((await ask({ findings: ['encrypted'], told: true })).status, 201);
  assert.equal((await ask({ findings: [] })).status, 201);
  assert.equal((await ask({})).status, 201);
  assert.equal((await ask({ findings: ['<script>'] })).status, 400);
});

/** Opened by the job of those that arrived in one commit. */
async function openedTogether(files: { name: string; bytes: Uint8Array; rule: string }[]): Promise<string> {
  const claims = files.map(({ name, bytes, rule }) => ({
    ...{ name, rule, size: bytes.length },
    sha256: sha256Hex(bytes),
  }));
  const issued = await issue(room, 'douro-senyo', answers, claims);
  await send(room, issued.claims.ticket, await envelopeFor(room, issued, {}, files));
  const status = await (await room.app.request(`${origin}${issued.status}`)).json();
  const { receipt } = status as { receipt: string };
  assert.match(await receiptPageOf(room, receipt), /これから確かめます/);
  const verify = async (input: Omit<Parameters<typeof verifyCase>[0], 'trust'>) => {
    await verifyCase({ ...input, trust: room.trust });
  };
  const tasks = receptionTasks([{ options: room.options, verify, trust: room.trust }]);
  await tasks['agency.open']?.({ agency: '99201', receiptNumbers: [receipt] });
  return receipt;
}

test('after arrival receipt and マイページ say it, whether it was opened alone or with others; a good file is not mentioned', async () => {
  const files = [
    { name: '位置図.pdf', bytes: Buffer.concat([jpeg, Buffer.from([1])]), rule: 'map' },
    { name: '図面.pdf', bytes: goodPdf(), rule: 'plan' },
  ];
  const authenticationKey = 'H'.repeat(43);
  const alone = await room.file({ authenticationKey }, { procedure: 'douro-senyo', answers, files });
  const good = await room.file(
    { authenticationKey },
    {
      procedure: 'douro-senyo',
      answers,
      files: [
        { name: '位置図.pdf', bytes: goodPdf(), rule: 'map' },
        { name: '図面.pdf', bytes: goodPdf(), rule: 'plan' },
      ],
    },
  );
  const together = await openedTogether(files);
  for (const receipt of [alone, together])
    assert.match(await receiptPageOf(room, receipt), /「位置図\.pdf」の中身は、名前が示す種類/);
  const page = await receiptPageOf(room, alone);
  assert.match(page, /「位置図\.pdf」の中身は、名前が示す種類のファイルではありません/);
  assert.match(page, new RegExp(`/applications/${alone}/withdrawal`));
  assert.doesNotMatch(page, /「図面\.pdf」/);
  assert.match(
    await receiptPageOf(room, alone, '?lang=en'),
    /What is in (&quot;|")位置図\.pdf(&quot;|") is not/,
  );
  assert.doesNotMatch(await receiptPageOf(room, good), /問題があるかもしれません/);
  const own = await listOwnCases(db.sql, '99201', authenticationKey);
  assert.deepEqual(own.map(({ receiptNumber, files: found }) => `${receiptNumber} ${found}`).sort(), [
    `${alone} true`,
    `${good} false`,
  ]);
});

test('what a detail says of no file, or of no known finding, tells nothing', () => {
  assert.deepEqual(filesDetail([[], ['script', 'embeds', 'notScanned']]), {});
  assert.deepEqual(filesDetail([[], ['encrypted', 'otherKind']]), { files: '1:encrypted,otherKind' });
  for (const strange of ['', '9:encrypted', '0:constructor', '0', ':;:', 'x:y,z'])
    assert.deepEqual(toldAfter(strange, ['a.pdf']), []);
  assert.equal(toldAfter('0:encrypted,broken', ['a.pdf']).length, 2);
});
