// The manual and the leaflets are made by hand's command (npm run manual); here they are held against what the sources say today.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { isGroup, type ProcedureDefinition } from '@madoguchi/procedure';
import { registers } from '@madoguchi/ui';
import { activations } from './figures/activations.js';
import { leafletDigest, leafletFile, leaflets, portalApp } from './index.js';
import { printedFiles } from './printed.js';
import { demoDefinitions } from './testing/definitions.js';
import { sampleOptions } from './testing/sample.js';

const packages = new URL('../../', import.meta.url);
const content = new URL('../content/', import.meta.url);
const labels = JSON.parse(readFileSync(new URL('manual-labels.json', content), 'utf8')) as Record<
  string,
  string[]
>;
const again = 'make it anew: npm run manual';

/** With the names that the manual gives them. */
function definitions(): [string, ProcedureDefinition][] {
  return (['municipal', 'prefectural', 'national'] as const).flatMap((level) =>
    demoDefinitions(level).map(({ name, definition }): [string, ProcedureDefinition] => [
      `${level}-${name}`,
      definition,
    ]),
  );
}

/** Every text in plain Japanese of every source, with its places for values. */
function texts(): Set<string> {
  const found = new Set<string>();
  for (const name of readdirSync(packages)) {
    const folder = new URL(`${name}/src/`, packages);
    let files: string[];
    try {
      files = readdirSync(folder, { recursive: true }).map(String);
    } catch {
      continue;
    }
    for (const file of files.filter((one) => /\.tsx?$/.test(one) && !one.includes('.test.'))) {
      const source = readFileSync(new URL(file, folder), 'utf8');
      for (const match of source.matchAll(/(?:\bja:|\bw\()\s*'((?:[^'\\]|\\.)*)'/g))
        found.add(match[1] ?? '');
    }
  }
  return found;
}

