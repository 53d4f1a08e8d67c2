import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { mutations } from '@madoguchi/testing';
import { contentFile } from './content-files.js';
import { checkContent, portalApp } from './index.js';
import { prefectures } from './prefectures.js';
import { makers, readers, searchReaders } from './readers.js';
import { readShops } from './shops.js';
import { sampleOptions } from './testing/sample.js';

const folder = mkdtempSync(path.join(os.tmpdir(), 'madoguchi-shops-'));
after(() => rmSync(folder, { recursive: true }));
const now = new Date('2026-11-27T00:00:00Z');
const head = 'sample,prefecture,name,address,telephone,note\n';

test('there are 47 prefectures and the demo’s', () => {
  assert.equal(prefectures.size, 48);
});

test('the shops that come with the portal are good, and all are marked as sample', async () => {
  const { shops, faults } = readShops(contentFile('shops.csv'));
  assert.deepEqual(faults, []);
  assert.ok(shops.length > 0 && shops.every(({ sample }) => sample));
  const html = await (await portalApp(sampleOptions).request('/readers/shops')).text();
  assert.equal([...html.matchAll(/class="badge"/g)].length, shops.length);
});

test('an operator’s list stands in their place; by prefecture; printable', async () => {
  writeFileSync(
    path.join(folder, 'shops.csv'),
    `${head},13,電器の店,東京都千代田区,03-0000-0000,\n,27,"店, 二",大阪市,,土日\n`,
  );
  assert.deepEqual(checkContent(folder, now), { good: { 'shops.csv': 2 }, faults: [] });
  const app = portalApp({ ...sampleOptions, content: folder });
  const html = await (await app.request('/readers/shops?pref=13')).text();
  assert.match(html, /電器の店/);
  assert.doesNotMatch(html, /店, 二|class="badge"|ほんとうにはありません/);
  assert.match(html, /data-print/);
  assert.match(await (await app.request('/readers/shops?pref=47')).text(), /まだありません/);
});

test('the checker names file, line and column of each fault', () => {
  writeFileSync(
    path.join(folder, 'shops.csv'),
    `${head},77,A,B,,\n,13,A\n,13,,B,,\n,13,A,B,call me,\n,13,A,B,,\n,13,A,B,,\nmaybe,13,C,B,,\n`,
  );
  const { good, faults } = checkContent(folder, now);
  assert.deepEqual(good, { 'shops.csv': 1 });
  assert.deepEqual(faults.map(({ line, message }) => `${line} ${message.split(':')[0]}`).sort(), [
    '2 prefecture',
    '3 has 3 columns instead of 6',
    '4 name',
    '5 telephone',
    '7 A stands here twice',
    '8 sample',
  ]);
  writeFileSync(path.join(folder, 'shops.csv'), Buffer.from([0x83, 0x58, 0x0a]));
  assert.equal(checkContent(folder, now).faults[0]?.message, 'is not UTF-8');
  assert.equal(
    checkContent('/nowhere', now).faults[0]?.message,
    'holds none of news.csv, questions.json, shops.csv, classes.csv, agencies.csv',
  );
});

test('a mutated list gets a verdict', () => {
  for (const bytes of mutations(Buffer.from(contentFile('shops.csv')), 1000)) {
    const { shops } = readShops(Buffer.from(bytes).toString('utf8'));
    for (const { prefecture } of shops) assert.ok(prefectures.has(prefecture));
  }
});

test('readers are found by maker and name, as people write them', () => {
  assert.ok(readers.length > 500 && makers.length > 50);
  for (const [query, wanted] of [
    ['rc-s300', 'SONY FeliCa RC-S300/S'],
    ['ＲＣ－Ｓ３００', 'SONY FeliCa RC-S300/S'],
    ['sony rcs300', 'SONY FeliCa RC-S300/S'],
    ['ACR39U', 'ACS ACR39U ICC Reader'],
    ['scr3310', 'SCM Microsystems Inc. SCR3310 USB Smart Card Reader'],
  ] as const)
    assert.ok(
      searchReaders(query, undefined)?.some(({ name }) => name === wanted),
      query,
    );
  assert.ok(searchReaders('', 'ACS')?.every(({ maker }) => maker === 'ACS'));
  assert.ok(searchReaders('acr39', undefined)?.every(({ name }) => name.includes('ACR39')));
  assert.equal(searchReaders('', undefined), undefined);
  assert.deepEqual(searchReaders('zzzzqq', undefined), []);
});
