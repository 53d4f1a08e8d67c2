import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readAgencyFigures } from './public-figures.js';
import { startOfToday, told, toldSum, waitingOf } from './told.js';

test('one to four is not told, and no sum tells it either', () => {
  assert.deepEqual([0, 1, 4, 5].map(told), [0, null, null, 5]);
  // Whoever takes 7 and 5 from the sum must not find the 3.
  assert.equal(toldSum([7, 3, 5]), 12);
  assert.equal(toldSum([7, 3, 2]), 12);
  assert.equal(toldSum([3]), null);
  assert.equal(toldSum([2, 1]), null);
  assert.equal(toldSum([]), 0);
  for (let trial = 0; trial < 500; trial++) {
    const parts = Array.from({ length: 1 + (trial % 6) }, () => Math.floor(Math.random() * 8));
    const sum = toldSum(parts);
    const open = parts.filter((n) => told(n) !== null).reduce((a, b) => a + b, 0);
    const hidden = (sum ?? 0) - open;
    assert.ok(sum === null || hidden === 0 || hidden >= 5, JSON.stringify(parts));
  }
});

test('the time of the slowest is told only of ten and more', () => {
  const spread = { median: 3.1234, ninety: 9.99 };
  assert.deepEqual(waitingOf([4], spread), { number: null, median: null, ninety: null });
  assert.deepEqual(waitingOf([5], spread), { number: 5, median: 3.1, ninety: null });
  assert.deepEqual(waitingOf([10], spread), { number: 10, median: 3.1, ninety: 10 });
});

test('the day ends at midnight in Japan', () => {
  const at = (text: string) => startOfToday(new Date(text)).toISOString();
  assert.equal(at('2026-11-27T14:59:59Z'), '2026-11-26T15:00:00.000Z');
  assert.equal(at('2026-11-27T15:00:00Z'), '2026-11-27T15:00:00.000Z');
});

test('figures of another shape are none', () => {
  const good = {
    until: '2026-11-26T15:00:00.000Z',
    agency: '99201',
    hiddenBelow: 5,
    procedures: [
      {
        id: 'juminhyo',
        title: { ja: '住民票', jaEasy: '{住民票|じゅうみんひょう}', en: 'Record' },
        arrived: null,
        decided: { number: 0, median: null, ninety: null },
        months: [{ month: '2026-11', arrived: 7, decided: { number: null, median: null, ninety: null } }],
      },
    ],
  };
  assert.deepEqual(readAgencyFigures(good), good);
  const [procedure] = good.procedures;
  for (const bad of [
    null,
    [],
    { ...good, until: 'yesterday' },
    { ...good, agency: '../x' },
    { ...good, procedures: [{ ...procedure, arrived: -1 }] },
    { ...good, procedures: [{ ...procedure, months: [{ month: '2026-13' }] }] },
    { ...good, procedures: Array.from({ length: 501 }, () => procedure) },
  ])
    assert.equal(readAgencyFigures(bad), undefined);
});
