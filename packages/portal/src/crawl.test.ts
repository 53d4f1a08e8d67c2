// Every page that a link leads to, in every register: what a browser is not needed for.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Register, registers } from '@madoguchi/ui';
import { portalApp } from './index.js';
import { sampleOptions } from './testing/sample.js';

const app = portalApp(sampleOptions);

const attributes = (html: string, name: string) =>
  [...html.matchAll(new RegExp(`\\s${name}="([^"]*)"`, 'g'))].map((match) =>
    (match[1] ?? '').replaceAll('&amp;', '&'),
  );
const plain = (html: string) =>
  html
    .replace(/<rp[^>]*>.*?<\/rp>|<rt[^>]*>.*?<\/rt>/gs, '')
    .replace(/<[^>]*>/g, '')
    .trim();

/** Every page of one register, by its address without an anchor. */
async function crawl(register: Register): Promise<Map<string, string>> {
  const seen = new Map<string, string>();
  const waiting = ['/'];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (seen.has(path)) continue;
    const answer = await app.request(path, { headers: { cookie: `mado_prefs=${register}.-.0` } });
    assert.equal(answer.status, 200, path);
    if (!answer.headers.get('content-type')?.startsWith('text/html')) continue;
    const html = await answer.text();
    seen.set(path, html);
    for (const link of attributes(html, 'href')) {
      const target = link.split('#')[0] ?? '';
      const ours = target.startsWith('/') && !/^\/(a\/|assets\/)|\.(pdf|css|csv|txt)$/.test(target);
      if (ours && !/[?&](lang|large|furigana)=/.test(target)) waiting.push(target);
    }
  }
  return seen;
}

test('every page in every register: one main heading, headings in order, its language, links that say where they lead', async () => {
  for (const register of registers) {
    const pages = await crawl(register);
    assert.ok(pages.size > 100, `${register}: ${pages.size}`);
    const menus = new Set<string>();
    for (const [path, html] of pages) {
      const where = `${register} ${path}`;
      assert.match(html, new RegExp(`<html lang="${register === 'en' ? 'en' : 'ja'}"`), where);
      const levels = [...html.matchAll(/<h([1-6])[ >]/g)].map(([, level]) => Number(level));
      assert.equal(levels.filter((level) => level === 1).length, 1, where);
      assert.equal(levels[0], 1, where);
      levels.forEach((level, index) => {
        assert.ok(level <= (levels[index - 1] ?? 0) + 1, `${where}: h${level} after h${levels[index - 1]}`);
      });
      assert.match(html, /class="skip-link" href="#main".*<main id="main"/s, where);
      // A link says by itself where it leads; one text leads to one place.
      const places = new Map<string, string>();
      const main = /<main.*<\/main>/s.exec(html)?.[0] ?? '';
      for (const [, href = '', text = ''] of main.matchAll(/<a [^>]*href="([^"]*)"[^>]*>(.*?)<\/a>/gs)) {
        const said = plain(text);
        assert.notEqual(said, '', `${where}: a link without words to ${href}`);
        assert.doesNotMatch(said, /^(こちら|ここ|click here|here)$/i, `${where}: ${said}`);
        const known = places.get(said);
        // Two agencies may have the same procedure: the card says whose it is.
        if (known !== undefined && !path.startsWith('/procedures'))
          assert.equal(href, known, `${where}: “${said}” leads to two places`);
        places.set(said, href);
      }
      for (const [image] of html.matchAll(/<img [^>]*>/g)) assert.match(image, /\salt="/, where);
      menus.add(plain(/<nav class="site-nav".*?<\/nav>/s.exec(html)?.[0] ?? '').replace(/\s+/g, ' '));
    }
    assert.equal(menus.size, 1, `${register}: one menu everywhere`);
  }
});

test('without JavaScript nothing is missing: every form has its button and its address, nothing listens to a click', async () => {
  for (const [path, html] of await crawl('ja')) {
    assert.doesNotMatch(html, /\son[a-z]+="|href="(javascript:|#")/, path);
    for (const [form] of html.matchAll(/<form .*?<\/form>/gs)) {
      assert.match(form, /<form [^>]*action="[^"]+"/, path);
      assert.match(form, /<button[^>]*type="submit"/, path);
      assert.doesNotMatch(/<button[^>]*>/.exec(form)?.[0] ?? '', /hidden/, path);
    }
  }
});

test('a page asks for at most four files besides itself, all from this site', async () => {
  for (const [path, html] of await crawl('ja')) {
    const asked = [
      ...[...html.matchAll(/<(?:img|script)[^>]*\ssrc="([^"]*)"/g)].map(([, src]) => src ?? ''),
      ...[...html.matchAll(/<link[^>]*\shref="([^"]*)"/g)].map(([, href]) => href ?? ''),
    ];
    assert.ok(new Set(asked).size <= 4, `${path}: ${asked.join(' ')}`);
    for (const file of asked) assert.match(file, /^\/[^/]/, path);
  }
});
