import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Database } from '@madoguchi/store';
import { Hono } from 'hono';
import { agencyApp } from '../app.js';
import { base, envelopeFor, issue, openRoom, origin, type Room, temporaryDatabase } from '../testing/room.js';

let db: Database;
let close: () => Promise<void>;
let room: Room;
before(async () => {
  ({ db, close } = await temporaryDatabase());
  room = await openRoom(db);
});
after(() => close());

const from = (address: string) => ({ incoming: { socket: { remoteAddress: address } } });

test('too many envelopes from one address: 429 with Retry-After and words, before the body is read; the next address is served', async () => {
  const app = new Hono().route(
    base,
    agencyApp({ ...room.options, limits: { intake: { perMinute: 1, burst: 3 } } }),
  );
  let pulled = 0;
  const post = (address: string, body?: ReadableStream | Uint8Array, ticket = 'x') =>
    app.request(
      `${origin}${base}/intake`,
      {
        method: 'POST',
        headers: {
          'content-type': 'application/pkcs7-mime; smime-type=authEnveloped-data',
          authorization: `Ticket ${ticket}`,
        },
        body: body ?? null,
        duplex: 'half',
      } as RequestInit,
      from(address),
    );
  for (let n = 0; n < 3; n += 1) assert.equal((await post('203.0.113.7')).status, 401);
  const stream = new ReadableStream(
    {
      pull: (controller) => {
        pulled += 1;
        controller.enqueue(new Uint8Array(1000));
      },
    },
    { highWaterMark: 0 },
  );
  const issued = await issue(room);
  const fourth = await post('203.0.113.7', stream, issued.claims.ticket);
  assert.equal(fourth.status, 429);
  assert.ok(Number(fourth.headers.get('retry-after')) >= 1);
  const words = (await fourth.json()) as {
    rule: string;
    what: { ja: string; jaEasy: string; en: string };
    next: { ja: string };
  };
  assert.equal(words.rule, 'intake.rate');
  assert.match(words.what.ja, /何も受け取っていません/);
  assert.match(words.next.ja, /[ぁ-ん]/);
  assert.equal(pulled, 0);
  const other = await post(
    '203.0.113.8',
    Uint8Array.from(await envelopeFor(room, issued)),
    issued.claims.ticket,
  );
  assert.equal(other.status, 201);
});

test('too many signing requests, logins and look-ups from one address are told to wait', async () => {
  const limits = { requests: { perMinute: 1, burst: 1 }, lookUps: { perMinute: 1, burst: 1 } };
  const login = {
    anchors: [],
    demo: true,
    revocation: { find: async () => ({ sources: [], problems: [] }) },
  };
  const app = new Hono().route(base, agencyApp({ ...room.options, limits, login }));
  const ask = () =>
    app.request(
      `${origin}${base}/procedures/juminhyo/request`,
      {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin, 'sec-fetch-site': 'same-origin' },
        body: JSON.stringify({ answers: {}, attachments: [] }),
      },
      from('203.0.113.7'),
    );
  assert.equal((await ask()).status, 422);
  const second = await ask();
  assert.equal(second.status, 429);
  assert.ok(second.headers.get('retry-after'));
  const logIn = (address: string) =>
    app.request(
      `${origin}${base}/my/login/start`,
      { method: 'POST', headers: { accept: 'application/json', origin, 'sec-fetch-site': 'same-origin' } },
      from(address),
    );
  assert.equal((await logIn('203.0.113.7')).status, 201);
  const late = await logIn('203.0.113.7');
  assert.deepEqual([late.status, Number(late.headers.get('retry-after')) >= 1], [429, true]);
  assert.equal((await logIn('203.0.113.8')).status, 201);
  const lookUp = () =>
    app.request(
      `${origin}${base}/applications`,
      {
        method: 'POST',
        headers: {
          origin,
          'sec-fetch-site': 'same-origin',
          'content-type': 'application/x-www-form-urlencoded',
        },
        body: 'receipt=2026-0000001&inquiry=AAAAA-AAAAA',
      },
      from('203.0.113.7'),
    );
  assert.equal((await lookUp()).status, 422);
  const again = await lookUp();
  assert.equal(again.status, 429);
  assert.match(await again.text(), /しばらく/);
});

test('corrections, withdrawals and co-signatures are signing requests too: beyond a few a minute 429, before the case is looked for', async () => {
  const limits = { requests: { perMinute: 1, burst: 2 } };
  const app = new Hono().route(base, agencyApp({ ...room.options, limits }));
  const ask = (place: string, address: string) =>
    app.request(
      `${origin}${base}/applications/2026-0000001/${place}/request`,
      {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin, 'sec-fetch-site': 'same-origin' },
        body: JSON.stringify({ answers: {}, attachments: [] }),
      },
      from(address),
    );
  const asked = async (...places: string[]) => {
    const answers = [];
    for (const place of places) answers.push((await ask(place, '203.0.113.7')).status);
    return answers;
  };
  assert.deepEqual(await asked('correction', 'withdrawal', 'correction'), [303, 303, 429]);
  assert.deepEqual(await asked('cosign', 'cosign', 'cosign'), [303, 303, 429]);
  assert.ok((await ask('cosign', '203.0.113.7')).headers.get('retry-after'));
  assert.equal((await ask('withdrawal', '203.0.113.8')).status, 303);
});
