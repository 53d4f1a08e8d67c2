import assert from 'node:assert/strict';
import { test } from 'node:test';
import { portalApp } from './index.js';
import { statsReader } from './stats.js';
import { sampleOptions } from './testing/sample.js';

const counts = { issued: 1234, valid: 1200, revoked: 30, expired: 4 };
const stats = {
  at: '2026-11-22T01:41:00Z',
  certificates: { signature: counts, authentication: counts },
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
  assert.match(html, /署名用<\/th><td class="numeric">1,234<\/td>/);
  assert.match(html, /2026年11月22日（令和8年）10時41分/);
  assert.match(html, new RegExp(`href="${statsUrl}"`));
});

test('without numbers the page says so', async () => {
  const broken: (() => Response | Promise<Response>)[] = [
    () => new Response('no', { status: 503 }),
    () => new Response('<html>'),
    () => Response.json({ ...stats, at: 'yesterday' }),
    () => Response.json({ ...stats, certificates: { signature: { ...counts, valid: -1 } } }),
    () => new Response('9'.repeat(70_000)),
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
  const read = statsReader(statsUrl, fetch, () => now);
  await Promise.all([read(), read(), read()]);
  assert.equal(asked, 1);
  now = new Date('2026-11-22T00:00:11Z');
  assert.equal((await read())?.certificates.signature.issued, 1234);
  assert.equal(asked, 2);
});
