import assert from 'node:assert/strict';
import { test } from 'node:test';
import { matchField, pairs } from '../testing/matching-pairs.js';
import { readDate } from './birth-date.js';
import { type MatchInput, matchIdentity } from './index.js';
import { kanjiToDigits } from './kanji-number.js';
import { isInRepertoire, repertoireSize } from './repertoire.js';

const person: MatchInput['certificate'] = {
  name: '総務　太郎',
  address: '見本県見本市中央一丁目２番３号',
  birthDate: '1975-04-01',
  sex: 'male',
};

test(`${pairs.length} pairs of certificate and application, each with its source, meet on the rung they should`, () => {
  assert.ok(pairs.length >= 300, `${pairs.length} pairs`);
  const never = pairs.filter(({ verdict }) => verdict === 'mismatch');
  assert.ok(never.length >= 100, `${never.length} that must not match`);
  assert.equal(
    new Set(
      pairs.map(({ field, certificate, flags, application }) =>
        [field, certificate, flags, application].join('|'),
      ),
    ).size,
    pairs.length,
    'no pair is counted twice',
  );
  const wrong: string[] = [];
  for (const { field, source, certificate, flags, application, rung, verdict } of pairs) {
    assert.ok(source.length > 10, `${certificate} has no source`);
    const found = matchField(field, certificate, flags, application);
    if (found.rung !== rung || found.verdict !== verdict) {
      wrong.push(
        `${certificate} [${flags ?? ''}] / ${application}: ${found.verdict} ${found.rung}, not ${verdict} ${rung} (${found.reason})`,
      );
    }
    if (!/。$/.test(found.reason)) wrong.push(`no sentence: ${found.reason}`);
  }
  assert.deepEqual(wrong, []);
});

test('a field that the application leaves out is absent', () => {
  const found = matchIdentity({ certificate: person, application: { name: '　' } });
  assert.deepEqual(
    Object.values(found).map((field) => [field.verdict, field.rung]),
    Array.from({ length: 4 }, () => ['absent', 'none']),
  );
});

test('the repertoire is JIS X 0208 and 0212 without the vendors’ rows', () => {
  for (const ch of '髙﨑𠮷德黑栁㐂𠮟\uFA4F\uFA19\uFA10①') assert.equal(isInRepertoire(ch), false, ch);
  for (const ch of '邉邊辺嵜濵濱桒鷗槗彅侊槇凜齋齊斎斉薗曻\u2212\u301C')
    assert.equal(isInRepertoire(ch), true, ch);
  // 6 879 + 6 067, less the tilde that stands in both.
  assert.equal(repertoireSize(), 6879 + 6067 - 1);
});

test('numbers in kanji', () => {
  assert.deepEqual(['一', '十', '二十三', '百二', '一〇五', '千二百'].map(kanjiToDigits), [
    '1',
    '10',
    '23',
    '102',
    '105',
    '1200',
  ]);
});

test('era dates agree with the calendar of Intl at every edge and on a thousand days', () => {
  const format = new Intl.DateTimeFormat('ja-JP-u-ca-japanese', { era: 'long', timeZone: 'UTC' });
  const days = [
    '1912-07-29',
    '1912-07-30',
    '1926-12-24',
    '1926-12-25',
    '1989-01-07',
    '1989-01-08',
    '2019-04-30',
    '2019-05-01',
  ];
  for (let n = 0; n < 1000; n++) {
    days.push(new Date(Date.UTC(1873, 0, 2 + n * 55)).toISOString().slice(0, 10));
  }
  for (const day of days) {
    const parts = format.formatToParts(new Date(`${day}T00:00:00Z`));
    const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
    const written = `${part('era')}${part('year')}年${part('month')}月${part('day')}日`;
    const date = readDate(written);
    assert.deepEqual(date, readDate(day), `${written} ${day}`);
    assert.ok(date);
  }
});

test('hostile texts give a verdict, never an exception, in bounded time', () => {
  const alphabet = Array.from(
    '総務太郎高髙﨑𠮷一二十千丁目番地号の字ヶ条南-ー 　0１9県市\u3099\u{E0100}\uD800\u202E\0ｶﾞ',
  );
  let seed = 7;
  const next = (below: number) => {
    seed = (seed * 1103515245 + 12345) & 0x7fffffff;
    return seed % below;
  };
  const text = (length: number) => Array.from({ length }, () => alphabet[next(alphabet.length)]).join('');
  for (let n = 0; n < 4000; n++) {
    const length = next(40);
    const application = { name: text(length), address: text(length), birthDate: text(next(12)) };
    const certificate = {
      ...person,
      name: text(length),
      address: text(length),
      nameSubstitution: text(length),
    };
    for (const found of Object.values(matchIdentity({ certificate, application }))) {
      assert.ok(found.reason.length > 0);
    }
  }
  for (const part of ['一', '1-', '1 ', 'の', '南一', '丁目', 'ｶﾞ', '字']) {
    const long = part.repeat(500);
    matchIdentity({
      certificate: { ...person, address: long, name: long },
      application: { address: `${long}1`, name: `${long}x` },
    });
    const huge = part.repeat(200_000);
    matchIdentity({ certificate: person, application: { address: huge, name: huge, birthDate: huge } });
  }
});
