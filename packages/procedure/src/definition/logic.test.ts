import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Condition, holds } from './conditions.js';
import { type Expression, evaluate, type Scope } from './expressions.js';
import { expressionSchema } from './logic-schema.js';

function scope(answers: Record<string, string>, rows: Record<string, string>[] = []): Scope {
  return {
    read: (field) => answers[field],
    rows: (group) => (group === 'rows' ? rows.map((row) => scope({ ...answers, ...row })) : []),
  };
}
const value = (
  expression: Expression,
  answers: Record<string, string> = {},
  rows: Record<string, string>[] = [],
) => evaluate(expression, scope(answers, rows));

test('sums, differences, products, bounds; what is not answered counts as nothing', () => {
  const answers = { a: '1200', b: '300', c: '2.5' };
  assert.equal(value({ sum: ['a', 'b', 'missing', 7] }, answers), 1507n);
  assert.equal(value({ minus: ['b', 'a'] }, answers), -900n);
  assert.equal(value({ times: ['c', 'a'] }, answers), 3000n);
  assert.equal(value({ most: [{ minus: ['b', 'a'] }, 0] }, answers), 0n);
  assert.equal(value({ least: ['a', 'b', 'c'] }, answers), 2n);
});

test('fractions stay exact until the form says how they are rounded', () => {
  // 0.1 + 0.2 and 10.21 % are where floating point slips.
  assert.equal(
    value({ round: { times: [{ sum: ['a', 'b'] }, 10] }, unit: 1, by: 'down' }, { a: '0.1', b: '0.2' }),
    3n,
  );
  assert.equal(value({ of: 'income', percent: '10.21' }, { income: '1000000' }), 102100n);
  assert.equal(value({ of: { of: 100, dividedBy: 3 }, percent: '300' }), 100n);
  for (const [by, expected] of [
    ['down', 1234000n],
    ['up', 1235000n],
    ['nearest', 1235000n],
  ] as const)
    assert.equal(value({ round: 'x', unit: 1000, by }, { x: '1234567' }), expected);
  assert.equal(value({ round: { minus: [0, 'x'] }, unit: 100, by: 'down' }, { x: '199' }), -100n);
});

test('the quick table of the income tax gives the published amounts', () => {
  // 所得税の速算表, National Tax Agency, tax answer No. 2260: taxable income, rate, deduction.
  const tax: Expression = {
    table: { round: 'income', unit: 1000, by: 'down' },
    rows: [
      { upTo: 1_949_000, percent: '5', minus: 0 },
      { upTo: 3_299_000, percent: '10', minus: 97_500 },
      { upTo: 6_949_000, percent: '20', minus: 427_500 },
      { upTo: 8_999_000, percent: '23', minus: 636_000 },
      { upTo: 17_999_000, percent: '33', minus: 1_536_000 },
      { upTo: 39_999_000, percent: '40', minus: 2_796_000 },
      { percent: '45', minus: 4_796_000 },
    ],
  };
  // Their own example: 7,000,000 × 0.23 − 636,000 = 974,000.
  assert.equal(value(tax, { income: '7000000' }), 974_000n);
  assert.equal(value(tax, { income: '1949999' }), 97_450n);
  assert.equal(value(tax, { income: '1950000' }), 97_500n);
  assert.equal(value(tax, { income: '50000000' }), 17_704_000n);
});

test('the table of employment income takes the salary in steps of 4,000 yen', () => {
  // 所得税法 別表第五, as the National Tax Agency prints it (No. 1410, from 2025): 5,003,999 yen counts as 5,000,000.
  const income: Expression = {
    minus: [
      'salary',
      {
        most: [
          650_000,
          {
            table: 'salary',
            rows: [
              { upTo: 3_599_999, percent: '30', minus: -80_000, unit: 4000 },
              { upTo: 6_599_999, percent: '20', minus: -440_000, unit: 4000 },
              { upTo: 8_500_000, percent: '10', minus: -1_100_000 },
              { percent: '0', minus: -1_950_000 },
            ],
          },
        ],
      },
    ],
  };
  assert.equal(value(income, { salary: '1500000' }), 850_000n);
  assert.equal(value(income, { salary: '5000000' }), 3_560_000n);
  assert.equal(value(income, { salary: '9000000' }), 7_050_000n);
});

test('by option, over rows, counted, and by the months and days of a period', () => {
  const rate: Expression = { field: 'kind', cases: { sign: 950, pole: 1200 }, otherwise: 0 };
  assert.equal(value(rate, { kind: 'pole' }), 1200n);
  assert.equal(value(rate, { kind: 'constructor' }), 0n);
  const rows = [{ price: '100' }, { price: '250' }, {}];
  assert.equal(value({ over: 'rows', sum: { times: ['price', 'n'] } }, { n: '2' }, rows), 700n);
  assert.equal(value({ count: 'rows' }, {}, rows), 3n);
  const months = (from: string, until: string) => value({ months: ['from', 'until'] }, { from, until });
  assert.equal(months('2026-04-01', '2026-04-30'), 1n);
  assert.equal(months('2026-04-01', '2026-05-01'), 2n);
  assert.equal(months('2026-04-15', '2027-04-14'), 12n);
  assert.equal(months('2026-04-15', '2026-04-14'), 0n);
  assert.equal(value({ days: ['from', 'until'] }, { from: '2026-02-27', until: '2026-03-01' }), 3n);
});

test('conditions: values, answered or not, numbers, days, and their combinations', () => {
  const answers = scope({ a: 'x', many: 'p,q', n: '12', from: '2026-04-01', until: '2026-03-31' });
  const cases: [Condition, boolean][] = [
    [{ field: 'a', is: ['x', 'y'] }, true],
    [{ field: 'many', is: ['q'] }, true],
    [{ field: 'many', is: ['p,q'] }, false],
    [{ field: 'gone', is: ['x'] }, false],
    [{ field: 'gone', answered: false }, true],
    [{ number: 'n', op: '>=', than: 12 }, true],
    [{ number: 'n', op: '>', than: { sum: [6, 6] } }, false],
    [{ number: 'gone', op: '<', than: 12 }, false],
    [{ date: 'from', op: '<=', than: 'until' }, false],
    [{ date: 'from', op: '>=', than: '2026-04-01' }, true],
    [{ date: 'from', op: '<', than: 'gone' }, false],
    [{ all: [{ field: 'a', is: ['x'] }, { not: { field: 'gone', answered: true } }] }, true],
    [
      {
        any: [
          { field: 'a', is: ['z'] },
          { field: 'many', is: ['z'] },
        ],
      },
      false,
    ],
  ];
  for (const [condition, expected] of cases)
    assert.equal(holds(condition, answers), expected, JSON.stringify(condition));
});

test('a product without end is bounded, and what is no expression is refused when read', () => {
  assert.equal(value({ times: Array.from({ length: 40 }, () => 'x') }, { x: '999999999999999' }), 0n);
  assert.equal(expressionSchema.safeParse({ percent: '1', of: 'a', more: 1 }).success, false);
  assert.equal(expressionSchema.safeParse({ of: 'a', percent: '1e9' }).success, false);
  assert.equal(expressionSchema.safeParse(1.5).success, false);
});
