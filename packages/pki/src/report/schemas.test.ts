import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ca, content, list, nextDay, policy, signed, source, stampRoot, toT } from '../testing/long-term.js';
import { evaluateDocument } from './document.js';
import { documentEvidenceShape } from './evidence-shape.js';
import { gatherEvidence } from './gather.js';
import { policyShape } from './parse-policy.js';
import { documentReportShape } from './report-shape.js';
import { jsonSchema, type ObjectShape, shapeFaults } from './shape.js';

const documents: [name: string, description: string, shape: ObjectShape][] = [
  [
    'policy',
    'What a signature is held to: `madoguchi verify --policy FILE`. What is left out is as in packages/pki/policies/citizen-signature.json.',
    policyShape,
  ],
  [
    'evidence',
    'Frozen evidence about a signed file: `madoguchi verify --evidence FILE`, evaluated again with --from-evidence.',
    documentEvidenceShape,
  ],
  [
    'verify',
    'madoguchi verify --json: the verdict over a file and the report of each of its signatures, in the indications of ETSI EN 319 102-1.',
    documentReportShape,
  ],
];

for (const [name, description, shape] of documents) {
  // `MADOGUCHI_WRITE_DOCS=1 npm test -- report/schemas` writes them; biome formats them.
  test(`docs/schemas/${name}.json is the shape that the code checks`, () => {
    const file = fileURLToPath(new URL(`../../../../docs/schemas/${name}.json`, import.meta.url));
    const schema = {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      title: name,
      ...jsonSchema(shape),
      description,
    };
    if (process.env.MADOGUCHI_WRITE_DOCS === '1') writeFileSync(file, `${JSON.stringify(schema, null, 2)}\n`);
    assert.deepEqual(JSON.parse(readFileSync(file, 'utf8')), schema);
  });
}

test('reports of all kinds have the shape that is documented', async () => {
  const cms = await toT(await signed());
  const lists = [source(await list(ca, { citizens: true })), source(await list(stampRoot))];
  const base = { policy: policy.id, cms, anchors: [ca.der], time: nextDay };
  const found = [
    gatherEvidence({ ...base, content, revocation: lists, timeStampAnchors: [stampRoot.der] }),
    gatherEvidence({ ...base, content }),
    gatherEvidence(base),
    gatherEvidence({ ...base, cms: Uint8Array.of(1, 2, 3) }),
    gatherEvidence({ ...base, container: { ok: false, rule: 'zip.end', offset: 3 } }),
  ];
  const report = evaluateDocument({
    format: 'madoguchi-document-evidence/1',
    gatheredAt: nextDay.toISOString(),
    policy,
    document: { name: 'x', size: 3, sha256: 'a'.repeat(64), form: 'CAdES' },
    signatures: found.map((evidence, index) => ({ id: String(index), covers: [], evidence })),
  });
  assert.deepEqual(shapeFaults(JSON.parse(JSON.stringify(report)), documentReportShape), []);
  assert.equal(new Set(report.signatures.map((each) => each.report.subIndication)).size, 4);
});
