// Several people sign one application: the co-owners of a car (自動車OSS).
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { readAsic } from '@madoguchi/pki';
import { readSubmission, sha256Hex } from '@madoguchi/procedure';
import { verifyAudit } from '@madoguchi/store';
import { words } from '@madoguchi/ui';
import { Hono } from 'hono';
import { agencyApp } from '../app.js';
import { listActions } from '../cases/actions.js';
import { findCase } from '../cases/queries.js';
import { stateOf } from '../cases/state.js';
import { currentApplication } from '../cases/submissions.js';
import { openArrived } from '../intake/open.js';
import { listOwnCases } from '../my/queries.js';
import {
  askToSign,
  type CardHolder,
  codeFor,
  containerOf,
  cosign,
  follow,
  lookAgain,
  sendSigned,
  signingRequest,
} from '../testing/cosigning.js';
import { lookUp, openAgain, relatedRequest, sendRelated } from '../testing/related.js';
import { base, envelopeFor, origin, send } from '../testing/room.js';
import { sampleAnswers } from '../testing/sample-answers.js';
import { openSharedCar } from '../testing/shared-car.js';
import { latestVerification } from '../verification/queries.js';
import { returningSigner } from './returning.js';

const car = await openSharedCar();
const {
  db,
  room,
  hanako,
  jiro,
  code,
  bytes,
  files,
  typed,
  file,
  stateIs,
  refusalOf,
  plain,
  page,
  kinds,
  officer,
  answersWith,
} = car;
after(() => car.close());

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
