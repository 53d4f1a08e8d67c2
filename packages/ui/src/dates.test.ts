import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eraDate, formatDate, parseDay } from './dates.js';

const arrival = new Date('2026-11-22T01:41:00Z');

test('a moment is told in Japan time, with the era', () => {
  assert.equal(formatDate(arrival, 'ja', { time: true }), '2026年11月22日（令和8年）10時41分');
  assert.equal(formatDate(arrival, 'jaEasy', { wareki: false }), '2026年11月22日');
  assert.equal(formatDate(arrival, 'en', { time: true }), '22 November 2026, 10:41 (Japan time)');
  assert.equal(
    formatDate(new Date('2026-12-31T15:05:00Z'), 'ja', { time: true }),
    '2027年1月1日（令和9年）0時05分',
  );
  assert.equal(formatDate(new Date('2019-04-30T15:00:00Z'), 'ja'), '2019年5月1日（令和元年）');
  assert.equal(formatDate(new Date(Number.NaN), 'ja'), '');
});

test('a birth date is told in the era people know it by', () => {
  assert.equal(eraDate('1975-04-01'), '昭和50年4月1日（1975年）');
  assert.equal(eraDate('1975-04-01', 'jaEasy'), '1975年4月1日（昭和50年）');
  assert.equal(eraDate('1975-04-01', 'en'), '1 April 1975');
  assert.equal(eraDate('1989-01-07'), '昭和64年1月7日（1989年）');
  assert.equal(eraDate('1989-01-08'), '平成元年1月8日（1989年）');
});

test('unknown parts of a birth date are said, and what is no date is shown as it stands', () => {
  assert.equal(eraDate('1989-00-00'), '1989年（月日は不明）');
  assert.equal(eraDate('1930-05-00'), '1930年5月（日は不明）');
  assert.equal(eraDate('0000-00-00'), '不明');
  assert.equal(eraDate('1930-05-00', 'en'), 'May 1930 (day unknown)');
  assert.equal(eraDate('2026-02-30'), '2026-02-30');
  assert.equal(eraDate('<b>'), '<b>');
});

test('days are read as people write them', () => {
  for (const text of [
    '昭和50年4月1日',
    'S50.4.1',
    's50/04/01',
    '1975年4月1日',
    '1975-04-01',
    '昭和５０年　４月 １日',
  ]) {
    assert.equal(parseDay(text), '1975-04-01', text);
  }
  assert.equal(parseDay('令和元年5月1日'), '2019-05-01');
  assert.equal(parseDay('平成元年1月8日'), '1989-01-08');
  assert.equal(parseDay('平成31年12月1日'), '2019-12-01');
});

test('days that never were are refused', () => {
  for (const text of [
    '令和元年4月30日',
    '昭和0年1月1日',
    '2026-02-30',
    '2026-13-01',
    '50年4月1日',
    '未来5年1月1日',
    '',
    '元年1月1日',
  ]) {
    assert.equal(parseDay(text), undefined, text);
  }
  assert.equal(parseDay('9'.repeat(100_000)), undefined);
});

test('no text makes the reader of days throw', () => {
  const start = '令和元年5月1日S50.4/-12';
  let seed = 11;
  for (let round = 0; round < 3000; round += 1) {
    let text = '';
    for (let length = 0; length < 10; length += 1) {
      seed = (seed * 48271) % 2147483647;
      text += start[seed % start.length];
    }
    assert.match(parseDay(text) ?? '2000-01-01', /^\d{4}-\d\d-\d\d$/);
  }
});
