import assert from 'node:assert/strict';
import { test } from 'node:test';
import { registers, words } from '@madoguchi/ui';
import { contentFile } from './content-files.js';
import { portalApp } from './index.js';
import { readQuestions } from './questions.js';
import { sampleOptions } from './testing/sample.js';

const { topics } = readQuestions(contentFile('questions.json')).questions;

const app = portalApp(sampleOptions);
const pages = [
  '/',
  '/start',
  '/start?environment=green',
  '/start?environment=red',
  '/procedures',
  '/readers',
  '/readers?q=acr',
  '/readers/shops',
  '/help',
  '/client',
  '/figures',
  '/accessibility',
  '/materials',
  '/materials/signature',
  '/materials/etax',
  '/materials/texts',
  '/materials/leaflets/citizens',
  '/materials/leaflets/counters',
  ...topics.flatMap(({ questions }) => questions.map(({ id }) => `/help/${id}`)),
];

/**
 * The cards of the catalogue are the agencies' own words, looked after there; names of readers and shops and what the controls
 * of other pages say are data; the browser allows no furigana in the options of a list and in a picture.
 */
function withoutCards(html: string): string {
  const data =
    /<(ul) class="cards">.*?<\/\1>|<(option)[ >].*?<\/\2>|<table id="(?:readers|criteria|p\d\d)">.*?<\/table>|<svg.*?<\/svg>|<ol class="pressed">.*?<\/ol>|<blockquote.*?<\/blockquote>/gs;
  return html.replace(data, '');
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
    const said = await sentences(path);
    assert.ok(said.length > 0, path);
    for (const sentence of said) {
      assert.ok(sentence.length <= 40, `${path}: ${sentence}`);
      assert.doesNotMatch(sentence, /ないことは ?ない|なくはない|ないわけでは/, sentence);
    }
  }
});

const questions = topics.flatMap((topic) => topic.questions);

test('there are sixty questions and more, each with its own lasting address', () => {
  const ids = topics.flatMap((topic) => [topic.id, ...topic.questions.map(({ id }) => id)]);
  assert.equal(new Set(ids).size, ids.length);
  assert.ok(questions.length >= 60, String(questions.length));
});

test('the questions’ easy Japanese is short and its kanji carry their reading', () => {
  for (const { question, answer, steps = [] } of questions) {
    for (const text of [question, ...answer, ...steps]) {
      const bare = text.jaEasy.replace(/\{[^}]*\}/g, '');
      assert.doesNotMatch(bare, /\p{Script=Han}/u, text.jaEasy);
      for (const sentence of words(text, 'jaEasy').split('。')) assert.ok(sentence.length <= 40, sentence);
      for (const register of registers) assert.notEqual(words(text, register), '');
    }
  }
});

test('with furigana, every word of the plain pages is read but those with two readings', async () => {
  // 行った is いった and おこなった; the days of a month have readings of their own (1日 ついたち).
  for (const path of pages) {
    const answer = await app.request(path, { headers: { cookie: 'mado_prefs=ja.1.0' } });
    const main = /<main.*<\/main>/s.exec(withoutCards(await answer.text()))?.[0] ?? '';
    assert.match(main, /<ruby>/, path);
    const unread = main.replace(/<ruby>.*?<\/ruby>/gs, '').replace(/<[^>]*>/g, '\n');
    for (const [word] of unread.matchAll(/\p{Script=Han}.?/gu))
      assert.ok(['行っ', '日'].includes(word), `${path}: ${word}`);
  }
});
