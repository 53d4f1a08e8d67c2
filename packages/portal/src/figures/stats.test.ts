import assert from 'node:assert/strict';
import { test } from 'node:test';
import { portalApp } from '../index.js';
import { sampleOptions } from '../testing/sample.js';
import { monthSums } from './series.js';
import { statsReader } from './stats.js';

const counts = { issued: 1234, valid: 1200, revoked: 30, expired: 4 };
const stats = {
  at: '2026-11-22T01:41:00Z',
  certificates: [
    { profile: 'signature', municipality: '99201', place: '見本市', ...counts },
    { profile: 'authentication', municipality: '99201', place: '見本市', ...counts },
    { profile: 'phone-signature', municipality: '99201', place: '見本市', ...counts, renewed: 0 },
    { profile: 'ocsp', municipality: '', place: '', ...counts },
  ],
  history: [
    { month: '2026-10', prefecture: '99', profile: 'signature', issued: 2, cumulative: 2 },
    { month: '2026-09', prefecture: '99', profile: 'authentication', issued: 3, cumulative: 3 },
    { month: '2026-10', prefecture: '13', profile: 'signature', issued: 1, cumulative: 1 },
    { month: '2026-10', prefecture: '99', profile: 'phone-signature', issued: 3, cumulative: 3 },
    { month: '2026-10', prefecture: '99', profile: 'phone-authentication', issued: 2, cumulative: 2 },
    { month: '2026-10', prefecture: '', profile: 'ocsp', issued: 9, cumulative: 9 },
  ],
  publicHistory: [{ until: '2009-02-28', certificates: 1_041_294, source: '=総務省' }],
  publicCards: [{ until: '2025-12-03', cards: 100_029_804, counted: 'held' }],
  more: 'is ignored',
};
const statsUrl = 'http://127.0.0.1:8081/stats.json';

function figures(answer: () => Response | Promise<Response>): Promise<string> {
  const fetch = async () => answer();
  const app = portalApp({ ...sampleOptions, statsUrl, fetch });
  return Promise.resolve(app.request('/figures')).then((page) => page.text());
}

test('the authority’s numbers are shown with their time and source', async () => {
  const html = await figures(() => Response.json(stats));
  assert.match(html, /署名用<\/div><\/th><td class="numeric"><span[^>]*>発行<\/span><div>1,234<\/div><\/td>/);
  assert.match(html, /スマホの署名用/);
  assert.match(html, /うちオンライン更新/);
  assert.match(html, /2026年11月22日（令和8年）10時41分/);
  assert.match(html, new RegExp(`href="${statsUrl}"`));
});

test('the chart’s sums go month by month over all prefectures, and stand in a table and as CSV', async () => {
  assert.deepEqual(monthSums(stats.history), [
    { month: '2026-09', signature: 0, authentication: 3, phone: 0 },
    { month: '2026-10', signature: 3, authentication: 3, phone: 5 },
  ]);
  assert.deepEqual(monthSums(stats.history, '13'), [
    { month: '2026-10', signature: 1, authentication: 0, phone: 0 },
  ]);
  const html = await figures(() => Response.json(stats));
  assert.match(html, /<svg class="chart"[^>]*role="img"[^>]*aria-label="発行した件数/);
  assert.match(html, /1,041,294/);
  assert.match(html, /100,029,804<\/td><td>保有/);
  const app = portalApp({ ...sampleOptions, statsUrl, fetch: async () => Response.json(stats) });
  const file = await app.request('/figures/certificates.csv');
  assert.match(file.headers.get('content-type') ?? '', /text\/csv/);
  assert.match(await file.text(), /\r\n"2026-10","13","signature",1\r\n/);
  assert.match(
    await (await app.request('/figures/public.csv')).text(),
    /"2009-02-28",1041294,"'=総務省"\r\n$/,
  );
  assert.equal((await app.request('/figures/else.csv')).status, 404);
});

test('activations stand with their rule, beside the 41 and 8 of the plan', async () => {
  const html = await figures(() => Response.json(stats));
  assert.match(
    html,
    /ポータルの最初のページから受付まで<\/div><\/th><td class="numeric"><span[^>]*>操作の数<\/span><div>4</,
  );
  assert.match(html, /はじめての人が、準備（3回）から受付まで.*<div>8<.*<div>41<.*<div>8</);
  assert.match(html, /1回は、クリック1つ/);
});

test('without numbers the page says so', async () => {
  const broken: (() => Response | Promise<Response>)[] = [
    () => new Response('no', { status: 503 }),
    () => new Response('<html>'),
    () => Response.json({ ...stats, at: 'yesterday' }),
    () => Response.json({ ...stats, certificates: [{ profile: 'signature', ...counts, valid: -1 }] }),
    () => new Response('9'.repeat(5_000_000)),
    () => Promise.reject(new Error('refused')),
  ];
  for (const answer of broken) assert.match(await figures(answer), /いま見られません/);
  assert.match(await (await portalApp(sampleOptions).request('/figures')).text(), /いま見られません/);
});

test('however many look, the authority is asked once in ten seconds', async () => {
  let asked = 0;
  let now = new Date('2026-11-22T00:00:00Z');
  const fetch = async () => {
    asked += 1;
    return Response.json(stats);
  };
  const read = statsReader(statsUrl, { fetch, clock: () => now, sql: undefined });
  await Promise.all([read(), read(), read()]);
  assert.equal(asked, 1);
  now = new Date('2026-11-22T00:00:11Z');
  assert.equal((await read())?.value.certificates[0]?.issued, 1234);
  assert.equal(asked, 2);
});
