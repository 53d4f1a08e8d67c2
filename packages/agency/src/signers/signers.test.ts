// Several people sign one application: the co-owners of a car (自動車OSS).
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { readAsic } from '@madoguchi/pki';
import { readSubmission, sha256Hex } from '@madoguchi/procedure';
import { type Database, verifyAudit } from '@madoguchi/store';
import { taro } from '@madoguchi/testing';
import { words } from '@madoguchi/ui';
import { Hono } from 'hono';
import { agencyApp } from '../app.js';
import { listActions } from '../cases/actions.js';
import { findCase, findRefusal } from '../cases/queries.js';
import { stateOf } from '../cases/state.js';
import { currentApplication } from '../cases/submissions.js';
import { type Decision, decide } from '../desk/decide.js';
import { openArrived } from '../intake/open.js';
import { listOwnCases } from '../my/queries.js';
import { demoProcedures, loadProcedures } from '../procedures.js';
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
import { lookUp, openAgain, relatedRequest, sendRelated } from '../testing/related.js';
import { base, envelopeFor, origin, send, temporaryDatabase } from '../testing/room.js';
import { sampleAnswers } from '../testing/sample-answers.js';
import { openVerificationRoom, type VerificationRoom } from '../testing/verification-room.js';
import { latestVerification } from '../verification/queries.js';
import { returningSigner } from './returning.js';

let db: Database;
let close: () => Promise<void>;
let room: VerificationRoom;
let hanako: CardHolder;
let jiro: CardHolder;
const code = '99201';

before(async () => {
  ({ db, close } = await temporaryDatabase());
  room = await openVerificationRoom(db, loadProcedures(demoProcedures('national')));
  [hanako, jiro] = await Promise.all([
    cardHolder(room, { name: '総務　花子', birthDate: '1977-05-05', sex: 'female' }),
    cardHolder(room, { name: '渡邉　次郎', address: '見本県隣市北一丁目１番１号', birthDate: '1980-02-03' }),
  ]);
});
after(() => close());

const bytes = Buffer.from('%PDF-1.4 sample');
const files = ['completion', 'map'].map((rule) => ({ name: `${rule}.pdf`, bytes, rule }));

function answersWith(...owners: { name: string; address: string }[]) {
  const oss = room.procedures.find(({ definition }) => definition.id === 'jidosha-oss');
  assert.ok(oss);
  const rows = Object.fromEntries(
    owners.flatMap(({ name, address }, row) => [
      [`coOwners.${row}.name`, name],
      [`coOwners.${row}.address`, address],
    ]),
  );
  return { ...sampleAnswers(oss.definition, { owners: 'shared' }), ...rows };
}

const typed = ({ identity }: CardHolder) => ({ name: identity.name, address: identity.address });

/** An application by 総務太郎 that these people own the car of, too. */
function file(...owners: CardHolder[]): Promise<string> {
  return room.file({}, { procedure: 'jidosha-oss', answers: answersWith(...owners.map(typed)), files });
}

const stateIs = async (receipt: string) => (await findCase(db.sql, code, receipt))?.state;
const refusalOf = (receipt: string) => findRefusal(db.sql, code, receipt);
const plain = (html: string) => html.replaceAll(/<r[tp]>.*?<\/r[tp]>|<\/?ruby>/g, '');
const page = async (path: string, cookie: string) =>
  plain(await (await room.app.request(`${origin}${base}${path}`, { headers: { cookie } })).text());
const kinds = async (receipt: string) => (await listActions(db.sql, code, receipt)).map(({ kind }) => kind);

async function officer(receipt: string, decision: Decision, reason = '', fields?: string[]) {
  const seen = (await listActions(db.sql, code, receipt)).at(-1)?.seq ?? 0;
  const correction = fields && { fields, until: '2026-12-31' };
  const at = room.time.now;
  return decide(db.sql, code, receipt, { decision, reason, seen, officer: 'desk', at, correction });
}