test('every label beside a picture of the manual is what the sources say', () => {
  const known = texts();
  const patterns = [...known]
    .filter((text) => /\{\w+\}/.test(text))
    .map((text) => {
      const parts = text.split(/\{\w+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
      return new RegExp(`^${parts.join('.+')}$`);
    })
    .filter(({ source }) => source.length > 8);
  const titles = definitions().map(([, { title }]) => title.ja);
  for (const [picture, list] of Object.entries(labels)) {
    if (!/^\d/.test(picture)) continue;
    assert.ok(list.length > 0, picture);
    for (const label of list) {
      // What stands beside a label on the page (a badge, a shape, a number) is not part of it.
      const bare = label.replace(/^[●▲✕○ ]+|\s*必須$/g, '').replace(/(到達番号)\s*[\d-]+$/, '$1');
      const true_ =
        known.has(bare) || titles.includes(bare) || patterns.some((pattern) => pattern.test(bare));
      assert.ok(true_, `${picture}: “${label}” stands in no source; ${again}`);
    }
  }
});

test('the manual has every procedure of the catalogue, with the questions it asks today', () => {
  const own = definitions();
  assert.ok(own.length >= 15);
  for (const [id, { title, steps = [], fields, attachments }] of own) {
    const wanted = [
      title.ja,
      ...steps.map((step) => step.title.ja),
      ...fields.flatMap((entry) => [
        entry.label.ja,
        ...(isGroup(entry) ? entry.fields : []).map(({ label }) => label.ja),
      ]),
      ...attachments.map(({ label }) => label.ja),
    ];
    assert.deepEqual(labels[id], wanted, `${id}: ${again}`);
  }
});

test('the manual and every leaflet in each register are PDF of at most 6 MB and 2 MB, and the portal hands them out', async () => {
  const app = portalApp(sampleOptions);
  const page = await (await app.request('/materials')).text();
  const sheets = leaflets.flatMap(({ id }) => registers.map((register) => leafletFile(id, register)));
  assert.deepEqual(
    printedFiles.map(({ name }) => name),
    ['manual.pdf', ...sheets],
  );
  for (const { name, bytes, day, pages } of printedFiles) {
    assert.ok(bytes <= (name === 'manual.pdf' ? 6_000_000 : 2_000_000), `${name}: ${bytes}`);
    assert.ok(page.includes(`href="/${name}"`), name);
    assert.ok(page.includes(`<div>${pages}</div>`) && /^20\d\d-\d\d-\d\d$/.test(day), name);
    if (name !== 'manual.pdf') assert.equal(pages, 2, `${name}: one sheet of paper`);
    const answer = await app.request(`/${name}`);
    assert.equal(answer.headers.get('content-type'), 'application/pdf');
    const body = Buffer.from(await answer.arrayBuffer());
    assert.equal(body.length, bytes);
    assert.equal(body.subarray(0, 5).toString(), '%PDF-');
  }
});

test('each leaflet was printed from the words it has today', () => {
  for (const leaflet of leaflets)
    for (const register of registers) {
      const name = leafletFile(leaflet.id, register);
      const file = printedFiles.find((one) => one.name === name);
      assert.equal(file?.words, leafletDigest(leaflet), `${name}: npm run manual -- leaflets`);
    }
});

test('a leaflet is a page too, in each register, with everything that stands on paper and the PDF of the same words', async () => {
  const app = portalApp({ ...sampleOptions, origin: 'https://portal.example' });
  const counted = activations.journeys.find(({ journal }) => journal === 'newcomer-mouse')?.pressed ?? [];
  for (const leaflet of leaflets)
    for (const register of registers) {
      const answer = await app.request(`/materials/leaflets/${leaflet.id}`, {
        headers: { cookie: `mado_prefs=${register}.0.0` },
      });
      const html = (await answer.text()).replace(/<rp>.*?<\/rp>|<rt>.*?<\/rt>/gs, '');
      const said = html.replace(/<[^>]*>/g, '');
      for (const block of [...leaflet.front, ...leaflet.back])
        for (const text of JSON.stringify(block).matchAll(new RegExp(`"${register}":"([^"]*)"`, 'g')))
          for (const piece of (text[1] ?? '').split('**')) {
            const plain = piece.replace(/\{([^{}|]*)\|[^{}|]*\}/g, '$1');
            assert.ok(said.includes(plain), `${leaflet.id} ${register}: ${plain}`);
          }
      assert.ok(html.includes(`href="/${leafletFile(leaflet.id, register)}"`));
      assert.ok(html.includes('000-000-0000') && html.includes('https://portal.example'));
      assert.doesNotMatch(html, /\*\*|style=/);
    }
  // The presses it promises are those that the newcomer's journey makes, but for the name of the procedure.
  const citizens = JSON.stringify(leaflets[0]);
  assert.equal(counted.length, 8);
  for (const label of counted.filter((_, index) => index !== 4))
    assert.ok(citizens.includes(`**${label}**`), label);
});

const pdftotext = spawnSync('pdftotext', ['-v']).error === undefined;

test('the words of the labels stand in the manual’s own text, and its contents name the right pages', {
  skip: pdftotext ? false : 'pdftotext is not installed',
}, () => {
  const file = fileURLToPath(new URL('manual.pdf', content));
  const sheets = execFileSync('pdftotext', ['-raw', file, '-'], { encoding: 'utf8', maxBuffer: 1 << 26 })
    .split('\f')
    .map((text) => text.normalize('NFKC').replace(/\s+/g, ''));
  const all = sheets.join('');
  const flat = (text: string) => text.normalize('NFKC').replace(/\s+/g, '');
  for (const [picture, list] of Object.entries(labels))
    for (const label of list) assert.ok(all.includes(flat(label)), `${picture}: ${label}`);
  // The line of the contents ends with the page on which the procedure's own heading stands.
  for (const [id, { title }] of definitions()) {
    const agency = { municipal: '見本市', prefectural: '見本県', national: '見本省' }[id.split('-')[0] ?? ''];
    const at =
      sheets.findIndex(
        (text, index) => index > 3 && text.slice(0, 90).includes(flat(`${agency}${title.ja}`)),
      ) + 1;
    assert.ok(at > 0, title.ja);
    assert.match(
      sheets.slice(1, 3).join(''),
      new RegExp(`${flat(`${title.ja}（${agency}）`).replace(/[()]/g, '\\$&')}${at}`),
      title.ja,
    );
  }
});
