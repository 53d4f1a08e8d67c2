import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  citizenSignaturePolicy,
  evaluate,
  readPdf,
  registryPdfPolicy,
  type ValidationPolicy,
} from '@madoguchi/pki';
import { now } from '@madoguchi/testing';
import { samplePdf } from '../testing/sample-pdf.js';
import { signingWorld } from '../testing/signing-world.js';
import type { SignInput, SignRequest, StampText } from './format.js';
import { pdf } from './pdf.js';

const world = await signingWorld();
const lists = await world.lists(now);
const contract = { name: '定款.pdf', bytes: samplePdf() };

const input = (changes: Partial<SignInput> = {}): SignInput => ({
  files: [contract],
  level: 'B',
  plain: true,
  signer: world.signer,
  signingTime: now,
  stamp: world.stampAt(now),
  ...changes,
});

function judge(bytes: Uint8Array, policy: ValidationPolicy): string[] {
  const trust = {
    policy: policy.id,
    anchors: [world.ca.der],
    timeStampAnchors: [world.stampRoot.der],
    revocation: lists,
    time: now,
  };
  const found = pdf.gather({ file: { name: 'x.pdf', bytes }, trust });
  return found.map(({ evidence }) => evaluate(evidence, { ...policy, demo: true }, now).indication);
}

const subFilter = (bytes: Uint8Array): string[] => {
  const text = Buffer.from(bytes).toString('latin1');
  return [...text.matchAll(/\/SubFilter \/([\w.]+)/g)].map(([, name]) => name ?? '');
};

test('without a level it is what the registries take; with one it is PAdES', async () => {
  const plain = await pdf.sign(input());
  assert.deepEqual(subFilter(plain), ['adbe.pkcs7.detached']);
  assert.deepEqual(judge(plain, registryPdfPolicy), ['TOTAL_PASSED']);
  const stamped = await pdf.sign(input({ level: 'T' }));
  assert.deepEqual(judge(stamped, registryPdfPolicy), ['TOTAL_PASSED']);
  const { plain: _, ...asked } = input();
  const pades = await pdf.sign(asked);
  assert.deepEqual(subFilter(pades), ['ETSI.CAdES.detached']);
  assert.deepEqual(judge(pades, citizenSignaturePolicy), ['TOTAL_PASSED']);
  assert.deepEqual(judge(pades, registryPdfPolicy), ['TOTAL_FAILED']);
});

test('people sign in turn, and each signature covers the file as it was with it', async () => {
  const once = await pdf.sign(input());
  const twice = await pdf.sign(input({ files: [{ name: '定款.pdf', bytes: once }] }));
  assert.deepEqual(judge(twice, registryPdfPolicy), ['TOTAL_PASSED', 'TOTAL_PASSED']);
  const trust = { policy: 'x', anchors: [world.ca.der], time: now };
  const found = pdf.gather({ file: { name: '定款.pdf', bytes: twice }, trust });
  assert.deepEqual(
    found.map(({ covers }) => covers.map(({ name, size }) => [name, size])),
    [[['定款.pdf', once.length]], [['定款.pdf', twice.length]]],
  );
});

test('the stamp is drawn with who signs, when and by whose certificate, and stands in the signature’s field', async () => {
  const said: StampText[] = [];
  const draw = (text: StampText) => {
    said.push(text);
    return samplePdf();
  };
  const signed = await pdf.sign(input({ pdf: { stamp: { draw, at: { left: 10, top: 10, width: 100 } } } }));
  assert.deepEqual(said, [
    { signer: '総務　太郎', authority: '公的個人認証サービス 署名用認証局（デモ）', time: now },
  ]);
  assert.deepEqual(judge(signed, registryPdfPolicy), ['TOTAL_PASSED']);
  assert.match(Buffer.from(signed).toString('latin1'), /\/Rect \[10 690\.48\d 110 832\]/);
});

test('an empty field is signed by its name', async () => {
  const file = { name: 'form.pdf', bytes: samplePdf({ field: 'approval' }) };
  const signed = await pdf.sign(input({ files: [file], pdf: { field: 'approval', reason: '承認' } }));
  const read = readPdf(signed);
  assert.deepEqual(read.ok && read.value.signatures.map(({ field }) => field), ['approval']);
});

test('what cannot be signed is told before anybody is asked for a PIN', async () => {
  const draw = () => samplePdf();
  const certified = contract.bytes.toString('latin1').replace('/Root 1 0 R', '/Root 1 0 R /Encrypt 5 0 R');
  const cases: [Partial<SignRequest>, string][] = [
    [{ files: [] }, 'files.none'],
    [{ files: [contract, contract] }, 'files.several'],
    [{ detached: true }, 'detached'],
    [{ files: [{ name: 'x', bytes: Buffer.from('hello') }] }, 'pdf.form'],
    [{ files: [{ name: 'x', bytes: Buffer.from(certified, 'latin1') }] }, 'pdf.encrypted'],
    [{ pdf: { stamp: { draw, page: 2 } } }, 'pdf.page'],
    [{ pdf: { stamp: { draw, at: { left: 500, top: 0 } } } }, 'pdf.stamp'],
    [{ pdf: { field: 'nowhere' } }, 'pdf.field'],
  ];
  for (const [change, rule] of cases) {
    assert.equal(pdf.fault({ files: [contract], level: 'B', plain: true, ...change })?.rule, rule);
  }
  assert.equal(pdf.fault({ files: [contract], level: 'B', pdf: { stamp: { draw } } }), undefined);
});
