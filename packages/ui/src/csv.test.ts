import assert from 'node:assert/strict';
import { test } from 'node:test';
import { csv } from './csv.js';

test('no text of a table is a formula to a spreadsheet, whatever stands before its sign; a number is one', () => {
  for (const cell of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', ' =1', '＝1', '\r=1', '%x', '|x'])
    assert.ok(csv([[cell]]).startsWith(`\uFEFF"'`), JSON.stringify(cell));
  assert.equal(csv([['a', -1]]), '\uFEFF"a",-1\r\n');
});

test('every text stands in quotation marks, whatever it holds', () => {
  assert.equal(csv([['a"b', '1-2', 'x,y', '中央\n一丁目']]), '\uFEFF"a""b","1-2","x,y","中央\n一丁目"\r\n');
});