test('the case waits for everybody, in whatever order they sign, and is examined when all have', async () => {
  const receipt = await file(hanako, jiro);
  assert.equal(await stateIs(receipt), 'cosigning');
  assert.equal((await findCase(db.sql, code, receipt))?.correctBy, '2026-12-06', 'two weeks to sign');
  assert.equal(await officer(receipt, 'accept', 'いそぎ'), 'cosigning');
  const second = await cosign(room, receipt, 'coOwner.1', jiro);
  assert.equal(await stateIs(second), 'joined');
  assert.equal(await stateIs(receipt), 'cosigning');
  const first = await cosign(room, receipt, 'coOwner.0', hanako);
  assert.equal(await stateIs(first), 'joined');
  assert.equal(await stateIs(receipt), 'opened');
  await lookAgain(room, receipt);
  assert.equal(await stateIs(receipt), 'verified');
  const actions = await listActions(db.sql, code, receipt);
  assert.deepEqual(
    actions.map(({ kind }) => kind),
    ['arrived', 'opened', 'cosignAsked', 'verified', 'cosigned', 'cosigned', 'cosignComplete', 'verified'],
  );
  assert.equal(stateOf(actions), 'verified');
  const look = await latestVerification(db.sql, code, receipt);
  assert.deepEqual(
    [look?.lights.signature.state, look?.lights.validity.state],
    ['good', 'good'],
    'each light is that of all three',
  );
  const labels = look?.lights.identity.checks.map(({ label }) => words(label, 'ja')) ?? [];
  for (const name of ['総務　花子', '渡邉　次郎'])
    assert.ok(
      labels.some((label) => label.includes(name) && label.includes('申請書に書かれた人')),
      name,
    );
  assert.equal(await officer(receipt, 'accept', '確かめた'), 'parts', 'now its offices decide');
  assert.ok((await verifyAudit(db.sql, `agency:${code}`)).ok);
});

test('all sign the very same bytes: what was signed first stands in every container, under its digest', async () => {
  const receipt = await file(hanako);
  const own = await cosign(room, receipt, 'coOwner.0', hanako);
  const [first, second] = [
    readSubmission(await containerOf(room, receipt)),
    readSubmission(await containerOf(room, own)),
  ];
  assert.ok(first.ok && second.ok);
  const asic = readAsic(await containerOf(room, own));
  assert.ok(asic.ok);
  const cosigned = Buffer.from(asic.value.files.get('cosigned.json') ?? []);
  assert.deepEqual(cosigned, Buffer.from(first.value.applicationBytes));
  assert.equal(second.value.application.relation?.application, sha256Hex(first.value.applicationBytes));
  assert.equal(second.value.application.applicant.name, hanako.identity.name);
  assert.ok(Buffer.from(asic.value.manifest).toString().includes('cosigned.json'));
});

