import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Register, registers } from '@madoguchi/ui';
import { portalApp } from './index.js';
import { sampleOptions } from './testing/sample.js';

const pages = [
  '/',
  '/start',
  '/start?environment=green',
  '/start?environment=red',
  '/procedures',
  '/readers',
  '/readers/shops',
  '/help',
  '/classes',
  '/classes/hajimete',
  '/help/errors',
  '/help/errors/jws',
  '/help/lost',
  '/client',
  '/figures',
  '/accessibility',
  '/materials',
  '/materials/signature',
  '/materials/etax',
  '/materials/texts',
  '/materials/leaflets/citizens',
  '/materials/leaflets/counters',
];
const app = portalApp(sampleOptions);

async function page(
  path: string,
  register: Register = 'ja',
  headers: Record<string, string> = {},
): Promise<string> {
  const answer = await app.request(path, { headers: { cookie: `mado_prefs=${register}.-.0`, ...headers } });
  assert.equal(answer.status, 200, path);
  return answer.text();
}

function attributes(html: string, name: string): string[] {
  return [...html.matchAll(new RegExp(`\\s${name}="([^"]*)"`, 'g'))].map((match) =>
    (match[1] ?? '').replaceAll('&amp;', '&'),
  );
}

test('every page stands in every register, says that it is a demo, and carries the security headers', async () => {
  for (const register of registers) {
    for (const path of pages) {
      const html = await page(path, register);
      assert.match(html, /class="banner"/);
      assert.equal([...html.matchAll(/<h1/g)].length, 1, path);
      assert.doesNotMatch(
        html,
        /undefined|\[object|NaN|\{[a-z]\w*\}|\sstyle=|<script>/,
        `${path} ${register}`,
      );
      assert.match(html, /tel:0000000000/);
    }
  }
  const headers = (await app.request('/')).headers;
  assert.match(headers.get('content-security-policy') ?? '', /frame-ancestors 'none'/);
});

test('every link leads to a page that exists, and every anchor to its place', async () => {
  for (const register of registers) {
    const seen = new Set<string>();
    const waiting = ['/'];
    for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
      if (seen.has(path)) continue;
      seen.add(path);
      const html = await page(path.split('#')[0] ?? '/', register);
      const anchor = path.split('#')[1];
      if (anchor !== undefined) assert.ok(attributes(html, 'id').includes(anchor), path);
      for (const link of attributes(html, 'href')) {
        const target = link.startsWith('#') ? `${path.split('#')[0]}${link}` : link;
        const outside =
          /^(https?:|tel:|\/a\/[0-9]+\/procedures\/[a-z-]+$|\/assets\/|\/figures\/\w+\.csv$|\/materials\/[\w.]+\.(css|txt)$|\/[a-z-]+\.pdf$)/.test(
            target,
          );
        if (!outside && !/[?&](lang|large|furigana)=/.test(target)) waiting.push(target);
      }
    }
    assert.ok(seen.size > 15);
  }
});

test('titles are unique', async () => {
  // The same page before and after its check has one title.
  const own = pages.filter((path) => !path.includes('environment'));
  const titles = await Promise.all(
    own.map(async (path) => /<title>(.*?)<\/title>/.exec(await page(path))?.[1]),
  );
  assert.equal(new Set(titles).size, own.length);
});

test('a page with its style sheet and script stays under 60 kB', async () => {
  for (const path of pages) {
    const html = await page(path, 'jaEasy');
    let size = Buffer.byteLength(html);
    for (const file of [...attributes(html, 'href'), ...attributes(html, 'src')]) {
      if (!file.startsWith('/assets/')) continue;
      const answer = await app.request(file, { headers: { 'accept-encoding': 'br' } });
      size += (await answer.arrayBuffer()).byteLength;
    }
    assert.ok(size < 60_000, `${path}: ${size}`);
  }
});

test('the first page leads to the procedure in one activation', async () => {
  assert.match(await page('/'), /<a class="button button-primary" href="\/a\/99201\/procedures\/juminhyo"/);
});

