import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { buildName } from '../name.js';
import { rootTemplate } from '../profile/agency.js';
import { skipWithout } from '../testing/programs.js';
import { party } from '../testing/world.js';
import { randomXml, xmlSamples } from '../testing/xml-samples.js';
import { xmlsecSign } from '../testing/xmlsec.js';
import { canonicalMethods, dsigNamespace, exclusiveNamespace } from '../xmldsig/algorithms.js';
import { type Canonicalization, canonicalize } from './canonicalize.js';
import { parseXml } from './read.js';
import { attributeOf, descendants, onlyText, type XmlElement } from './tree.js';

const holder = await party('p256', (publicKey) =>
  rootTemplate({
    serial: Uint8Array.of(1),
    publicKey,
    subject: buildName([['CN', 'Test']]),
    notBefore: new Date('2026-01-01T00:00:00Z'),
    notAfter: new Date('2031-01-01T00:00:00Z'),
  }),
);

const forms: readonly Canonicalization[] = [
  { method: 'c14n-1.0', comments: false },
  { method: 'c14n-1.1', comments: false },
  { method: 'exclusive', comments: false },
  { method: 'exclusive', comments: false, inclusivePrefixes: ['p', '窓', ''] },
];

function rootOf(text: string | Uint8Array): XmlElement {
  const parsed = parseXml(Buffer.from(text));
  assert.ok(parsed.ok, parsed.ok ? '' : `${parsed.rule}: ${text}`);
  return parsed.value.root;
}

/** Gives every element an identifier that is its number. */
function numbered(text: string): { text: string; elements: XmlElement[] } {
  const elements = [...descendants(rootOf(text))];
  let result = text;
  for (const [index, { start }] of [...elements.entries()].reverse()) {
    const nameEnd = start + (/^<[^\s/>]+/.exec(result.slice(start))?.[0].length ?? 0);
    result = `${result.slice(0, nameEnd)} Id="n${index}"${result.slice(nameEnd)}`;
  }
  return { text: result, elements };
}

function referenceText(id: number, { method, inclusivePrefixes }: Canonicalization): string {
  const list = inclusivePrefixes?.map((prefix) => (prefix === '' ? '#default' : prefix)).join(' ');
  const parameter =
    list === undefined ? '' : `<c:InclusiveNamespaces xmlns:c="${exclusiveNamespace}" PrefixList="${list}"/>`;
  return `<s:Reference URI="#n${id}"><s:Transforms><s:Transform Algorithm="${canonicalMethods[method]}">${parameter}</s:Transform></s:Transforms><s:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><s:DigestValue/></s:Reference>`;
}

test('every element of every sample has the digest that xmlsec1 computes for it, by every method', {
  skip: skipWithout('xmlsec1', '--version'),
}, () => {
  const samples = [...xmlSamples, ...Array.from({ length: 250 }, (_, seed) => randomXml(5000 + seed))];
  let compared = 0;
  for (const sample of samples.filter((text) => !/xml:id/.test(text))) {
    const { text, elements } = numbered(sample);
    const last = text.lastIndexOf('</');
    if (last < 0 || elements.length < 2) continue;
    const wanted = elements
      .slice(0, 25)
      .map((_, index) => index)
      .slice(1);
    const references = wanted.flatMap((id) => forms.map((form) => referenceText(id, form))).join('');
    const signature = `<s:Signature xmlns:s="${dsigNamespace}"><s:SignedInfo><s:CanonicalizationMethod Algorithm="${canonicalMethods['c14n-1.0']}"/><s:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256"/>${references}</s:SignedInfo><s:SignatureValue/></s:Signature>`;
    const ids = [
      ...new Set(elements.map(({ name, namespace }) => (namespace === '' ? name : `${namespace}:${name}`))),
    ];
    const signed = xmlsecSign(text.slice(0, last) + signature + text.slice(last), holder, {
      ids: ids.map((name) => [name, 'Id'] as const),
    });
    const root = rootOf(signed);
    const all = [...descendants(root)];
    const values = all.filter(({ name }) => name === 'DigestValue').map((each) => onlyText(each)?.trim());
    const ours = wanted.flatMap((id) => {
      const element = all.find((each) => attributeOf(each, 'Id') === `n${id}`);
      assert.ok(element !== undefined);
      return forms.map((form) => createHash('sha256').update(canonicalize(element, form)).digest('base64'));
    });
    assert.deepEqual(ours, values, sample);
    compared += values.length;
  }
  assert.ok(compared > 2000, `only ${compared} compared`);
});
