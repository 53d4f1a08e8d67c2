import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { accessibility } from './accessibility.js';
import { portalApp } from './index.js';
import { sampleOptions } from './testing/sample.js';

const root = new URL('../../../', import.meta.url);

test('the table has every success criterion of WCAG 2.2 A and AA, and those of JIS X 8341-3:2016', () => {
  const { criteria } = accessibility;
  assert.equal(new Set(criteria.map(({ id }) => id)).size, criteria.length);
  // WCAG 2.0: 25 of level A and 13 of AA, which are JIS X 8341-3:2016; 2.1 brought 12, 2.2 six more and took 4.1.1 away.
  const count = (since: string, level?: string) =>
    criteria.filter((one) => one.since === since && (level === undefined || one.level === level)).length;
  assert.deepEqual([count('2.0', 'A'), count('2.0', 'AA'), count('2.1'), count('2.2')], [25, 13, 12, 6]);
});

test('whoever says that a criterion is met names a test that exists, or says that it was looked at', () => {
  for (const { id, result, tests, note } of accessibility.criteria) {
    assert.ok(tests.length > 0 || note !== undefined, id);
    if (note !== undefined) assert.ok(accessibility.notes[note], `${id}: ${note}`);
    if (result === 'none') assert.ok(note !== undefined, `${id}: why it does not apply`);
    for (const name of tests) assert.ok(accessibility.tests[name], `${id}: ${name}`);
  }
  const used = new Set(accessibility.criteria.flatMap(({ tests }) => tests));
  for (const [key, { file, name }] of Object.entries(accessibility.tests)) {
    assert.ok(used.has(key), `${key} shows nothing`);
    const place = new URL(file, root);
    assert.ok(existsSync(place), file);
    if (name !== undefined) assert.ok(readFileSync(place, 'utf8').includes(name), `${file}: ${name}`);
  }
});

test('the page tells each result, and the PDFs’ state, in words', async () => {
  const html = await (await portalApp(sampleOptions).request('/accessibility')).text();
  for (const { id, title } of accessibility.criteria)
    assert.ok(html.includes(`>${id}<`) && html.includes(title.ja), id);
  assert.match(html, /満たすもの \d+、対象がないもの \d+、満たさないもの 0（全部で 56）/);
  assert.match(html, /PDF\/UAの試験はしていません/);
});
