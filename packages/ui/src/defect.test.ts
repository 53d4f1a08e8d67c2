import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defectOf } from './index.js';

test('what is logged of a defect tells where it happened, and nothing of its message, which may have several lines', () => {
  const error = Object.assign(new TypeError('総務太郎\nDetail: Key (name)=(総務太郎) exists'), {
    code: '23505',
  });
  const said = defectOf(error);
  assert.equal(said.error, 'TypeError 23505');
  assert.ok(said.where.length > 0 && said.where.every((line) => line.startsWith('at ')));
  assert.doesNotMatch(JSON.stringify(said), /総務|Detail/);
  assert.deepEqual(defectOf('総務太郎'), { error: 'unknown', where: [] });
});