test('each container is good in foreign hands, and the bytes signed first are under both signatures', {
  skip: spawnSync('openssl', ['version']).error !== undefined && 'needs openssl',
}, async () => {
  const receipt = await file(hanako);
  const own = await cosign(room, receipt, 'coOwner.0', hanako);
  const folder = mkdtempSync(path.join(tmpdir(), 'cosigned-'));
  try {
    for (const number of [receipt, own]) {
      const asic = readAsic(await containerOf(room, number));
      assert.ok(asic.ok);
      const { manifest, signature, files: inside } = asic.value;
      writeFileSync(path.join(folder, 'manifest.xml'), manifest);
      writeFileSync(path.join(folder, 'signature.p7s'), signature);
      const verify = ['cms', '-verify', '-binary', '-inform', 'DER', '-in', 'signature.p7s', '-noverify'];
      const more = ['-content', 'manifest.xml', '-out', 'out'];
      const judged = spawnSync('openssl', [...verify, ...more], { cwd: folder, encoding: 'utf8' });
      assert.match(judged.stderr, /CMS Verification successful/, judged.stderr);
      const first = inside.get(number === receipt ? 'application.json' : 'cosigned.json');
      const digest = Buffer.from(sha256Hex(first ?? new Uint8Array()), 'hex').toString('base64');
      assert.ok(Buffer.from(manifest).includes(digest), 'its digest stands in what was signed');
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('two who sign at the same moment both count, and the case is complete once', async () => {
  const receipt = await file(hanako, jiro);
  const both = await Promise.all([
    cosign(room, receipt, 'coOwner.0', hanako),
    cosign(room, receipt, 'coOwner.1', jiro),
  ]);
  assert.deepEqual(await Promise.all(both.map(stateIs)), ['joined', 'joined']);
  assert.equal((await kinds(receipt)).filter((kind) => kind === 'cosignComplete').length, 1);
  assert.equal(await stateIs(receipt), 'opened');
});

test('the co-signer sees who asks, everything that was signed, the files and who has signed; the answers of the page count for nothing', async () => {
  const receipt = await file(hanako, jiro);
  const cookie = await follow(room, receipt, await codeFor(room, receipt, 'coOwner.0'));
  assert.ok(cookie);
  const shown = await page(`/applications/${receipt}/cosign`, cookie);
  for (const words of [
    '総務　太郎 さんが、この申請にあなたの署名を求めています',
    '共有者 1　総務　花子',
    '渡邉　次郎',
    '車台番号',
    'completion.pdf',
    '署名へ進む',
    '12月6日',
  ])
    assert.ok(shown.includes(words), words);
  assert.ok(!shown.includes('問合せ番号'), 'the applicant’s own numbers are not theirs');
  const download = await room.app.request(`${origin}${base}/applications/${receipt}/cosign/files/0`, {
    headers: { cookie },
  });
  assert.deepEqual(Buffer.from(await download.arrayBuffer()), bytes);
  assert.match(download.headers.get('content-security-policy') ?? '', /sandbox/);
  const issued = await signingRequest(room, receipt, 'coOwner.0', { chassis: 'another car' });
  const current = await currentApplication(db.sql, code, receipt);
  assert.deepEqual(issued.claims.answers, current?.application.answers);
  assert.deepEqual(issued.claims.relation, {
    kind: 'cosigns',
    receipt,
    application: sha256Hex(current?.bytes ?? new Uint8Array()),
    signer: 'coOwner.0',
  });
});

test('the applicant’s page says who is missing and what to give them; each code opens its own place only', async () => {
  const receipt = await file(hanako, jiro);
  const cookie = await lookUp(room, receipt);
  const shown = await page(`/applications/${receipt}`, cookie);
  assert.ok(shown.includes('ほかの人の署名が必要です'));
  const codes = [...shown.matchAll(/data-code="([^"]+)">([^<]+)</g)].map(([, signer, text]) => [
    signer,
    text,
  ]);
  assert.deepEqual(
    codes.map(([signer]) => signer),
    ['coOwner.0', 'coOwner.1'],
  );
  for (const [signer = '', text = ''] of codes) {
    const theirs = await follow(room, receipt, text.toLowerCase().replace('-', ''));
    assert.ok(theirs, 'small letters and no hyphen are understood');
    const own = await page(`/applications/${receipt}/cosign`, theirs);
    assert.match(own, new RegExp(`共有者 ${Number(signer.at(-1)) + 1}　`));
  }
  const other = await file(hanako);
  assert.equal(await follow(room, other, codes[0]?.[1] ?? ''), undefined, 'a code of another case');
  assert.equal(await follow(room, receipt, '00000-00000'), undefined);
  const bare = await room.app.request(`${origin}${base}/applications/${receipt}/cosign`);
  assert.equal(bare.status, 303);
  assert.equal((await askToSign(room, receipt, '')).status, 303);
  await cosign(room, receipt, 'coOwner.0', hanako);
  assert.equal((await page(`/applications/${receipt}`, cookie)).split('data-code=').length, 2);
});

test('another person’s card is refused in words under its own number, and the right one can still sign', async () => {
  const receipt = await file(hanako);
  const wrong = await cosign(room, receipt, 'coOwner.0', jiro);
  assert.equal(await stateIs(wrong), 'refused');
  assert.equal(await refusalOf(wrong), 'cosign.person');
  const told = await page(`/applications/${wrong}`, await lookUp(room, wrong));
  assert.ok(told.includes('申請書に書かれた人とちがいます'));
  assert.equal(await stateIs(receipt), 'cosigning');
  assert.equal(await stateIs(await cosign(room, receipt, 'coOwner.0', hanako)), 'joined');
});

test('a name in another form of its characters counts, and is a question to the officer', async () => {
  const receipt = await room.file(
    {},
    {
      procedure: 'jidosha-oss',
      answers: answersWith({ name: '渡辺次郎', address: '見本県隣市北1-1-1' }),
      files,
    },
  );
  const own = await cosign(room, receipt, 'coOwner.0', jiro);
  assert.equal(await stateIs(own), 'joined');
  const look = await latestVerification(db.sql, code, own);
  assert.equal(look?.lights.identity.state, 'check');
  await lookAgain(room, receipt);
  assert.equal((await latestVerification(db.sql, code, receipt))?.lights.identity.state, 'check');
});

test('nobody signs for two: the applicant is not a co-owner too, and no co-owner signs twice', async () => {
  const self = { identity: taro, party: room.citizens.citizen };
  const receipt = await file(self);
  const twice = await cosign(room, receipt, 'coOwner.0', self);
  assert.equal(await refusalOf(twice), 'cosign.samePerson');
  const both = await file(hanako, hanako);
  assert.equal(await stateIs(await cosign(room, both, 'coOwner.0', hanako)), 'joined');
  assert.equal(await refusalOf(await cosign(room, both, 'coOwner.1', hanako)), 'cosign.samePerson');
});

test('the same envelope again has the same receipt, other bytes for its nonce are refused, and a second signature of one person too', async () => {
  const receipt = await file(hanako, jiro);
  const [a, b] = [
    await signingRequest(room, receipt, 'coOwner.0'),
    await signingRequest(room, receipt, 'coOwner.0'),
  ];
  const how = { identity: hanako.identity, by: hanako.party };
  const envelope = await envelopeFor(room, a, how, files);
  const answers = [
    await (await send(room, a.claims.ticket, envelope)).text(),
    await (await send(room, a.claims.ticket, envelope)).text(),
  ];
  assert.equal(answers[0], answers[1]);
  const [, payload = ''] = (answers[0] ?? '').split('.');
  const { receiptNumber } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as {
    receiptNumber: string;
  };
  await openAgain(room, receiptNumber);
  await openAgain(room, receiptNumber);
  assert.equal(await stateIs(receiptNumber), 'joined');
  const replayed = await sendSigned(room, receipt, a, hanako);
  assert.equal(await refusalOf(replayed), 'intake.nonceUsed');
  const late = await sendSigned(room, receipt, b, hanako);
  assert.equal(await refusalOf(late), 'relation.cosigned');
  assert.equal((await kinds(receipt)).filter((kind) => kind === 'cosigned').length, 1);
});

test('a signature for one case does not count in another, nor for another signer of the same', async () => {
  const [mine, other] = [await file(hanako, jiro), await file(hanako, jiro)];
  const issued = await signingRequest(room, mine, 'coOwner.0');
  const foreign = await signingRequest(room, other, 'coOwner.0');
  const { relation } = issued.claims;
  assert.ok(relation && foreign.claims.relation);
  const moved = { ...issued.claims, relation: { ...relation, signer: 'coOwner.1' } };
  const lies = { identity: hanako.identity, by: hanako.party };
  assert.equal(
    await refusalOf(await sendRelated(room, issued, { ...lies, request: moved }, files)),
    'intake.relation',
  );
  const swapped = { ...foreign.claims, relation };
  const [row] = [await signingRequest(room, mine, 'coOwner.0')];
  const crossed = { ...foreign, cosigned: row.cosigned ?? '' };
  assert.equal(
    await refusalOf(await sendRelated(room, crossed, { ...lies, request: swapped }, files)),
    'intake.relation',
  );
  assert.equal(await stateIs(mine), 'cosigning');
  assert.equal(await stateIs(other), 'cosigning');
});

test('a container without what was signed first, or with other answers, does not open as a signature', async () => {
  const receipt = await file(hanako);
  const issued = await signingRequest(room, receipt, 'coOwner.0');
  const { cosigned: _, ...without } = issued;
  const how = { identity: hanako.identity, by: hanako.party };
  const number = await sendRelated(room, without, how, files);
  assert.notEqual(await stateIs(number), 'joined');
  assert.equal(await stateIs(receipt), 'cosigning');
  assert.equal((await latestVerification(db.sql, code, number))?.lights.signature.state, 'bad');
});

test('a correction voids what was signed before: old signatures and old codes no longer count, and all are asked again', async () => {
  const receipt = await file(hanako, jiro);
  const early = await signingRequest(room, receipt, 'coOwner.1');
  const oldCode = await codeFor(room, receipt, 'coOwner.0');
  const oldCookie = await follow(room, receipt, oldCode);
  await cosign(room, receipt, 'coOwner.0', hanako);
  assert.equal(await officer(receipt, 'correct', '車台番号', ['chassis']), undefined);
  assert.equal(await refusalOf(await sendSigned(room, receipt, early, jiro)), 'relation.state');
  const cookie = await lookUp(room, receipt);
  const answers = { ...answersWith(typed(hanako), typed(jiro)), chassis: 'NEW-0002' };
  const attachments = files.map(({ name, rule }) => ({
    ...{ name, rule },
    size: bytes.length,
    sha256: sha256Hex(bytes),
  }));
  const correction = await relatedRequest(room, {
    receipt,
    place: 'correction',
    cookie,
    answers,
    attachments,
  });
  await sendRelated(room, correction, {}, files);
  assert.equal(await stateIs(receipt), 'cosigning', 'asked again');
  assert.equal(await follow(room, receipt, oldCode), undefined);
  const shown = await room.app.request(`${origin}${base}/applications/${receipt}/cosign`, {
    headers: { cookie: oldCookie ?? '' },
  });
  assert.equal(shown.status, 409);
  assert.match(plain(await shown.text()), /補正で変わりました/);
  assert.equal(await stateIs(await cosign(room, receipt, 'coOwner.1', jiro)), 'joined');
  assert.equal(await stateIs(receipt), 'cosigning', 'the signature from before the correction is void');
  await cosign(room, receipt, 'coOwner.0', hanako);
  await lookAgain(room, receipt);
  assert.equal(await stateIs(receipt), 'verified');
});

test('a signature made before a correction and sent after it is refused by the digest', async () => {
  const receipt = await file(hanako);
  const early = await signingRequest(room, receipt, 'coOwner.0');
  await officer(receipt, 'correct', '車台番号', ['chassis']);
  const cookie = await lookUp(room, receipt);
  const answers = { ...answersWith(typed(hanako)), chassis: 'NEW-0003' };
  const attachments = files.map(({ name, rule }) => ({
    ...{ name, rule },
    size: bytes.length,
    sha256: sha256Hex(bytes),
  }));
  const correction = await relatedRequest(room, {
    receipt,
    place: 'correction',
    cookie,
    answers,
    attachments,
  });
  await sendRelated(room, correction, {}, files);
  const late = await sendRelated(room, early, { identity: hanako.identity, by: hanako.party }, files);
  assert.equal(await refusalOf(late), 'relation.digest');
});

test('who declines is heard by applicant and officer, and may sign after all', async () => {
  const receipt = await file(hanako);
  const cookie = await follow(room, receipt, await codeFor(room, receipt, 'coOwner.0'));
  assert.ok(cookie);
  const post = (headers: Record<string, string>) =>
    room.app.request(`${origin}${base}/applications/${receipt}/cosign/decline`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      body: new URLSearchParams({ reason: '買うのをやめました' }).toString(),
    });
  assert.equal((await post({ origin: 'https://evil.example', cookie })).status, 403);
  assert.equal((await post({ origin })).status, 303, 'without the code it only leads to the way in');
  assert.equal((await kinds(receipt)).includes('cosignDeclined'), false);
  assert.equal((await post({ origin, cookie })).status, 303);
  const applicant = await page(`/applications/${receipt}`, await lookUp(room, receipt));
  assert.ok(applicant.includes('署名しないと答えました') && applicant.includes('買うのをやめました'));
  assert.equal(await stateIs(receipt), 'cosigning');
  assert.equal(await officer(receipt, 'accept', 'それでも'), 'cosigning');
  assert.equal(await stateIs(await cosign(room, receipt, 'coOwner.0', hanako)), 'joined');
  await lookAgain(room, receipt);
  assert.equal(await stateIs(receipt), 'verified');
});

test('the applicant may withdraw while others have not signed; then nobody can any more', async () => {
  const receipt = await file(hanako);
  const issued = await signingRequest(room, receipt, 'coOwner.0');
  const cookie = await lookUp(room, receipt);
  const withdrawal = await relatedRequest(room, {
    receipt,
    place: 'withdrawal',
    cookie,
    answers: { reason: 'mistake' },
  });
  await sendRelated(room, withdrawal);
  assert.equal(await stateIs(receipt), 'withdrawn');
  assert.equal(await refusalOf(await sendSigned(room, receipt, issued, hanako)), 'relation.state');
});

test('a co-signer whose certificate was revoked does not count; while the list is not to be had, the signature waits', async () => {
  const receipt = await file(hanako);
  room.list.answers = false;
  const waits = await cosign(room, receipt, 'coOwner.0', hanako);
  assert.equal(await stateIs(waits), 'tryLater');
  assert.equal(await stateIs(receipt), 'cosigning');
  room.list.answers = true;
  await lookAgain(room, waits);
  assert.equal(await stateIs(waits), 'joined');
  const another = await file(hanako);
  const { serial } = hanako.party.certificate;
  const revoked = {
    serial,
    date: new Date(room.time.now.getTime() - 86_400_000),
    reason: 'superseded',
  } as const;
  room.list.entries = [revoked as never];
  const refused = await cosign(room, another, 'coOwner.0', hanako);
  room.list.entries = [];
  assert.equal(await refusalOf(refused), 'cosign.validity');
  assert.equal(await stateIs(another), 'cosigning');
});

test('after the last day one can still sign, until the office has decided', async () => {
  const receipt = await file(hanako);
  const now = room.time.now;
  await db.sql`update agency.cases set correct_by = '2026-11-01' where receipt_number = ${receipt}`;
  const cookie = await follow(room, receipt, await codeFor(room, receipt, 'coOwner.0'));
  assert.match(await page(`/applications/${receipt}/cosign`, cookie ?? ''), /期限は過ぎています/);
  assert.equal(await officer(receipt, 'reject', '期限までに署名がありません'), undefined);
  assert.equal(await stateIs(receipt), 'rejected');
  assert.match(await page(`/applications/${receipt}/cosign`, cookie ?? ''), /いま署名を待っていません/);
  assert.equal((await askToSign(room, receipt, cookie ?? '')).status, 422);
  assert.equal(room.time.now, now);
});

test('who signed finds the application by the same card, and after a correction signs anew unless another stands in their place', async () => {
  const receipt = await file(hanako);
  const authenticationKey = 'H'.repeat(43);
  const issued = await signingRequest(room, receipt, 'coOwner.0');
  const how = { identity: hanako.identity, by: hanako.party, authenticationKey };
  const own = await sendRelated(room, issued, how, files);
  const [listed, ...more] = await listOwnCases(db.sql, code, authenticationKey);
  assert.deepEqual([listed?.receiptNumber, listed?.signature, more.length], [receipt, own, 0]);
  const login = { anchors: [], demo: true, revocation: room.trust.revocation };
  const my = new Hono().route(base, agencyApp({ ...room.options, login }));
  const token = 'T'.repeat(43);
  await db.sql`insert into agency.citizen_sessions (agency, token_hash, authentication_key, created_at, expires_at)
    values (${code}, ${createHash('sha256').update(token).digest()}, ${authenticationKey}, ${room.time.now},
      ${new Date(room.time.now.getTime() + 600_000)})`;
  const ask = (where: string, cookie = `mado_my_99201=${token}`) =>
    my.request(`${origin}${base}${where}`, { headers: { cookie } });
  const list = plain(await (await ask('/my')).text());
  assert.ok(list.includes(receipt) && list.includes('（署名した人として）'));
  const led = await ask(`/my/applications/${receipt}`);
  assert.equal(led.headers.get('location'), `${base}/applications/${receipt}/cosign`);
  const theirs = (led.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
  const seen = plain(await (await ask(`/applications/${receipt}/cosign`, theirs)).text());
  assert.ok(seen.includes('あなたの署名は届いています') && !seen.includes('問合せ番号'));
  assert.equal(
    (await ask(`/applications/${receipt}`, theirs)).status,
    403,
    'the applicant’s own page stays theirs',
  );
  const back = () => returningSigner(db.sql, code, authenticationKey, receipt);
  assert.equal((await back())?.signer, 'coOwner.0');
  assert.equal(await returningSigner(db.sql, code, 'X'.repeat(43), receipt), undefined);
  const correct = async (owner: CardHolder, chassis: string) => {
    await officer(receipt, 'correct', '確かめて', ['chassis']);
    const answers = { ...answersWith(typed(owner)), chassis };
    const attachments = files.map(({ name, rule }) => ({
      ...{ name, rule },
      size: bytes.length,
      sha256: sha256Hex(bytes),
    }));
    const cookie = await lookUp(room, receipt);
    const correction = await relatedRequest(room, {
      ...{ receipt, cookie, answers, attachments },
      place: 'correction',
    });
    await sendRelated(room, correction, {}, files);
  };
  await correct(hanako, 'NEW-0004');
  const current = await currentApplication(db.sql, code, receipt);
  assert.equal((await back())?.digest, sha256Hex(current?.bytes ?? new Uint8Array()));
  await correct(jiro, 'NEW-0005');
  assert.equal(await back(), undefined);
});

test('power lost between the opening of a signature and the look at it loses nothing', async () => {
  const receipt = await file(hanako);
  const issued = await signingRequest(room, receipt, 'coOwner.0');
  const how = { identity: hanako.identity, by: hanako.party };
  const answer = await send(room, issued.claims.ticket, await envelopeFor(room, issued, how, files));
  const [, payload = ''] = (await answer.text()).split('.');
  const number = JSON.parse(Buffer.from(payload, 'base64url').toString()).receiptNumber as string;
  const lost = async () => {
    throw new Error('power');
  };
  await assert.rejects(openArrived(room.options, number, lost), /power/);
  assert.equal(await stateIs(number), 'opened');
  assert.equal(await stateIs(receipt), 'cosigning');
  await openAgain(room, number);
  assert.equal(await stateIs(number), 'joined');
  assert.equal(await stateIs(receipt), 'opened');
  await lookAgain(room, receipt);
  await lookAgain(room, receipt);
  assert.equal(await stateIs(receipt), 'verified');
});

test('codes are guessed no faster than inquiry numbers: beyond a few a minute 429 with words; the empty page is no guess', async () => {
  const limits = { lookUps: { perMinute: 1, burst: 2 } };
  const app = new Hono().route(base, agencyApp({ ...room.options, limits }));
  const receipt = await file(hanako);
  const from = (address: string) => ({ incoming: { socket: { remoteAddress: address } } });
  const ask = async (query: string, address: string) =>
    (await app.request(`${origin}${base}/cosign${query}`, {}, from(address))).status;
  const guess = `?receipt=${receipt}&code=00000-00000`;
  const seen = [];
  for (let n = 0; n < 3; n += 1) seen.push(await ask(guess, '203.0.113.7'));
  assert.deepEqual(seen, [422, 422, 429]);
  assert.equal(await ask('', '203.0.113.7'), 200);
  assert.equal(await ask(guess, '203.0.113.8'), 422);
});

test('who owns a car alone signs alone', async () => {
  const oss = room.procedures.find(({ definition }) => definition.id === 'jidosha-oss');
  assert.ok(oss);
  const receipt = await room.file(
    {},
    { procedure: 'jidosha-oss', answers: sampleAnswers(oss.definition), files },
  );
  assert.equal(await stateIs(receipt), 'verified');
});
