// One person cannot flood an agency: what one certificate signs is limited, whatever addresses it comes from; others are served meanwhile.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Database } from '@madoguchi/store';
import { taro } from '@madoguchi/testing';
import { Hono } from 'hono';
import { agencyApp } from '../app.js';
import { receptionTasks } from '../tasks.js';
import { base, envelopeFor, issue, origin, temporaryDatabase } from '../testing/room.js';
import { openVerificationRoom, type VerificationRoom } from '../testing/verification-room.js';
import { verifyCase } from '../verification/index.js';

let db: Database;
let close: () => Promise<void>;
let room: VerificationRoom;
let app: Hono;
before(async () => {
  ({ db, close } = await temporaryDatabase());
  room = await openVerificationRoom(db);
  room.options.limits = { signer: { perMinute: 6, burst: 3 }, intake: { perMinute: 1000 } };
  app = new Hono().route(base, agencyApp(room.options));
});
after(() => close());

/** From another address each time, as somebody who floods would. */
let host = 0;
async function post(ticket: string, envelope: Uint8Array): Promise<Response> {
  host += 1;
  return app.request(
    `${origin}${base}/intake`,
    {
      method: 'POST',
      headers: {
        'content-type': 'application/pkcs7-mime; smime-type=authEnveloped-data',
        authorization: `Ticket ${ticket}`,
      },
      body: Uint8Array.from(envelope),
    },
    { incoming: { socket: { remoteAddress: `203.0.113.${host}` } } },
  );
}

async function apply(change: Parameters<typeof envelopeFor>[2] = {}) {
  const issued = await issue(room);
  const envelope = await envelopeFor(room, issued, change);
  const answer = await post(issued.claims.ticket, envelope);
  return { answer, issued, envelope };
}

/** The job that opens and verifies: until then nobody knows who signed. */
async function open(answer: Response, how: 'alone' | 'together'): Promise<string> {
  assert.equal(answer.status, 201);
  const jws = await answer.text();
  const { receiptNumber } = JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString()) as {
    receiptNumber: string;
  };
  const verify = async (input: Omit<Parameters<typeof verifyCase>[0], 'trust'>) => {
    await verifyCase({ ...input, trust: room.trust });
  };
  const tasks = receptionTasks([{ options: room.options, verify, trust: room.trust }]);
  const numbers = how === 'alone' ? { receiptNumber } : { receiptNumbers: [receiptNumber] };
  await tasks['agency.open']?.({ agency: '99201', ...numbers });
  return jws;
}

const nextSecond = () => new Promise((resolve) => setTimeout(resolve, 1100));

test('beyond the limit one certificate is told to wait, in words and seconds; a replay is answered, others are served, a copied certificate counts for nobody', async () => {
  // Somebody writes the holder’s certificate beside a signature of their own key: that is nobody’s application.
  const copied = {
    ...(await room.citizens.another({ ...taro, name: '架空　花子' })),
    der: room.citizens.citizen.der,
  };
  for (let n = 0; n < 4; n += 1) await open((await apply({ by: copied })).answer, 'alone');
  assert.equal((await db.sql`select 1 from agency.signer_waits`).length, 0);

  const first = await apply();
  const receipt = await open(first.answer, 'together');
  for (const how of ['alone', 'together', 'alone'] as const) await open((await apply()).answer, how);
  await nextSecond();
  const turned = await apply();
  assert.equal(turned.answer.status, 429);
  assert.ok(Number(turned.answer.headers.get('retry-after')) >= 1);
  const words = (await turned.answer.json()) as {
    rule: string;
    what: { ja: string; jaEasy: string };
    next: { ja: string };
  };
  assert.equal(words.rule, 'intake.signerRate');
  assert.match(words.what.ja, /まだ受け取っていません/);
  assert.match(words.next.ja, /もう一度送って/);
  const stored = await db.sql`select 1 from agency.cases where jti = ${turned.issued.jti}`;
  assert.equal(stored.length, 0);

  assert.equal(await (await post(first.issued.claims.ticket, first.envelope)).text(), receipt);
  const other = await room.citizens.another({ ...taro, name: '架空　花子' });
  assert.equal((await apply({ by: other })).answer.status, 201);

  // After the wait the same envelope is taken in.
  room.time.now = new Date(room.time.now.getTime() + 20_000);
  assert.equal((await post(turned.issued.claims.ticket, turned.envelope)).status, 201);
  room.time.now = new Date(room.time.now.getTime() - 20_000);
});

test('no serial number, name or key of a certificate is in the table of those who wait', async () => {
  const [row] = await db.sql<{ certificate: Uint8Array }[]>`select certificate from agency.signer_waits`;
  assert.equal(row?.certificate.length, 32);
});
