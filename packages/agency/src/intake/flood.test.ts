// Ten thousand forgeries and a file of 200 MB, over real connections: answered in words, nothing heaped up, and who applies meanwhile is served.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { getRequestListener } from '@hono/node-server';
import type { Database } from '@madoguchi/store';
import {
  askForRequest,
  base,
  envelopeFor,
  type Issued,
  issue,
  origin,
  roadPermission,
  temporaryDatabase,
} from '../testing/room.js';
import { openVerificationRoom, type VerificationRoom } from '../testing/verification-room.js';
import { verifyCase } from '../verification/index.js';
import { openArrived } from './open.js';

const forgeries = 10_000;
const connections = 16;
setFlagsFromString('--expose_gc');
const gc = runInNewContext('gc') as () => void;

let db: Database;
let close: () => Promise<void>;
let room: VerificationRoom;
let server: http.Server;
const agent = new http.Agent({ keepAlive: true, maxSockets: connections });
before(async () => {
  ({ db, close } = await temporaryDatabase());
  room = await openVerificationRoom(db);
  server = http.createServer(getRequestListener(room.app.fetch));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
after(async () => {
  agent.destroy();
  server.closeAllConnections();
  server.close();
  await close();
});

interface Answer {
  status: number;
  text: string;
}

/** Posts to the intake; a body of pieces goes without a length. `sent` tells how many octets were taken from it before the answer came. */
function post(ticket: string, body: Uint8Array | Generator<Uint8Array>): Promise<Answer & { sent: number }> {
  return new Promise((resolve, reject) => {
    let sent = 0;
    let answered = false;
    const request = http.request({
      ...{
        host: '127.0.0.1',
        port: (server.address() as AddressInfo).port,
        path: `${base}/intake`,
        method: 'POST',
      },
      agent: body instanceof Uint8Array ? agent : false,
      headers: {
        'content-type': 'application/pkcs7-mime; smime-type=authEnveloped-data',
        authorization: `Ticket ${ticket}`,
        ...(body instanceof Uint8Array ? { 'content-length': body.length } : {}),
      },
    });
    request.on('response', (response) => {
      answered = true;
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString(), sent }),
      );
    });
    request.on('error', (error) => {
      if (!answered) reject(error);
    });
    if (body instanceof Uint8Array) {
      request.end(body);
      return;
    }
    const more = () => {
      for (let piece = body.next(); !answered && piece.done !== true; piece = body.next()) {
        sent += piece.value.length;
        if (!request.write(piece.value)) {
          request.once('drain', more);
          return;
        }
      }
      request.end();
    };
    more();
  });
}

/** Files an application as a citizen does and has it verified. */
async function applies(): Promise<void> {
  const issued = await issue(room);
  const answer = await post(issued.claims.ticket, await envelopeFor(room, issued));
  assert.equal(answer.status, 201, answer.text);
  const payload = Buffer.from(answer.text.split('.')[1] ?? '', 'base64url').toString();
  const { receiptNumber } = JSON.parse(payload) as { receiptNumber: string };
  await openArrived(room.options, receiptNumber, async (input) => {
    await verifyCase({ ...input, trust: room.trust });
  });
  const [row] = await db.sql`select state from agency.cases where receipt_number = ${receiptNumber}`;
  assert.equal(row?.state, 'verified');
}

test(`${forgeries} forged envelopes: each refused in words or kept within bounds, memory flat, and applications go through in between`, async () => {
  const tickets: Issued[] = [];
  for (let n = 0; n < 10; n += 1) tickets.push(await issue(room));
  const genuine = await Promise.all(tickets.map((issued) => envelopeFor(room, issued)));
  const forged = (n: number): { ticket: string; body: Uint8Array } => {
    const issued = tickets[n % tickets.length];
    const honest = Buffer.from(genuine[n % tickets.length] ?? []);
    const ticket = issued?.claims.ticket ?? '';
    switch (n % 5) {
      case 0:
        return { ticket: `${ticket.slice(0, -6)}AAAAAA`, body: honest };
      case 1:
        return { ticket, body: randomBytes(3000) };
      case 2:
        return { ticket, body: honest.subarray(0, 200 + (n % 1000)) };
      case 3: {
        // A well-formed envelope with other octets inside: it arrives, up to the bound for one request.
        const other = Buffer.from(honest);
        other.writeUInt32BE(n, other.length - 400);
        return { ticket, body: other };
      }
      default:
        return {
          ticket: ticket.replace(/\.([0-9]+)\./, (_, until: string) => `.${Number(until) + 9999}.`),
          body: honest,
        };
    }
  };
  await applies();
  gc();
  const before = process.memoryUsage();
  const statuses = new Map<number, number>();
  let next = 0;
  let slowest = 0;
  const client = async () => {
    for (let n = next++; n < forgeries; n = next++) {
      const { ticket, body } = forged(n);
      const began = performance.now();
      const { status, text } = await post(ticket, body);
      slowest = Math.max(slowest, performance.now() - began);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      if (status !== 201) assert.match((JSON.parse(text) as { what: { ja: string } }).what.ja, /。$/);
    }
  };
  const citizen = async () => {
    for (let n = 0; n < 5; n += 1) await applies();
  };
  await Promise.all([citizen(), ...Array.from({ length: connections - 1 }, client)]);
  gc();
  const after = process.memoryUsage();
  const grown = (after.heapUsed + after.external - before.heapUsed - before.external) / 1e6;
  assert.ok(grown < 48, `${grown.toFixed(1)} MB more are held`);
  assert.deepEqual([...statuses.keys()].sort(), [201, 401, 415, 429]);
  assert.ok((statuses.get(201) ?? 0) <= 5 * tickets.length, 'five for each request at most');
  const [row] = await db.sql`select count(*)::int as n from agency.cases`;
  assert.ok(Number(row?.n) <= 5 * tickets.length + 6);
  await applies();
});

test('a file of 200 MB: refused on the page before anything is signed, and by the intake after the first megabytes, whatever was announced', async () => {
  const size = 200 * 1024 * 1024;
  const answers = roadPermission;
  const claim = { name: '位置図.pdf', size, sha256: 'ab'.repeat(32), rule: 'map' };
  const page = await askForRequest(room, 'douro-senyo', answers, [claim]);
  assert.equal(page.status, 422);
  assert.match((await page.text()).replaceAll(/<[^>]+>/g, ''), /大きすぎ|MB/);

  const issued = await issue(room);
  const announced = await post(issued.claims.ticket, Buffer.alloc(8 * 1024 * 1024));
  assert.equal(announced.status, 413);
  gc();
  const before = process.memoryUsage();
  let peak = 0;
  const piece = Buffer.alloc(256 * 1024, 7);
  const pieces = function* () {
    for (let at = 0; at < size; at += piece.length) {
      peak = Math.max(peak, process.memoryUsage().arrayBuffers);
      yield piece;
    }
  };
  const streamed = await post(issued.claims.ticket, pieces());
  assert.equal(streamed.status, 413);
  assert.match((JSON.parse(streamed.text) as { what: { ja: string } }).what.ja, /大きすぎます/);
  assert.ok(streamed.sent < 64 * 1024 * 1024, `${streamed.sent} octets left the sender`);
  assert.ok(peak - before.arrayBuffers < 32 * 1024 * 1024, `${peak - before.arrayBuffers} octets were held`);
  const answer = await room.app.request(`${origin}${base}/`);
  assert.equal(answer.status, 200);
  const { status } = await post(issued.claims.ticket, await envelopeFor(room, issued));
  assert.equal(status, 201, 'the same ticket still takes the genuine application');
});
