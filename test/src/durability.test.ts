// 到達: an application that has a receipt is on disk, whatever happens in the next moment.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { openDatabase, readRun } from '@madoguchi/store';
import { claimsOf, post, startFormCity } from './support/form-city.js';

const rounds = 20;
let dir = '';
before(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'madoguchi-durability-'));
});
after(() => rm(dir, { recursive: true, force: true }));

const answers = { subject: 'self', copies: '1', domicile: 'no', delivery: 'post' };

async function askForRequest(home: string): Promise<string> {
  const answer = await fetch(new URL('procedures/juminhyo/request', home), {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: new URL(home).origin },
    body: JSON.stringify({ answers, attachments: [] }),
  });
  assert.equal(answer.status, 201);
  return ((await answer.json()) as { request: string }).request;
}

test(`agency and PostgreSQL are killed right after a receipt, ${rounds} times: each application is there`, async () => {
  const receipts: { number: string; sha256: string; jws: string }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const city = await startFormCity('http://127.0.0.1:2', dir);
    const run = await readRun(dir);
    assert.ok(run);
    const request = await askForRequest(city.home);
    const envelope = await city.envelope(request);
    const answer = await post(request, envelope);
    const jws = await answer.text();
    process.kill(run.server, 'SIGKILL');
    process.kill(city.pid, 'SIGKILL');
    assert.equal(answer.status, 201, jws);
    await city.ended;
    const sha256 = createHash('sha256').update(envelope).digest('hex');
    assert.equal(claimsOf(jws).envelopeSha256, sha256);
    receipts.push({ number: claimsOf(jws).receiptNumber, sha256, jws });
  }
  const database = await openDatabase({ dataDir: dir });
  try {
    assert.equal(new Set(receipts.map(({ number }) => number)).size, rounds);
    for (const { number, sha256, jws } of receipts) {
      const [found] =
        await database.sql`select receipt_jws from agency.cases where receipt_number = ${number}`;
      assert.equal(found?.receipt_jws, jws, number);
      const chunks = await database.sql<{ bytes: Uint8Array }[]>`select bytes from agency.envelope_chunks
        where receipt_number = ${number} order by seq`;
      const envelope = Buffer.concat(chunks.map(({ bytes }) => bytes));
      assert.equal(createHash('sha256').update(envelope).digest('hex'), sha256, number);
      const jobs =
        await database.sql`select 1 from agency.actions where receipt_number = ${number} and kind = 'arrived'`;
      assert.equal(jobs.length, 1);
    }
  } finally {
    await database.close();
  }
});
