import assert from 'node:assert/strict';
import { test } from 'node:test';
import { portalApp } from './index.js';
import { sampleOptions } from './testing/sample.js';

const app = portalApp(sampleOptions);
const text = async (path: string) => (await app.request(path)).text();

test('the film stops when it is told to, and does not move for those who want no motion', async () => {
  const page = await text('/materials/signature');
  const sheet = /<link rel="stylesheet" href="(\/materials\/film\.[0-9a-f]{12}\.css)"/.exec(page)?.[1] ?? '';
  const answer = await app.request(sheet);
  assert.equal(answer.headers.get('content-type'), 'text/css; charset=utf-8');
  assert.match(answer.headers.get('cache-control') ?? '', /immutable/);
  const css = await answer.text();
  // The box stands before the film, so that its tick reaches it without a script.
  assert.match(
    page,
    /<input[^>]*id="film-pause"[^>]*>.*<label for="film-pause"[^>]*>動く絵を止める<\/label>.*<svg class="film"/s,
  );
  assert.match(css, /\.film-pause:checked ~ \.film \*\s*\{\s*animation-play-state: paused/);
  assert.match(css, /prefers-reduced-motion: reduce\)\s*\{\s*\.film \*\s*\{\s*animation: none/);
  assert.doesNotMatch(page, /<animate|<script(?![^>]*src=)/);
  // Nothing flashes: one turn takes sixteen seconds.
  for (const [, seconds] of css.matchAll(/animation: film-\w+ (\d+)s/g)) assert.equal(seconds, '16');
  for (const word of ['要約', '鍵', '署名だけ', '電子証明書']) assert.ok(page.includes(word), word);
});

test('the texts to quote come as a page and as one file, and name nobody’s portal as their own', async () => {
  const file = await text('/materials/texts.txt');
  const page = await text('/materials/texts');
  assert.match(file, /^■ 見出しと短い文\r\n/);
  assert.ok((file.match(/■/g)?.length ?? 0) >= 5);
  for (const line of file.split('\r\n').filter((one) => one !== '' && !one.startsWith('■')))
    assert.ok(page.includes(line), line);
  assert.doesNotMatch(file, /https?:|見本市/);
});

test('the way on to e-Tax names which password is used when, and leads to the tax agency’s own address', async () => {
  const page = await text('/materials/etax');
  assert.match(page, /e-Taxに入るとき: 利用者証明用パスワード（数字4けた）/);
  assert.match(page, /申告書を送るとき: 署名用パスワード（英数字6〜16文字）/);
  assert.match(page, /href="https:\/\/www\.e-tax\.nta\.go\.jp\/"/);
});
