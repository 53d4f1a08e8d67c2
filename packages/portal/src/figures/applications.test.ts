import assert from 'node:assert/strict';
import { test } from 'node:test';
import { portalApp } from '../index.js';
import { sampleFetch, sampleFigures, sampleOptions } from '../testing/sample.js';

const origin = 'https://portal.example';

function portal(
  fetch: typeof globalThis.fetch,
  clock = () => new Date('2026-11-22T01:00:00Z'),
  agencies = sampleOptions.agencies,
) {
  const app = portalApp({ ...sampleOptions, agencies, origin, clock, fetch });
  return async (path: string, register = 'ja') =>
    (await app.request(path, { headers: { cookie: `mado_prefs=${register}.-.0` } })).text();
}

test('applications and waiting times of every agency stand as picture, table and CSV; what is too few says so', async () => {
  const see = portal(sampleFetch as typeof fetch);
  const html = await see('/figures');
  assert.match(html, /<svg class="chart chart-rows"[^>]*aria-label="手続ごとの申請の件数"/);
  assert.match(html, /<svg class="chart chart-rows"[^>]*aria-label="届いてから決まるまでの日数"/);
  assert.match(html, /240<\/div>/);
  assert.match(html, /5未満/);
  assert.match(html, /2\.5日（90%: 6\.1日）/);
  assert.match(html, /2026年11月22日（令和8年）0時00分まで/);
  const [first] = sampleOptions.agencies[0]?.procedures ?? [];
  const file = await see('/figures/applications.csv');
  assert.match(
    file,
    new RegExp(`\\r\\n"99201","見本市","${first?.id}","${first?.title.ja}","2026-10",234,234,2.5,6.1\\r\\n`),
  );
  assert.match(file, /,"2026-11",6,"","",""\r\n/);
  assert.match(await see('/figures', 'en'), /Applications by procedure.*under 5/s);
  assert.match(await see('/figures', 'jaEasy'), /5より/);
});

test('one agency can be chosen, without a script', async () => {
  const see = portal(sampleFetch as typeof fetch);
  const html = await see('/figures?agency=99');
  assert.match(html, /<option value="99" selected/);
  const rows = /<table id="by-procedure">.*?<\/table>/s.exec(html)?.[0] ?? '';
  assert.ok(rows.includes('見本県') && !rows.includes('見本市'));
  assert.match(await see('/figures?agency=%3Cscript%3E'), /出せる数字は、まだありません/);
});

test('an agency that does not answer is shown with its last known numbers and their date; one that never did is named', async () => {
  let now = new Date('2026-11-22T01:00:00Z');
  let down = '';
  const asked: string[] = [];
  const see = portal(
    (async (url: string) => {
      asked.push(url);
      if (url.includes(down)) throw new Error('refused');
      return sampleFetch(url);
    }) as typeof fetch,
    () => now,
  );
  down = '/a/90000/';
  assert.match(await see('/figures'), /数字を受け取れません: 見本省/);
  assert.ok(asked.includes(`${origin}/a/99201/stats.json`));
  const before = asked.length;
  await see('/figures');
  assert.equal(asked.length, before, 'nobody is asked again at once');
  down = '/a/';
  now = new Date('2026-11-22T02:00:00Z');
  const html = await see('/figures');
  assert.match(html, /見本市.*?2026年11月22日（令和8年）10時00分に受け取った数字/s);
  assert.match(html, /240<\/div>/);
});

test('an agency cannot give figures in another’s name, nor of another shape, nor is a portal without an origin led by its visitors', async () => {
  const foreign = (async () => Response.json(sampleFigures('99'))) as typeof fetch;
  const html = await portal(foreign)('/figures');
  assert.match(html, /数字を受け取れません: 見本市、見本省/);
  for (const bad of ['{', '[]', '{"agency":"99201"}', '9'.repeat(5_000_000)])
    assert.match(
      await portal((async () => new Response(bad)) as typeof fetch)('/figures'),
      /数字を受け取れません: 見本市、見本県、見本省/,
    );
  let asked = 0;
  const app = portalApp({
    ...sampleOptions,
    fetch: (async () => {
      asked += 1;
      return Response.json({});
    }) as typeof fetch,
  });
  await app.request('https://evil.example/figures', { headers: { host: 'evil.example' } });
  assert.equal(asked, 0);
});
