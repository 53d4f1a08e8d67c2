import assert from 'node:assert/strict';
import { test } from 'node:test';
import { registers, words } from '@madoguchi/ui';
import { portalApp } from './index.js';
import { topics } from './questions.js';
import { sampleOptions } from './testing/sample.js';

const app = portalApp(sampleOptions);
const pages = [
  '/',
  '/start',
  '/start?step=2',
  '/start?step=3',
  '/procedures',
  '/readers',
  '/help',
  '/figures',
];

/** The cards of the catalogue are the agencies' own words, looked after there; the browser allows no furigana in the options of a list. */
function withoutCards(html: string): string {
  return html.replace(/<(ul) class="cards">.*?<\/\1>|<(option)[ >].*?<\/\2>/gs, '');
}

/** The running text of a page's main part, sentence by sentence. */
async function sentences(path: string): Promise<string[]> {
  const answer = await app.request(path, { headers: { cookie: 'mado_prefs=jaEasy.0.0' } });
  const main = /<main.*<\/main>/s.exec(withoutCards(await answer.text()))?.[0] ?? '';
  return main
    .replace(/<[^>]*>/g, '\n')
    .split(/[。\n]/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '');
}

test('sentences in easy Japanese are short and never doubly negative', async () => {
  for (const path of pages) {
    for (const sentence of await sentences(path)) {
      assert.ok(sentence.length <= 40, `${path}: ${sentence}`);
      assert.doesNotMatch(sentence, /ないことは ?ない|なくはない|ないわけでは/, sentence);
    }
  }
});

test('there are a dozen questions and more, each with its own lasting address', () => {
  const ids = topics.flatMap((topic) => [topic.id, ...topic.questions.map(({ id }) => id)]);
  assert.equal(new Set(ids).size, ids.length);
  assert.ok(topics.flatMap((topic) => topic.questions).length >= 12);
});

test('kanji in the questions’ easy Japanese carry their reading', () => {
  for (const { question, answer } of topics.flatMap((topic) => topic.questions)) {
    for (const text of [question, ...answer]) {
      const bare = text.jaEasy.replace(/\{[^}]*\}/g, '');
      assert.doesNotMatch(bare, /\p{Script=Han}/u, text.jaEasy);
      for (const register of registers) assert.notEqual(words(text, register), '');
    }
  }
});

test('with furigana, every word of the plain pages is read but those with two readings', async () => {
  for (const path of pages) {
    const answer = await app.request(path, { headers: { cookie: 'mado_prefs=ja.1.0' } });
    const main = /<main.*<\/main>/s.exec(withoutCards(await answer.text()))?.[0] ?? '';
    const unread = main.replace(/<ruby>.*?<\/ruby>/gs, '').replace(/<[^>]*>/g, '\n');
    for (const [word] of unread.matchAll(/\p{Script=Han}.?/gu)) assert.equal(word, '行っ', path);
  }
});
