import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fill, glossary, T, words } from './index.js';
import { readings, withReadings } from './readings.js';
import { PreferencesContext } from './text.js';

function read(text: string): string {
  return withReadings(text)
    .map((piece) => (piece.reading === undefined ? piece.text : `${piece.text}(${piece.reading})`))
    .join('');
}

test('plain Japanese gets the readings of known words, as the place decides them', () => {
  assert.equal(read('署名して送る'), '署名(しょめい)して送(おく)る');
  assert.equal(read('入れる、入る'), '入(い)れる、入(はい)る');
  assert.equal(read('開いて、開けて'), '開(ひら)いて、開(あ)けて');
  assert.equal(read('だれの分ですか。3分と5分'), 'だれの分(ぶん)ですか。3分(ぷん)と5分(ふん)');
  assert.equal(
    read('署名用電子証明書の有効期限'),
    '署名用電子証明書(しょめいようでんししょうめいしょ)の有効期限(ゆうこうきげん)',
  );
});

test('a run of kanji is read as known words or not at all', () => {
  assert.equal(read('申請書受付'), '申請書(しんせいしょ)受付(うけつけ)');
  assert.equal(read('申請猫'), '申請猫');
  assert.equal(read('一度入れる、再発行用'), '一度(いちど)入(い)れる、再発行用');
  assert.equal(read('方角、中学校、所得'), '方角、中学校、所得');
});

test('names and other data put into a text get no reading', () => {
  const text = fill({ ja: '{name}さんの住所', jaEasy: '', en: '' }, { name: '住所 正' });
  const html = (
    <PreferencesContext.Provider value={{ register: 'ja', furigana: true, large: false }}>
      <T w={text} />
    </PreferencesContext.Provider>
  ).toString();
  assert.match(html, /^住所 正さんの<ruby>住所/);
  assert.equal(words(text, 'ja'), '住所 正さんの住所');
});

test('the fixed words are all read', () => {
  for (const { ja } of Object.values(glossary)) {
    for (const piece of withReadings(ja)) {
      if (piece.reading === undefined) assert.doesNotMatch(piece.text, /\p{Script=Han}/u, ja);
    }
  }
});

test('every entry of the list is well formed', () => {
  for (const [word, entries] of readings) {
    assert.match(word, /^\p{Script=Han}+$/u);
    for (const { reading } of entries) assert.match(reading, /^\p{Script=Hiragana}+$/u, word);
  }
});
