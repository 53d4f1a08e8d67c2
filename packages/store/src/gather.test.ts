import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gather, type Outcome } from './gather.js';

const good = (value: number): Outcome<number> => ({ ok: true, value });

test('what is asked at the same moment is done in one call, each gets its own answer', async () => {
  const calls: number[] = [];
  const twice = gather<number, number>(async (items) => {
    calls.push(items.length);
    return items.map((item) => good(2 * item));
  });
  assert.deepEqual(await Promise.all([1, 2, 3].map(twice)), [2, 4, 6]);
  assert.equal(await twice(4), 8);
  assert.deepEqual(calls, [3, 1]);
});

test('a refusal concerns its item alone', async () => {
  const step = gather<number, number>(async (items) =>
    items.map((item) => (item === 2 ? { ok: false, error: new Error('not this one') } : good(item))),
  );
  const results = await Promise.allSettled([1, 2, 3].map(step));
  assert.deepEqual(
    results.map((result) => result.status),
    ['fulfilled', 'rejected', 'fulfilled'],
  );
});

test('when a call fails as a whole, each is tried alone and only the culprit fails', async () => {
  const step = gather<number, number>(async (items) => {
    if (items.includes(13)) throw new Error('the database refuses');
    return items.map(good);
  });
  const results = await Promise.allSettled([1, 13, 3].map(step));
  assert.deepEqual(
    results.map((result) => result.status),
    ['fulfilled', 'rejected', 'fulfilled'],
  );
});

test('no call gets more than the limit, and nothing is lost behind it', async () => {
  const sizes: number[] = [];
  const step = gather<number, number>(
    async (items) => {
      sizes.push(items.length);
      await new Promise((resolve) => setTimeout(resolve, 1));
      return items.map(good);
    },
    { items: 4, linger: 1 },
  );
  const all = Array.from({ length: 21 }, (_, n) => n);
  assert.deepEqual(await Promise.all(all.map(step)), all);
  assert.ok(sizes.every((size) => size <= 4));
});
