import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CaError } from '../error.js';
import { isInRepertoire } from './repertoire.js';
import { identityOf, type Resident } from './resident.js';
import { substitute } from './substitution.js';

const taro: Resident = {
  name: '総務　太郎',
  address: '見本県見本市中央一丁目２番３号',
  birthDate: '1975-04-01',
  sex: 'male',
  municipality: '99201',
};

test('usual name characters are inside the repertoire, compatibility forms and vendor additions outside', () => {
  for (const character of '邉邊辺嵜濵濱桒鷗槗彅侊槇凜齋齊斎斉薗曻々〆ヶヴＡ１－〜～　') {
    assert.ok(isInRepertoire(character), character);
  }
  const outside = [
    '髙',
    '﨑',
    '𠮷',
    '德',
    '黑',
    '栁',
    '㐂',
    '𠮟',
    '\ufa4f',
    '\ufa19',
    '\ufa10',
    '①',
    '㈱',
    'A',
    '-',
    '|',
  ];
  for (const character of outside) assert.ok(!isInRepertoire(character), character);
});

test('a substitute is flagged at its position and nowhere else', () => {
  assert.deepEqual(substitute('髙﨑　邉'), { text: '高崎　邉', flags: '1100' });
  assert.deepEqual(substitute('𠮷田　梅'), { text: '吉田　梅', flags: '1000' });
  assert.deepEqual(substitute('総務　太郎'), { text: '総務　太郎', flags: '00000' });
});

test('a compatibility ideograph is flagged although normalisation would hide it', () => {
  assert.deepEqual(substitute('\ufa19'), { text: '神', flags: '1' });
});

test('a variation selector makes the character before it a substitute', () => {
  assert.deepEqual(substitute('葛\u{e0100}城'), { text: '葛城', flags: '10' });
});

test('a character without a known substitute becomes the geta mark with its flag', () => {
  assert.deepEqual(substitute('\u{2000b}'), { text: '〓', flags: '1' });
});

test('half-width letters, digits and kana are widened without a flag', () => {
  assert.deepEqual(substitute('JOHN 1-2 ｶﾞﾗｽ'), { text: 'ＪＯＨＮ　１－２　ガラス', flags: '000000000000' });
});

test('the certificate’s text and its flags always have the same length', () => {
  const strange = ['𠮷\u{e0101}𠮷', '\u{e0100}', 'が\u3099', '\ud800x', '👨‍👩‍👧', ' ', ''];
  for (const raw of strange) {
    const { text, flags } = substitute(raw);
    assert.equal(text.length, flags.length, JSON.stringify(raw));
  }
});

test('a resident’s blanks become one U+3000', () => {
  assert.equal(identityOf({ ...taro, name: '総務  太郎' }).name, '総務　太郎');
});

test('what no certificate can carry is refused with the field’s name', () => {
  const cases: [Partial<Resident>, string][] = [
    [{ name: '' }, 'resident.name'],
    [{ name: '総務\n太郎' }, 'resident.name'],
    [{ address: '見'.repeat(201) }, 'resident.address'],
    [{ birthDate: '1975-02-30' }, 'resident.birthDate'],
    [{ birthDate: '昭和50年' }, 'resident.birthDate'],
    [{ municipality: '13101' }, 'resident.municipality'],
  ];
  for (const [change, rule] of cases) {
    assert.throws(
      () => identityOf({ ...taro, ...change }),
      (error) => error instanceof CaError && error.rule === rule,
      rule,
    );
  }
});

test('unknown parts of a birth date are kept as zeros', () => {
  for (const birthDate of ['1986-00-00', '0000-00-00', '1986-05-00', '2000-02-29']) {
    assert.equal(identityOf({ ...taro, birthDate }).birthDate, birthDate);
  }
});
