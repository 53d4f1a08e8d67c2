// 共同の署名 that does not count: another person's, twice, for something else, under what was corrected since, with a certificate that is no longer good.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sha256Hex } from '@madoguchi/procedure';
import { taro } from '@madoguchi/testing';
import { codeFor, cosign, follow, lookAgain, sendSigned, signingRequest } from '../testing/cosigning.js';
import { lookUp, openAgain, relatedRequest, sendRelated } from '../testing/related.js';
import { base, envelopeFor, origin, send } from '../testing/room.js';
import { openSharedCar } from '../testing/shared-car.js';
import { latestVerification } from '../verification/queries.js';

const car = await openSharedCar();
const {
  db,
  room,
  hanako,
  jiro,
  code,
  bytes,
  files,
  answersWith,
  typed,
  file,
  stateIs,
  refusalOf,
  plain,
  page,
  kinds,
  officer,
} = car;
after(() => car.close());

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
