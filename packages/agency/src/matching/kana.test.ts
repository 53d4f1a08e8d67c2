import assert from 'node:assert/strict';
import { test } from 'node:test';
import { matchKana } from './kana.js';
import type { FieldMatch } from './reasons.js';

const cases: readonly (readonly [string, string, FieldMatch['verdict'], FieldMatch['rung'], RegExp?])[] = [
  ['ソウム　タロウ', 'ソウム　タロウ', 'match', 'exact'],
  ['ソウム　タロウ', 'そうむ たろう', 'match', 'folded'],
  ['ソウム　タロウ', 'ｿｳﾑ ﾀﾛｳ', 'match', 'folded'],
  ['ガルシア', 'ｶﾞﾙｼｱ', 'match', 'folded'],
  ['ガルシア', 'カ\u3099ルシア', 'match', 'folded'],
  ['ヨーコ', 'ヨ－コ', 'match', 'folded'],
  ['ヨーコ', 'ﾖｰｺ', 'match', 'folded'],
  ['ジョン・スミス', 'ジョン　スミス', 'match', 'folded'],
  ['キョウコ', 'キヨウコ', 'near', 'variant', /^小さい文字と大きい文字が違います/],
  ['ハットリ', 'ハツトリ', 'near', 'variant', /^小さい文字/],
  ['ナガシマ', 'ナカシマ', 'near', 'variant', /^濁点/],
  ['ヤマサキ', 'ヤマザキ', 'near', 'variant', /^濁点/],
  ['ハナ', 'パナ', 'near', 'variant', /^濁点/],
  ['ミツヅカ', 'ミツズカ', 'near', 'variant', /^ヂとジ、ヅとズ/],
  ['カヲル', 'カオル', 'near', 'variant', /^ヲとオ/],
  ['ヨウコ', 'ヨーコ', 'near', 'variant', /^長音/],
  ['オオノ', 'オーノ', 'near', 'variant', /^長音/],
  ['キョーコ', 'キヨウコ', 'near', 'variant', /小さい文字.*長音/],
  ['ソウム　タロウ', 'ソウム　ジロウ', 'mismatch', 'none', /4文字目から/],
  ['ソウム', 'ソウ', 'mismatch', 'none', /3文字目から/],
  ['ユウコ', 'ヨウコ', 'mismatch', 'none'],
  ['オノ', 'オオノ', 'mismatch', 'none'],
  ['シンイチ', 'シニチ', 'mismatch', 'none'],
  ['カ', '力', 'mismatch', 'none'],
  ['ニ', '二', 'mismatch', 'none'],
  ['ソウム', 'SOUMU', 'mismatch', 'none'],
  ['ソウム', 'ソウム\u200B', 'mismatch', 'none'],
  ['ソウム', '　', 'absent', 'none'],
  ['', 'ソウム', 'mismatch', 'none'],
];

test('readings meet as people write them, and names that are two stay two', () => {
  for (const [record, typed, verdict, rung, words] of cases) {
    const found = matchKana(record, typed);
    assert.deepEqual([found.verdict, found.rung], [verdict, rung], `${record} / ${typed}: ${found.reason}`);
    assert.match(found.reason, words ?? /。$/);
    if (record.trim() === '' || typed.trim() === '') continue;
    const back = matchKana(typed, record);
    assert.deepEqual([back.verdict, back.rung], [verdict, rung], `${typed} / ${record}`);
  }
});

test('hostile readings give a verdict in bounded time', () => {
  for (const part of ['ー', 'ｶﾞ', 'か\u3099', '\uD842', 'ヨウ', '\u0301', 'ァ']) {
    for (const length of [1, 500, 100_000]) {
      const found = matchKana(part.repeat(length), `${part.repeat(length)}ア`);
      assert.notEqual(found.verdict, 'match');
    }
  }
});