test('the first page leads to the procedure that is named, else to the first', async () => {
  const [city] = sampleOptions.agencies;
  const [first] = city?.procedures ?? [];
  assert.ok(city !== undefined && first !== undefined);
  const agencies = [{ ...city, procedures: [{ ...first, id: 'road' }, first] }];
  const button = async (featured?: { agency: string; procedure: string }) => {
    const two = portalApp({ demo: true, agencies, ...(featured === undefined ? {} : { featured }) });
    return /button-primary" href="([^"]*)"/.exec(await (await two.request('/')).text())?.[1];
  };
  assert.equal(await button({ agency: '99201', procedure: 'juminhyo' }), '/a/99201/procedures/juminhyo');
  assert.equal(await button({ agency: '99201', procedure: 'gone' }), '/a/99201/procedures/road');
  assert.equal(await button(), '/a/99201/procedures/road');
});

test('a portal without procedures says so instead of leading nowhere', async () => {
  const empty = portalApp({ demo: false, agencies: [] });
  assert.doesNotMatch(await (await empty.request('/')).text(), /procedures\/|class="banner"/);
  assert.match(await (await empty.request('/procedures')).text(), /受け付けている手続はありません/);
});

test('set-up: one button leads to the client’s own check, which hands back green or red', async () => {
  const last = await app.request('/start');
  const html = await last.text();
  assert.ok(attributes(html, 'action').includes('http://127.0.0.1:24787/status'));
  assert.match(html, /name="return" value="http:\/\/localhost\/start"/);
  assert.equal(last.headers.get('referrer-policy'), 'origin');
  assert.match(
    last.headers.get('content-security-policy') ?? '',
    /form-action 'self' http:\/\/127\.0\.0\.1:24787/,
  );
  assert.match(await page('/start?environment=green'), /準備ができています/);
  assert.match(await page('/start?environment=red'), /まだ準備ができていません/);
  assert.doesNotMatch(await page('/start?environment=%3Cb%3E'), /準備ができています/);
});

test('set-up speaks to the visitor’s own system, and tells a phone what it cannot do', async () => {
  const windows =
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/156.0.0.0 Safari/537.36';
  const html = await page('/start', 'ja', { 'user-agent': windows });
  assert.match(html, /お使いのブラウザー: Chrome 156/);
  assert.match(html, /PowerShell/);
  const phone = await page('/start', 'en', {
    'user-agent': 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0) Version/19.0 Safari/604',
  });
  assert.match(phone, /not supported yet/);
});

test('the catalogue is searched by kanji, reading, width and English alike', async () => {
  for (const query of ['住民票', 'じゅうみん', 'ジュウミン', 'RESIDENT', 'ｒｅｓｉｄｅｎｔ 見本市']) {
    assert.match(await page(`/procedures?q=${encodeURIComponent(query)}`), /juminhyo/, query);
  }
  const lost = await page(`/procedures?q=${encodeURIComponent('カードをなくした')}`);
  assert.match(
    lost,
    /href="https:\/\/www\.city\.kishiwada\.osaka\.jp\/[^"]+"[^>]*>[^<]*出典: www\.city\.kishiwada\.osaka\.jp<\/a>・写しの確認: 2026年11月27日/,
  );
  const refuse = await page(`/procedures?q=${encodeURIComponent('粗大ごみ')}`);
  assert.match(refuse, /出典: www\.city\.hiroshima\.lg\.jp<\/a>・写しの確認: 2026年11月27日/);
  assert.match(refuse, /ほかの所の案内が 1件あります/);
  assert.doesNotMatch(refuse, /0件の手続/);
  const passport = await page(`/procedures?q=${encodeURIComponent('旅券')}`);
  assert.match(passport, /出典を確かめていない/);
  const none = await page(`/procedures?q=${encodeURIComponent('<script>"')}`);
  assert.match(none, /見つかりませんでした/);
  assert.doesNotMatch(none, /<script>"/);
});

test('wrong addresses and methods get a page in words', async () => {
  const missing = await app.request('/manual.doc');
  assert.equal(missing.status, 404);
  assert.match(await missing.text(), /class="banner"/);
  assert.equal((await app.request('/start', { method: 'POST' })).status, 405);
  assert.equal((await app.request('/healthz')).status, 200);
  assert.equal((await app.request('/readyz')).status, 200);
  assert.match(await (await app.request('/metrics')).text(), /madoguchi_portal_requests_total/);
});

test('no address, cookie or browser name brings the portal down', async () => {
  const pieces = [
    '/',
    'start',
    'procedures',
    '?q=',
    '&step=',
    'lang=',
    '%',
    '%E3%81',
    '%00',
    '//',
    '..',
    '"><b>',
    '{a|b}',
    '&large=1',
    'x'.repeat(300),
  ];
  let seed = 5;
  const any = () => {
    seed = (seed * 48271) % 2147483647;
    return pieces[seed % pieces.length] ?? '';
  };
  for (let round = 0; round < 1000; round += 1) {
    const address = `http://127.0.0.1/${any()}${any()}${any()}${any()}`;
    const answer = await app.request(address, {
      headers: { cookie: `mado_prefs=${any()}`, 'user-agent': any() },
    });
    assert.ok([200, 404].includes(answer.status), address);
    assert.doesNotMatch(await answer.text(), /"><b>/);
  }
});
