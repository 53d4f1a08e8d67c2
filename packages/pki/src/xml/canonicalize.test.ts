import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { test } from 'node:test';
import { withFiles } from '../testing/outside.js';
import { skipWithout } from '../testing/programs.js';
import { randomXml, xmlSamples } from '../testing/xml-samples.js';
import { type Canonicalization, canonicalize } from './canonicalize.js';
import { parseXml } from './read.js';
import { descendants, type XmlDocument, type XmlElement } from './tree.js';

function parsed(text: string | Uint8Array): XmlDocument {
  const result = parseXml(Buffer.from(text));
  assert.ok(result.ok, result.ok ? '' : `${result.rule} at ${result.line}:${result.column}: ${text}`);
  return result.value;
}

const inclusive: Canonicalization = { method: 'c14n-1.0', comments: false };
const named = (document: XmlDocument, name: string): XmlElement => {
  const found = [...descendants(document.root)].find((element) => element.name === name);
  assert.ok(found !== undefined);
  return found;
};
const canonical = (text: string, name: string, how: Partial<Canonicalization> = {}) =>
  String(canonicalize(named(parsed(text), name), { ...inclusive, ...how }));

const switches = { 'c14n-1.0': '--c14n', 'c14n-1.1': '--c14n11', exclusive: '--exc-c14n' } as const;

test('whole documents have the same canonical form in libxml2, by every method', {
  skip: skipWithout('xmllint', '--version'),
}, () => {
  const samples = [...xmlSamples, ...Array.from({ length: 250 }, (_, seed) => randomXml(seed))];
  const files = Object.fromEntries(samples.map((text, index) => [`${index}.xml`, text]));
  withFiles(files, (folder) => {
    for (const [method, option] of Object.entries(switches)) {
      for (const [index, text] of samples.entries()) {
        const { stdout, stderr } = spawnSync('xmllint', [option, path.join(folder, `${index}.xml`)]);
        const how: Canonicalization = { method: method as keyof typeof switches, comments: true };
        const ours = String(canonicalize(parsed(text), how));
        assert.equal(ours, String(stdout), `${method} ${index}: ${text}\n${stderr}`);
      }
    }
  });
});

test('a canonical form is its own canonical form, and means the same', () => {
  for (let seed = 0; seed < 400; seed++) {
    const document = parsed(randomXml(1000 + seed));
    for (const method of ['c14n-1.0', 'c14n-1.1', 'exclusive'] as const) {
      const how = { method, comments: true };
      const once = canonicalize(document, how);
      assert.equal(String(canonicalize(parsed(once), how)), String(once));
    }
  }
});

test('an element takes over the namespaces and xml attributes it stands in', () => {
  const text =
    '<a xmlns="urn:1" xmlns:p="urn:p" xml:lang="ja" xml:id="i" xml:other="o"><b xml:space="preserve"><c x="1"/></b></a>';
  assert.equal(
    canonical(text, 'c'),
    '<c xmlns="urn:1" xmlns:p="urn:p" x="1" xml:id="i" xml:lang="ja" xml:other="o" xml:space="preserve"></c>',
  );
  assert.equal(
    canonical(text, 'c', { method: 'c14n-1.1' }),
    '<c xmlns="urn:1" xmlns:p="urn:p" x="1" xml:lang="ja" xml:space="preserve"></c>',
  );
  assert.equal(canonical(text, 'c', { method: 'exclusive' }), '<c xmlns="urn:1" x="1"></c>');
  assert.equal(
    canonical(text, 'c', { method: 'exclusive', inclusivePrefixes: ['p'] }),
    '<c xmlns="urn:1" xmlns:p="urn:p" x="1"></c>',
  );
});

test('xml:base of elements that are left out is joined by 1.1, taken over by 1.0', () => {
  const text = '<a xml:base="http://example.jp/x/y"><b xml:base="../z/"><c xml:base="w"/></b><d/></a>';
  assert.equal(canonical(text, 'c'), '<c xml:base="w"></c>');
  assert.equal(canonical(text, 'c', { method: 'c14n-1.1' }), '<c xml:base="http://example.jp/z/w"></c>');
  assert.equal(canonical(text, 'd', { method: 'c14n-1.1' }), '<d xml:base="http://example.jp/x/y"></d>');
  const relative = '<a xml:base="../.."><b xml:base="c/./d//e"><c/></b></a>';
  assert.equal(canonical(relative, 'c', { method: 'c14n-1.1' }), '<c xml:base="../../c/d/e"></c>');
});

test('a namespace that was taken back is not taken over', () => {
  const text = '<a xmlns="urn:1"><b xmlns=""><c/></b></a>';
  assert.equal(canonical(text, 'b'), '<b><c></c></b>');
  assert.equal(canonical(text, 'c', { method: 'exclusive' }), '<c></c>');
});

test('one element can be left out, with the text around it kept', () => {
  const document = parsed('<a> <b><c/></b> <d/> </a>');
  assert.equal(String(canonicalize(document, inclusive, named(document, 'b'))), '<a>  <d></d> </a>');
});

test('comments are written only when they are asked for', () => {
  const document = parsed('<!-- 1 --><a>x<!-- 2 -->y</a><!-- 3 -->');
  assert.equal(String(canonicalize(document, inclusive)), '<a>xy</a>');
  assert.equal(
    String(canonicalize(document, { ...inclusive, comments: true })),
    '<!-- 1 -->\n<a>x<!-- 2 -->y</a>\n<!-- 3 -->',
  );
});
