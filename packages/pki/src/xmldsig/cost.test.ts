// What a document full of signatures may cost: each of these took from half a minute of the processor upwards while it was not counted.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import {
  canonicalMethods,
  digestMethods,
  dsigNamespace,
  envelopedTransform,
  signatureMethods,
} from './algorithms.js';
import { verifyXmlSignatures } from './verify.js';

const transform = (uri: string) => `<Transform Algorithm="${uri}"/>`;
const reference = (uri: string, transforms: readonly string[]) =>
  `<Reference URI="${uri}"><Transforms>${transforms.map(transform).join('')}</Transforms>` +
  `<DigestMethod Algorithm="${digestMethods.sha256}"/><DigestValue>${'A'.repeat(43)}=</DigestValue></Reference>`;
const signature = (references: string) =>
  `<Signature xmlns="${dsigNamespace}"><SignedInfo><CanonicalizationMethod Algorithm="${canonicalMethods.exclusive}"/>` +
  `<SignatureMethod Algorithm="${signatureMethods['rsa-sha256']}"/>${references}</SignedInfo><SignatureValue>AAAA</SignatureValue></Signature>`;
/** As many signatures as are looked at, with as many references as one may have. */
const signatures = (uri: string, transforms: readonly string[]) =>
  signature(reference(uri, transforms).repeat(60)).repeat(16);

/** The rule of the first signature. The processor's time is no proof by itself: it is far below what the square of the document takes. */
function ruleOf(document: string, files = new Map<string, Uint8Array>()): string | undefined {
  const began = process.cpuUsage();
  const { signers } = verifyXmlSignatures({ document: Buffer.from(document), files });
  const { user, system } = process.cpuUsage(began);
  assert.ok((user + system) / 1e6 < 15, `${(user + system) / 1e6} s of processor time`);
  assert.equal(signers.length, 16);
  const [first] = signers;
  return first?.verdict.ok === false ? first.verdict.rule : undefined;
}

suite('sixteen signatures with sixty references each', () => {
  test('over the whole of a large document', () => {
    const document = `<r>${'一二三四五六七八'.repeat(500_000)}${signatures('', [envelopedTransform, canonicalMethods.exclusive])}</r>`;
    assert.equal(ruleOf(document), 'xmldsig.tooMuch');
  });

  test('over an element of comments, of which nothing comes out', () => {
    const document = `<r><x Id="a">${`<!--${'x'.repeat(40)}-->`.repeat(100_000)}</x>${signatures('#a', [canonicalMethods.exclusive])}</r>`;
    assert.equal(ruleOf(document), 'xmldsig.tooMuch');
  });

  test('to an identifier that stands everywhere', () => {
    const document = `<r>${'<x Id="a"/>'.repeat(90_000)}${signatures('#a', [canonicalMethods.exclusive])}</r>`;
    assert.equal(ruleOf(document), 'xmldsig.reference.ambiguous');
  });

  test('to a file that is not whole', () => {
    const broken = Buffer.from(`<a>${'一二三四五六七八'.repeat(500_000)}`);
    const document = `<r>${signatures('a.xml', [canonicalMethods.exclusive])}</r>`;
    assert.equal(ruleOf(document, new Map([['a.xml', broken]])), 'xmldsig.file.form');
  });
});
