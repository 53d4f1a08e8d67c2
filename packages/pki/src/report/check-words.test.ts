import assert from 'node:assert/strict';
import { test } from 'node:test';
import { explainCheck } from './check-words.js';
import { checkIds } from './evaluate.js';

test('every check has its words and its source, in three registers, and no two have the same title', () => {
  const titles = checkIds.map((id) => {
    const words = explainCheck(id);
    assert.ok(words, id);
    for (const part of [words.title, words.passed, words.means])
      for (const register of ['ja', 'jaEasy', 'en'] as const) assert.ok(part[register].length > 1, id);
    assert.ok(words.source.length > 0);
    return words.title.ja;
  });
  assert.equal(new Set(titles).size, checkIds.length);
  assert.equal(explainCheck('constructor'), undefined);
});
