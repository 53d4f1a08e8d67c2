import assert from 'node:assert/strict';
import { test } from 'node:test';
import { citizenSignaturePolicy, evaluate } from '@madoguchi/pki';
import { now } from '@madoguchi/testing';
import { signingWorld } from '../testing/signing-world.js';
import type { GivenFile, SignInput, SignRequest } from './format.js';
import { xml } from './xml.js';

const world = await signingWorld();
const policy = { ...citizenSignaturePolicy, demo: true };
const trust = {
  policy: policy.id,
  anchors: [world.ca.der],
  revocation: await world.lists(now),
  time: now,
};
const file = (name: string, text: string): GivenFile => ({ name, bytes: Buffer.from(text) });
const egov = file(
  'kousei.xml',
  '<DataRoot><様式ID>1</様式ID><構成情報 ID="構成情報"><氏名>総務　太郎</氏名></構成情報><署名情報/></DataRoot>',
);
const attached = file('添付.txt', '添付の中身');
const drawing = file('file1.tif', 'II*');

const sign = (request: Partial<SignInput>): Promise<Uint8Array> =>
  xml.sign({ files: [], level: 'B', plain: true, signer: world.signer, signingTime: now, ...request });

function judge(bytes: Uint8Array, given: { beside?: readonly GivenFile[]; content?: GivenFile } = {}) {
  return xml.gather({ file: { name: 'x.xml', bytes }, ...given, trust }).map(({ evidence, covers }) => ({
    verdict: evaluate(evidence, policy, now).indication,
    covers: covers.map(({ name }) => name),
  }));
}

test('the form of e-Gov is recognised: 構成情報 and the attached files are signed, the signature goes into 署名情報', async () => {
  const bytes = await sign({ files: [egov, attached] });
  assert.match(String(bytes), /<署名情報><Signature /);
  assert.deepEqual(xml.filesBeside?.(bytes), ['添付.txt']);
  assert.deepEqual(judge(bytes, { beside: [attached] }), [
    { verdict: 'TOTAL_PASSED', covers: ['#構成情報', '添付.txt'] },
  ]);
  assert.deepEqual(judge(bytes), [{ verdict: 'INDETERMINATE', covers: [] }]);
  assert.deepEqual(judge(bytes, { beside: [file('添付.txt', '別')] }), [
    { verdict: 'TOTAL_FAILED', covers: [] },
  ]);
});

test('a detached signature is a document of its own; its file may have been renamed', async () => {
  const bytes = await sign({ files: [drawing], detached: true });
  const good = [{ verdict: 'TOTAL_PASSED', covers: ['file1.tif'] }];
  assert.deepEqual(judge(bytes, { beside: [drawing] }), good);
  assert.deepEqual(judge(bytes, { content: { ...drawing, name: 'renamed.tif' } }), good);
  assert.deepEqual(judge(bytes, { content: file('file1.tif', 'MM*') }), [
    { verdict: 'TOTAL_FAILED', covers: [] },
  ]);
});

test('without a level it is plain XML Signature, with one XAdES', async () => {
  const files = [file('a.xml', '<a/>')];
  assert.doesNotMatch(String(await sign({ files })), /QualifyingProperties/);
  const { plain: _, ...levelled } = { plain: true, files, level: 'B' as const };
  const bytes = await xml.sign({ ...levelled, signer: world.signer, signingTime: now });
  assert.match(String(bytes), /<xades:QualifyingProperties/);
});

test('two people sign parts of one document, and a second signature that would break the first is refused', async () => {
  const parts = file('a.xml', '<a><b Id="b">1</b><c Id="c">2</c></a>');
  const one = await sign({ files: [parts], element: 'b' });
  const two = await sign({ files: [{ ...parts, bytes: one }], element: 'c' });
  assert.deepEqual(judge(two), [
    { verdict: 'TOTAL_PASSED', covers: ['#b'] },
    { verdict: 'TOTAL_PASSED', covers: ['#c'] },
  ]);
  const whole = await sign({ files: [parts] });
  assert.equal(xml.fault({ files: [{ ...parts, bytes: whole }], level: 'B' })?.rule, 'xml.breaks');
});

test('what cannot be signed is told before anybody is asked for a PIN', () => {
  const cases: [Partial<SignRequest>, string | undefined][] = [
    [{ files: [] }, 'files.none'],
    [{ files: [drawing] }, 'file.form'],
    [{ files: [drawing], detached: true }, undefined],
    [{ files: [drawing, drawing], detached: true }, 'file.sameName'],
    [{ files: [egov, { ...attached, name: '../x' }] }, 'file.name'],
    [{ files: [egov], element: 'nobody' }, 'xml.element'],
    [{ files: [egov], into: 'nobody' }, 'xml.into'],
    [{ files: [egov], level: 'LTA' }, 'level'],
    [{ files: [file('a.xml', '<!DOCTYPE a><a/>')] }, 'file.form'],
    [{ files: [egov, attached] }, undefined],
  ];
  for (const [request, rule] of cases) {
    assert.equal(xml.fault({ files: [], level: 'B', ...request })?.rule, rule, rule);
  }
});
