import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mutations } from '@madoguchi/testing';
import { csv } from '@madoguchi/ui';
import { readCsv } from './csv-read.js';

test('what is written as CSV is read back: commas, quotation marks and lines in cells', () => {
  const rows = [
    ['a', 'b'],
    ['x,y', 'he said "no"'],
    ['two\nlines', '見本'],
  ];
  const read = readCsv(csv(rows));
  assert.deepEqual(read.faults, []);
  assert.deepEqual(
    read.rows.map(({ cells }) => cells),
    rows,
  );
  assert.deepEqual(
    read.rows.map(({ line }) => line),
    [1, 2, 3],
  );
});

test('an open quotation mark and text behind a closed one are faults with their line', () => {
  assert.deepEqual(readCsv('a\n"b').faults, [{ line: 2, message: 'a quotation mark is not closed' }]);
  assert.equal(readCsv('a\n"b"c').faults[0]?.line, 2);
  assert.equal(readCsv('x'.repeat(5_000_000)).faults.length, 1);
});

test('mutated CSV is read without a throw or a hang', () => {
  const good = Buffer.from(
    csv([
      ['a', 'b,"c"'],
      ['d\r\ne', '見本'],
    ]),
  );
  for (const bytes of mutations(good, 2000)) {
    const { rows, faults } = readCsv(Buffer.from(bytes).toString('utf8'));
    assert.ok(rows.length + faults.length < 100);
  }
});
