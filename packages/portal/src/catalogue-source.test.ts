import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { openCatalogues } from './catalogue-source.js';
import { portalApp } from './index.js';
import { sampleOptions } from './testing/sample.js';

const [city, prefecture] = sampleOptions.agencies;
assert.ok(city !== undefined && prefecture !== undefined);
const published = (agency: typeof city, url: string) =>
  JSON.stringify({
    code: agency.code,
    name: agency.name,
    url,
    procedures: agency.procedures.map(
      ({ id, title, summary, minutes, fee, receiver, catalogue, requirements, processingDays }) => ({
        ...{ id, title, summary, minutes, fee, receiver, catalogue, requirements, processingDays },
      }),
    ),
  });
const cityAt = 'https://city.example/a/99201/catalogue.json';

test('a portal apart from its agencies has their catalogues from an address and a file, and keeps what it knew', async (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'mado-catalogue-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = path.join(folder, 'prefecture.json');
  writeFileSync(file, published(prefecture, 'https://pref.example/a/99/'));
  let down = true;
  const faults: string[] = [];
  const catalogues = await openCatalogues({
    sources: [cityAt, file],
    fetch: async (url) => {
      assert.equal(String(url), cityAt);
      if (down) throw new TypeError('fetch failed');
      return new Response(published(city, 'https://city.example/a/99201/'));
    },
    onFault: (source, fault) => faults.push(`${source}: ${fault}`),
  });
  const app = portalApp({
    demo: true,
    get agencies() {
      return catalogues.agencies();
    },
  });
  const page = async (at: string) => (await app.request(at)).text();
  assert.deepEqual(faults, [`${cityAt}: fetch failed`]);
  assert.match(await page('/procedures'), /https:\/\/pref\.example\/a\/99\/procedures\//);
  down = false;
  await catalogues.refresh();
  assert.match(await page('/'), /href="https:\/\/city\.example\/a\/99201\/procedures\/juminhyo"/);
  down = true;
  await catalogues.refresh();
  await catalogues.refresh();
  assert.equal(faults.length, 2);
  assert.match(await page('/procedures?q=%E4%BD%8F%E6%B0%91%E7%A5%A8'), /city\.example/);
});

test('two sources for one agency, a foreign address, a long or strange answer are told and left out', async () => {
  const answers: Record<string, () => Response> = {
    [cityAt]: () => new Response(published(city, 'https://city.example/a/99201/')),
    'https://evil.example/catalogue.json': () =>
      new Response(published(city, 'https://city.example/a/99201/')),
    'https://city.example/copy.json': () => new Response(published(city, 'https://city.example/copy/')),
    'https://city.example/long.json': () => new Response('x'.repeat(5_000_000)),
    'https://city.example/gone.json': () => new Response('', { status: 404 }),
  };
  const faults = new Map<string, string>();
  const sources = Object.keys(answers);
  const catalogues = await openCatalogues({
    sources,
    fetch: async (url) => answers[String(url)]?.() ?? new Response(null, { status: 500 }),
    onFault: (source, fault) => void faults.set(source, fault),
  });
  assert.equal(catalogues.agencies().length, 1);
  assert.equal(faults.size, 4);
  assert.match([...faults.values()].join('\n'), /is not on https:\/\/evil\.example/);
  assert.match([...faults.values()].join('\n'), /code: 99201 is already/);
  assert.match([...faults.values()].join('\n'), /is too long[\s\S]*answers 404/);
});
