import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jobService } from './job-service.js';

/** The service over an authority that says this, whatever it is asked. */
function saying(said: object) {
  const asked: unknown[] = [];
  const fetch: typeof globalThis.fetch = async (_url, init) => {
    asked.push(JSON.parse(String(init?.body)));
    return Response.json(said);
  };
  return { asked, service: jobService('http://127.0.0.1:1/job', { ticket: 't', run: 'r' }, fetch) };
}

const nonce = Buffer.alloc(32, 7).toString('base64');

test('a job is taken with its ticket, and with the certificates of the cards that are there', async () => {
  const { asked, service } = saying({ nonce, order: [1, 0] });
  const taken = await service.take([Uint8Array.of(1), undefined]);
  assert.deepEqual(taken, { nonce: Buffer.alloc(32, 7), order: [1, 0] });
  assert.deepEqual(asked, [{ run: 'r', ticket: 't', cards: ['AQ==', null] }]);
});

test('an authority that names a card again and again, or one that is not there, does not hold the reader', async () => {
  const { service } = saying({ nonce, order: [...Array(10_000).fill(1), -1, 2, 0.5, '0', null, 0] });
  assert.deepEqual((await service.take([undefined, undefined])).order, [1, 0]);
});
