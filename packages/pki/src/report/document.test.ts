import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  ca,
  content,
  list,
  nextDay,
  policy,
  signed,
  source,
  stampRoot,
  toLT,
  toLTA,
  toT,
} from '../testing/long-term.js';
import { seeded } from '../testing/mutate.js';
import { type DocumentEvidence, evaluateDocument } from './document.js';
import { encodeReport } from './evaluate.js';
import { parseDocumentEvidence } from './evidence-shape.js';
import { gatherEverySigner } from './gather.js';

const cms = await toLTA(await toLT(await toT(await signed())));
const lists = [source(await list(ca, { citizens: true })), source(await list(stampRoot))];

const frozen: DocumentEvidence = {
  format: 'madoguchi-document-evidence/1',
  gatheredAt: nextDay.toISOString(),
  policy,
  document: { name: 'letter.p7s', size: cms.length, sha256: '0'.repeat(64), form: 'CAdES' },
  signatures: gatherEverySigner({
    policy: policy.id,
    cms,
    content,
    anchors: [ca.der],
    timeStampAnchors: [stampRoot.der],
    revocation: lists,
    time: nextDay,
    attempts: [
      {
        certificate: 'elsewhere',
        source: 'http://x',
        at: nextDay.toISOString(),
        failure: 'ocsp.unreachable',
      },
    ],
  }).map((evidence, index) => ({ id: String(index + 1), covers: [], evidence })),
};

test('evidence that went through a file is read again and gives the same bytes', () => {
  const read = parseDocumentEvidence(JSON.parse(JSON.stringify(frozen)));
  assert.ok(read.ok, JSON.stringify(read));
  const first = encodeReport(evaluateDocument(frozen));
  assert.deepEqual(encodeReport(evaluateDocument(read.evidence)), first);
  assert.equal(evaluateDocument(frozen).indication, 'TOTAL_PASSED');
});

test('an attempt that was about another certificate stays out of the evidence', () => {
  assert.equal(frozen.signatures[0]?.evidence.attempts, undefined);
});

test('the gravest signature speaks for the document, and one without any says so', () => {
  const [one] = frozen.signatures;
  assert.ok(one);
  const spoiled = {
    ...one,
    id: '2',
    evidence: {
      ...one.evidence,
      signature: { signers: 1, subIndication: 'HASH_FAILURE', rule: 'signature.digest' },
    },
  };
  const both = evaluateDocument({ ...frozen, signatures: [one, spoiled] });
  assert.deepEqual([both.indication, both.subIndication], ['TOTAL_FAILED', 'HASH_FAILURE']);
  assert.deepEqual(
    both.signatures.map(({ id, report }) => [id, report.indication]),
    [
      ['1', 'TOTAL_PASSED'],
      ['2', 'TOTAL_FAILED'],
    ],
  );
  assert.equal(evaluateDocument({ ...frozen, signatures: [] }).indication, 'NO_SIGNATURE_FOUND');
});

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
const strange: readonly Json[] = [
  null,
  true,
  -1,
  1e300,
  '',
  '2026-99-99T00:00:00Z',
  [],
  {},
  [[]],
  'x'.repeat(70),
];

/** A copy with one value somewhere replaced, taken out or doubled. */
function disturbed(json: Json, next: () => number): Json {
  const pick = (below: number) => Math.floor(next() * below);
  if (next() < 0.15 || typeof json !== 'object' || json === null)
    return strange[pick(strange.length)] ?? null;
  if (Array.isArray(json)) {
    if (json.length === 0) return strange[pick(strange.length)] ?? null;
    const at = pick(json.length);
    if (next() < 0.2) return [...json, ...json];
    return json.map((each, index) => (index === at ? disturbed(each, next) : each));
  }
  const names = Object.keys(json);
  const name = names[pick(names.length)];
  if (name === undefined) return null;
  const { [name]: chosen, ...rest } = json;
  return next() < 0.2 ? rest : { ...rest, [name]: disturbed(chosen ?? null, next) };
}

test('evidence that was tampered with is refused by name, or judged; it never throws', () => {
  const next = seeded(11);
  const whole: Json = JSON.parse(JSON.stringify(frozen));
  let refused = 0;
  for (let round = 0; round < 3000; round += 1) {
    const read = parseDocumentEvidence(disturbed(whole, next));
    if (read.ok) encodeReport(evaluateDocument(read.evidence));
    else {
      refused += 1;
      assert.ok(read.faults[0]?.allowed);
    }
  }
  assert.ok(refused > 500 && refused < 3000, String(refused));
});
