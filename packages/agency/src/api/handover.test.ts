// The programs of docs/handover.md, run as they stand there, against the API and the webhooks of a room.
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { serve } from '@hono/node-server';
import type { Database } from '@madoguchi/store';
import { taro } from '@madoguchi/testing';
import { openDesk } from '../testing/desk-room.js';
import { base, temporaryDatabase } from '../testing/room.js';
import { freePort } from '../testing/smtp-server.js';
import { openVerificationRoom, type VerificationRoom } from '../testing/verification-room.js';
import { putResident } from '../verification/index.js';
import { signatureHeaders } from '../webhooks/event.js';
import { postOutside } from '../webhooks/post.js';
import { createApiKey } from './keys.js';

const code = '99201';
let db: Database;
let close: () => Promise<void>;
let room: VerificationRoom;
let folder = '';
const at = (name: string) => path.join(folder, name);

before(async () => {
  ({ db, close } = await temporaryDatabase());
  room = await openVerificationRoom(db);
  folder = await mkdtemp(path.join(tmpdir(), 'mado-handover-'));
  const text = await readFile(new URL('../../../../docs/handover.md', import.meta.url), 'utf8');
  const programs = [...text.matchAll(/```js (\S+)\n([\s\S]*?)```/g)];
  assert.equal(programs.length, 2);
  for (const [, name = '', program = ''] of programs) await writeFile(at(name), program);
});
after(async () => {
  await close();
  await rm(folder, { recursive: true, force: true });
});

function start(words: readonly string[]): { child: ChildProcess; lines: AsyncIterator<string> } {
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] });
  return { child, lines: createInterface({ input: child.stdout })[Symbol.asyncIterator]() };
}

test('a batch is taken over by the program: what has a number in the resident record; the officer sees why the other was not', async () => {
  const officer = await openDesk(room)('chief');
  const stranger = await room.file({ identity: { ...taro, name: '架空　花子' } });
  await putResident(db.sql, code, { id: 'r-1', ...taro });
  const known = await room.file();
  for (const receipt of [stranger, known])
    assert.equal((await officer.decide(receipt, 'accept', '確かめた')).status, 303);
  const input = { name: 'core', procedure: undefined, officer: 'chief', now: room.time.now };
  const key = (await createApiKey(db.sql, code, input)) ?? '';
  const port = await freePort();
  const server = serve({ fetch: room.app.fetch, port, hostname: '127.0.0.1' });
  try {
    const { child, lines } = start([at('take-over.mjs'), `http://127.0.0.1:${port}${base}/api/v1`, key]);
    const ended = new Promise((resolve) => child.once('close', resolve));
    const told = JSON.parse((await lines.next()).value as string);
    assert.deepEqual([told.receiptNumber, told.resident], [known, 'r-1']);
    assert.equal((await lines.next()).done, true, 'nothing else');
    assert.equal(await ended, 0);
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
  assert.match(await officer.page(`/cases/${stranger}`), /基幹システムが引き取れなかった.*宛名番号がない/s);
  assert.match(await officer.page(`/cases/${known}`), /基幹システムが引き取った/);
});

test('the listening program takes what is signed, and nothing that is changed, late or of another secret', async () => {
  const port = await freePort();
  const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
  const { child, lines } = start([at('listen.mjs'), String(port), secret]);
  const origin = `http://127.0.0.1:${port}`;
  const body = JSON.stringify({ type: 'application.accepted' });
  const post = (headers: Record<string, string>, sent = body) =>
    postOutside(`${origin}/`, { body: sent, headers }, [origin]);
  try {
    assert.equal((await lines.next()).value, 'ready');
    const good = signatureHeaders(secret, { id: 'm1', at: new Date(), body });
    const old = signatureHeaders(secret, { id: 'm1', at: new Date(Date.now() - 3600_000), body });
    const other = `whsec_${Buffer.alloc(32, 8).toString('base64')}`;
    const foreign = signatureHeaders(other, { id: 'm1', at: new Date(), body });
    for (const [headers, sent] of [[good, `${body} `], [old], [foreign], [{}]] as const)
      assert.deepEqual(await post(headers, sent), { status: 401 });
    assert.deepEqual(await post(good), { status: 204 });
    assert.equal((await lines.next()).value, body);
  } finally {
    child.kill();
  }
});
