// What comes to the intake and is not what was asked for: told in words, and recorded where it has arrived.
import assert from 'node:assert/strict';
import { createHmac, randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import { demoResidents, type Resident } from '@madoguchi/ca';
import { generateKeyPair } from '@madoguchi/pki';
import { sealSubmission } from '@madoguchi/procedure';
import { textOf } from './support/desk.js';
import {
  type Arrived,
  type Asked,
  askForRequest,
  envelopeType,
  file,
  juminhyo,
  type Lies,
  postEnvelope,
  seal,
  sendContainer,
  sendEnvelope,
  signWithCard,
} from './support/forger.js';
import { rawRequest } from './support/raw-http.js';
import { type CitizenCard, openTestCity, type TestCity } from './support/test-city.js';

const [taro] = demoResidents as readonly [Resident];

let city: TestCity;
let home: string;
let card: CitizenCard;
before(async () => {
  city = await openTestCity('intake-lies');
  home = city.city.addresses.agency;
  card = await city.issueCard(taro);
});
after(() => city?.close());

const tooMuch = 64 * 1024 * 1024 + 1;

async function countCases(): Promise<number> {
  const [row] = await city.database.sql<{ count: number }[]>`select count(*)::int as count from agency.cases`;
  return row?.count ?? -1;
}

/** A refusal at the door: a rule for programs, words for people, and nothing kept. */
function assertWords(text: string, rule: string, what: RegExp): void {
  const answer = JSON.parse(text) as { rule: string; what: { ja: string; en: string }; next: { ja: string } };
  assert.equal(answer.rule, rule);
  assert.match(answer.what.ja, what);
  assert.match(answer.next.ja, /[ぁ-ん]/);
  assert.ok(answer.what.en.length > 10);
  assert.doesNotMatch(text, /node_modules|\bat .*:\d+:\d+/);
}

/** It has arrived, so it has a receipt; under the receipt stands the refusal, on the desk and for the one who sent it. */
async function assertRefused(arrived: Arrived, reason: RegExp, asked?: Asked): Promise<void> {
  const seen = await city.officer.examine(arrived.receiptNumber);
  assert.equal(seen.refused, true, seen.text);
  assert.match(seen.text, reason);
  assert.equal(seen.lights, undefined, 'what was refused at reception is not examined');
  const pile = await city.officer.page('?pile=refused');
  assert.match(pile.text, /受付で断ったもの/);
  assert.ok(pile.text.includes(arrived.receiptNumber), pile.text);
  const actions = await city.database.sql<{ kind: string }[]>`select kind from agency.actions
    where receipt_number = ${arrived.receiptNumber} order by seq`;
  assert.deepEqual([actions.at(0)?.kind, actions.at(-1)?.kind], ['arrived', 'refused']);
  if (asked === undefined) return;
  const page = await fetch(new URL(`applications/${arrived.receiptNumber}`, home), {
    headers: { cookie: asked.cookie },
  });
  assert.equal(page.status, 200);
  assert.match(textOf(await page.text()), reason);
}

/** Signed and sealed as ever, but for the lies. */
async function sendLies(lies: Lies): Promise<{ asked: Asked; arrived: Arrived }> {
  const asked = await askForRequest(home);
  return { asked, arrived: await sendContainer(asked, await signWithCard(asked, card, lies)) };
}

test('the same bytes again get the very same receipt, and there is one application', async () => {
  const asked = await askForRequest(home);
  const first = await sendContainer(asked, await signWithCard(asked, card));
  const before = await countCases();
  const again = await Promise.all([1, 2, 3].map(() => sendEnvelope(asked, first.envelope)));
  for (const { jws } of again) assert.equal(jws, first.jws);
  assert.equal(await countCases(), before);
  const seen = await city.officer.examine(first.receiptNumber);
  assert.deepEqual(
    Object.values(seen.lights ?? {}).map(({ state }) => state),
    ['good', 'good', 'good'],
  );
});

test('a used nonce with other bytes: recorded under a receipt of its own, and refused; the first stays as it was', async () => {
  const asked = await askForRequest(home);
  const container = await signWithCard(asked, card);
  const first = await sendContainer(asked, container);
  const second = await sendContainer(asked, container);
  assert.notEqual(second.receiptNumber, first.receiptNumber);
  await assertRefused(second, /この依頼には、すでに別の申請が届いています/, asked);
  const seen = await city.officer.examine(first.receiptNumber);
  assert.equal(seen.refused, false);
  assert.equal(seen.lights?.signature.state, 'good');
});

test('a nonce this agency did not issue, inside an envelope with a genuine ticket', async () => {
  const { asked, arrived } = await sendLies({ nonce: randomBytes(16).toString('base64url') });
  await assertRefused(arrived, /この役所が出した依頼に答えるものではありません/, asked);
});

test('an application for one request under the ticket of another', async () => {
  const [one, other] = [await askForRequest(home), await askForRequest(home)];
  const arrived = await sendContainer(other, await signWithCard(one, card));
  await assertRefused(arrived, /この役所が出した依頼に答えるものではありません/, other);
  // The request that was borrowed is not used up by that.
  const genuine = await sendContainer(one, await signWithCard(one, card));
  assert.equal((await city.officer.examine(genuine.receiptNumber)).refused, false);
});

test('other answers than were asked for, correctly signed', async () => {
  const { asked, arrived } = await sendLies({ answers: { ...juminhyo.answers, copies: '3' } });
  await assertRefused(arrived, /申請の内容が、/, asked);
});

test('another agency’s application, and one sealed for another agency', async () => {
  const { asked, arrived } = await sendLies({ agency: { code: '99301', name: '手本町長' } });
  await assertRefused(arrived, /この申請は、別の役所にあてたものです/, asked);
  const { publicKey } = await generateKeyPair('p256');
  const neighbour = await (await city.ca()).issue({
    publicKey,
    profile: 'encryption',
    agencyCode: '99301',
    agencyName: '手本町長',
  });
  const request = await askForRequest(home);
  const sealed = await sealSubmission(await signWithCard(request, card), neighbour.certificate);
  await assertRefused(await sendEnvelope(request, sealed), /この役所の鍵で開けません/, request);
});

test('a wrong ticket is refused before one octet of the body is read', async () => {
  const { claims } = await askForRequest(home);
  const [, until = ''] = claims.ticket.split('.');
  const stranger = randomBytes(16).toString('base64url');
  const seal = createHmac('sha256', randomBytes(32)).update(stranger).digest('base64url');
  const tickets = [`${stranger}.${until}.${seal}`, `${claims.ticket.slice(0, -4)}AAAA`, 'x', undefined];
  for (const ticket of tickets) {
    const answer = await rawRequest({
      url: claims.intake,
      headers: {
        'content-type': envelopeType,
        'content-length': 1_000_000,
        ...(ticket === undefined ? {} : { authorization: `Ticket ${ticket}` }),
      },
    });
    assert.equal(answer.status, 401, `${ticket}`);
    assertWords(
      answer.text,
      'intake.ticket',
      /この受付の切符は、この役所が出したものではないか、期限が過ぎています/,
    );
  }
});

test('too large: refused by the length announced, and at the first octet too many when none is', async () => {
  const { claims } = await askForRequest(home);
  const headers = { 'content-type': envelopeType, authorization: `Ticket ${claims.ticket}` };
  const before = await countCases();
  const announced = await rawRequest({
    url: claims.intake,
    headers: { ...headers, 'content-length': tooMuch },
  });
  assert.equal(announced.status, 413);
  assertWords(announced.text, 'intake.size', /大きすぎます/);
  const piece = Buffer.alloc(1024 * 1024);
  const endless = function* () {
    for (let sent = 0; sent < 256; sent += 1) yield piece;
  };
  const streamed = await rawRequest({ url: claims.intake, headers, pieces: endless() });
  assert.equal(streamed.status, 413);
  assertWords(streamed.text, 'intake.size', /大きすぎます/);
  assert.equal(await countCases(), before);
});

test('garbage, half an envelope, nothing at all, and another type: turned away in words, nothing kept, and the ticket still serves', async () => {
  const asked = await askForRequest(home);
  const envelope = await seal(asked, await signWithCard(asked, card));
  const before = await countCases();
  const bodies = [randomBytes(5000), envelope.subarray(0, 60), new Uint8Array(), Buffer.from('<html>')];
  for (const body of bodies) {
    const answer = await postEnvelope(asked, body);
    assert.equal(answer.status, 415);
    assertWords(await answer.text(), 'intake.type', /暗号化された申請ではありません/);
  }
  const typed = await postEnvelope(asked, envelope, { type: 'text/html' });
  assert.equal(typed.status, 415);
  assertWords(await typed.text(), 'intake.type', /暗号化された申請ではありません/);
  assert.equal(await countCases(), before);
  assert.equal(
    (await city.officer.examine((await sendEnvelope(asked, envelope)).receiptNumber)).refused,
    false,
  );
});

test('an envelope damaged on the way: it has arrived, and is refused with its reason', async () => {
  const asked = await askForRequest(home);
  const envelope = Buffer.from(await seal(asked, await signWithCard(asked, card)));
  const at = envelope.length - 200;
  envelope.writeUInt8(envelope.readUInt8(at) ^ 1, at);
  await assertRefused(await sendEnvelope(asked, envelope), /この役所の鍵で開けません/, asked);
});

test('in the end the desk still works: a genuine application goes through', async () => {
  const seen = await city.officer.examine((await file(home, card)).receiptNumber);
  assert.equal(seen.lights?.validity.state, 'good', seen.text);
});
