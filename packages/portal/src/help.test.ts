import assert from 'node:assert/strict';
import { test } from 'node:test';
import { explainedRules } from '@madoguchi/procedure';
import { contentFile } from './content-files.js';
import { portalApp } from './index.js';
import { readQuestions } from './questions.js';
import { sampleOptions } from './testing/sample.js';

const app = portalApp(sampleOptions);

const { questions } = readQuestions(contentFile('questions.json'));

test('a question in everyday words, kana or English finds its answer first', () => {
  for (const [query, id] of [
    ['パスワードを忘れた', 'forgotten'],
    ['ぱすわーどをわすれた', 'forgotten'],
    ['forgot password', 'forgotten'],
    ['ロック', 'locked'],
    ['落とした', 'lost'],
    ['カードをなくした', 'lost'],
    ['結婚して名前が変わった', 'moved'],
    ['引越し', 'moved'],
    ['父が亡くなった', 'died'],
    ['Java', 'java-needed'],
    ['リーダーを買う', 'which-reader'],
    ['詐欺', 'mail-password'],
    ['アンインストール', 'client-remove'],
    ['子ども', 'under-15'],
    ['在留カード', 'foreigner'],
    ['到達番号が出ない 通信', 'connection-lost'],
  ] as const)
    assert.equal(questions.search(query)?.[0]?.id, id, query);
  assert.equal(questions.search('  '), undefined);
  assert.deepEqual(questions.search('宇宙旅行'), []);
});

test('without a script the button answers, the best answer open, the others to be opened', async () => {
  const answer = await app.request(`/help?q=${encodeURIComponent('パスワードを忘れた')}`);
  const html = await answer.text();
  assert.match(html, /<details class="details" open/);
  assert.match(html, /href="\/help\/forgotten"/);
  assert.match(html, /data-live-search="found"/);
  const nothing = await (await app.request('/help?q=%3Cscript%3E')).text();
  assert.match(nothing, /見つかりませんでした/);
  assert.doesNotMatch(nothing, /value="<script>/);
});

test('lost card, locked password, moved house, a death: the steps come first', async () => {
  assert.deepEqual(questions.urgent.map(({ id }) => id).sort(), ['died', 'locked', 'lost', 'moved']);
  for (const { id, steps } of questions.urgent) {
    assert.ok((steps ?? []).length >= 3);
    assert.match(await (await app.request(`/help/${id}`)).text(), /<ol class="steps">/);
  }
});

test('each error code has a page with what happened and the next step; a finer code is found by its beginning', async () => {
  for (const rule of explainedRules) {
    const answer = await app.request(`/help/errors/${rule}`);
    assert.equal(answer.status, 200, rule);
    assert.match(await answer.text(), /次にすること/);
  }
  assert.equal((await app.request('/help/errors/jws.no.such.thing')).status, 200);
  for (const wrong of ['nothing', '__proto__', 'jws%00', 'x'.repeat(200)])
    assert.equal((await app.request(`/help/errors/${wrong}`)).status, 404, wrong);
  assert.equal((await app.request('/help/no-such')).status, 404);
});
