import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { turns } from './turns.js';

test('many pass a few at a time, in their order, and others have their turn between', async () => {
  const turn = turns(3);
  const passed: number[] = [];
  const all = Array.from({ length: 8 }, async (_, number) => {
    await turn();
    passed.push(number);
  });
  const seen: number[] = [];
  while (passed.length < all.length) {
    await nextTurn();
    seen.push(passed.length);
  }
  assert.deepEqual(passed, [0, 1, 2, 3, 4, 5, 6, 7]);
  assert.deepEqual(seen, [3, 6, 8]);
});

test('who comes alone passes at the next turn, also after others have passed', async () => {
  const turn = turns(3);
  await Promise.all([turn(), turn(), turn(), turn()]);
  let passed = false;
  void turn().then(() => {
    passed = true;
  });
  await nextTurn();
  assert.ok(passed);
});
