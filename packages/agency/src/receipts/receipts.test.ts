import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Database } from '@madoguchi/store';
import { now } from '@madoguchi/testing';
import {
  base,
  envelopeFor,
  issue,
  openRoom,
  origin,
  type Room,
  send,
  temporaryDatabase,
} from '../testing/room.js';
import { historyOf } from './history.js';
import { inquiryNumber, isInquiryNumber } from './inquiry-number.js';

let db: Database;
let close: () => Promise<void>;
let room: Room;
before(async () => {
  ({ db, close } = await temporaryDatabase());
  room = await openRoom(db);
});
after(() => close());

async function arrive() {
  const issued = await issue(room);
  const response = await send(room, issued.claims.ticket, await envelopeFor(room, issued));
  assert.equal(response.status, 201);
  const status = (await (await room.app.request(`${origin}${issued.status}`)).json()) as {
    state: string;
    receipt: string;
    location: string;
  };
  assert.equal(status.state, 'arrived');
  return { ...issued, number: status.receipt, location: status.location };
}

const get = (path: string, cookie = '') =>
  room.app.request(`${origin}${path}`, { headers: cookie === '' ? {} : { cookie } });

test('the browser that asked sees its receipt; others are asked for the inquiry number', async () => {
  const { number, location, cookie } = await arrive();
  const mine = await get(location, cookie);
  assert.equal(mine.status, 200);
  const page = await mine.text();
  assert.ok(page.includes(number));
  for (const text of [
    '申請が届きました',
    '令和8年',
    '099-000-0100',
    '住民票の写しの交付申請',
    '問合せ番号を見る',
  ])
    assert.ok(page.includes(text), text);
  assert.doesNotMatch(page, /総務/);
  const other = await get(location);
  assert.equal(other.status, 403);
  assert.doesNotMatch(await other.text(), /申請が届きました/);
  assert.equal((await get(location, 'mado_browser=AAAAAAAAAAAAAAAAAAAAAA')).status, 403);
});

test('the way back from the agent leads to the receipt', async () => {
  const { number, claims, cookie } = await arrive();
  const back = await get(`${new URL(claims.return).pathname}?receipt=${number}&jti=${claims.jti}`, cookie);
  assert.equal(back.status, 303);
  assert.equal(back.headers.get('location'), `${base}/applications/${number}`);
  const strange = await get(`${base}/receipt?receipt=//evil.example`);
  assert.equal(strange.headers.get('location'), `${base}/applications`);
});

test('receipt number and inquiry number together open the case for half an hour', async () => {
  const { number } = await arrive();
  const look = (inquiry: string) =>
    room.app.request(`${origin}${base}/applications`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin },
      body: new URLSearchParams({ receipt: number, inquiry }).toString(),
    });
  const wrong = await look('00000-00000');
  assert.equal(wrong.status, 422);
  assert.match(await wrong.text(), /番号を確かめてください/);
  assert.match(await (await look('')).text(), /番号を2つとも書いてください/);
  const secret = inquiryNumber(room.options.keys.secret, '99201', number);
  const right = await look(secret.toLowerCase().replace('-', ' '));
  assert.equal(right.status, 303);
  const cookie = right.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  assert.match(right.headers.getSetCookie().join(), /HttpOnly/);
  assert.equal((await get(`${base}/applications/${number}`, cookie)).status, 200);
  const { number: another } = await arrive();
  assert.equal((await get(`${base}/applications/${another}`, cookie)).status, 403);
  room.time.now = new Date(now.getTime() + 31 * 60_000);
  assert.equal((await get(`${base}/applications/${number}`, cookie)).status, 403);
  room.time.now = now;
});

test('the receipt is there as PDF and as signed data, for the same reader only', async () => {
  const { number, cookie } = await arrive();
  const pdf = await get(`${base}/applications/${number}/receipt.pdf`, cookie);
  assert.equal(pdf.headers.get('content-type'), 'application/pdf');
  assert.equal(
    Buffer.from(await pdf.arrayBuffer())
      .subarray(0, 5)
      .toString(),
    '%PDF-',
  );
  const jws = await get(`${base}/applications/${number}/receipt.jws`, cookie);
  assert.equal((await jws.text()).split('.').length, 3);
  for (const name of ['receipt.pdf', 'receipt.jws'])
    assert.equal((await get(`${base}/applications/${number}/${name}`)).status, 403);
});

test('a refused case says so, why, and what to do', async () => {
  const issued = await issue(room);
  await send(room, issued.claims.ticket, await envelopeFor(room, issued));
  await send(room, issued.claims.ticket, await envelopeFor(room, issued));
  const [row] =
    await db.sql`select receipt_number from agency.cases where jti = ${issued.jti} and state = 'refused'`;
  const page = await (await get(`${base}/applications/${row?.receipt_number}`, issued.cookie)).text();
  assert.match(page, /受け付けられませんでした/);
  assert.match(page, /すでに別の申請が届いています/);
});

test('an inquiry number is understood as people write it', () => {
  const secret = new Uint8Array(32).fill(1);
  const number = inquiryNumber(secret, '99201', '2026-0000001');
  assert.match(number, /^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/);
  const is = (typed: string) => isInquiryNumber(secret, '99201', '2026-0000001', typed);
  assert.ok(is(number));
  assert.ok(is(` ${number.toLowerCase()} `));
  assert.ok(is(number.replace('-', '').normalize('NFKC')));
  assert.ok(is(number.replaceAll('0', 'o').replaceAll('1', 'l')));
  assert.ok(!is(''));
  assert.ok(!is(number.slice(0, -1)));
  assert.ok(!isInquiryNumber(secret, '99202', '2026-0000001', number));
});

test('health, readiness and metrics', async () => {
  assert.equal((await get(`${base}/healthz`)).status, 200);
  assert.equal((await get(`${base}/readyz`)).status, 200);
  assert.match(await (await get(`${base}/metrics`)).text(), /madoguchi_agency_cases\{state="arrived"\} \d/);
});

test('an applicant reads what happened so far in few words: no officer, no look, no hand-over', () => {
  const at = new Date('2026-11-22T01:41:00Z');
  const kinds = ['arrived', 'opened', 'tryLater', 'verified', 'assigned', 'note', 'verified', 'matched'];
  kinds.push(
    'correctionAsked',
    'corrected',
    'verified',
    'proposed',
    'accepted',
    'replied',
    'handedOver',
    '__proto__',
  );
  assert.deepEqual(
    historyOf(kinds.map((kind) => ({ at, kind }))).map(({ words }) => words.en),
    [
      ...['The application arrived', 'Examination began', 'A correction was asked for'],
      ...['The correction arrived', 'It was accepted', 'The notice was made'],
    ],
  );
});
