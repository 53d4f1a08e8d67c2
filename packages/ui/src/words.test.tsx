import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PreferencesContext, T } from './text.js';
import { fill, registers, segments, type Text, words } from './words.js';

const title = { ja: '住民票', jaEasy: '{住民票|じゅうみんひょう}を もらう', en: 'Resident record' };

function shown(text: Text, furigana: boolean): string {
  const prefs = { register: 'jaEasy', furigana, large: false } as const;
  return (
    <PreferencesContext.Provider value={prefs}>
      <T w={text} />
    </PreferencesContext.Provider>
  ).toString();
}

test('furigana becomes ruby when it is on, and leaves no trace when it is off', () => {
  const hidden = 'aria-hidden="true"';
  assert.equal(
    shown(title, true),
    `<ruby>住民票<rp ${hidden}>（</rp><rt ${hidden}>じゅうみんひょう</rt><rp ${hidden}>）</rp></ruby>を もらう`,
  );
  assert.equal(shown(title, false), '住民票を もらう');
  assert.equal(words(title, 'jaEasy'), '住民票を もらう');
});

test('what people typed is escaped and never read as a furigana mark', () => {
  assert.equal(shown('<b>{漢字|かんじ}</b>', true), '&lt;b&gt;{漢字|かんじ}&lt;/b&gt;');
});

test('a value put into a text stays data, whatever it holds', () => {
  const text = fill(
    { ja: '{name}さん', jaEasy: '{name}さん', en: 'Dear {name}' },
    { name: '{漢字|かんじ}{name}' },
  );
  assert.equal(words(text, 'en'), 'Dear {漢字|かんじ}{name}');
  assert.equal(shown(text, true), '{漢字|かんじ}{name}さん');
  assert.equal(words(fill(title, { 住民票: 'x' }), 'ja'), '住民票');
});

test('a value may itself be catalogue words', () => {
  const text = fill({ ja: '{what}です', jaEasy: '{what}です', en: '{what}.' }, { what: title });
  assert.equal(words(text, 'en'), 'Resident record.');
  assert.match(shown(text, true), /<ruby>住民票/);
});

test('a place without a value stays visible', () => {
  assert.equal(words(fill({ ja: '{x}', jaEasy: '', en: '' }, {}), 'ja'), '{x}');
});

test('no text makes the reader of furigana throw, and nothing but marks is lost', () => {
  let seed = 7;
  const alphabet = '{}|あ漢a<&';
  for (let round = 0; round < 3000; round += 1) {
    let text = '';
    for (let length = 0; length < 12; length += 1) {
      seed = (seed * 48271) % 2147483647;
      text += alphabet[seed % alphabet.length];
    }
    const kept = segments(text)
      .map((segment) => segment.text + (segment.reading ?? ''))
      .join('');
    assert.equal(kept.replace(/[{}|]/g, ''), text.replace(/[{}|]/g, ''));
  }
  assert.equal(registers.length, 3);
});
