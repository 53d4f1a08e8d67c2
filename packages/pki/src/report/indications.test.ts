import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { evaluate } from './evaluate.js';
import type { Evidence, EvidenceCertificate, RevocationItem } from './evidence.js';
import { type ReportSubIndication, subIndications } from './indications.js';
import { citizenSignaturePolicy, type ValidationPolicy } from './policy.js';

const nonce = '2026-06-01T01:00:00.000Z';
const arrival = '2026-06-01T01:20:00.000Z';
const now = new Date('2026-06-02T00:00:00Z');
const policy: ValidationPolicy = { ...citizenSignaturePolicy, demo: true };
const leaf: EvidenceCertificate = {
  der: '',
  sha256: 'aa',
  notBefore: '2025-01-01T00:00:00.000Z',
  notAfter: '2030-01-01T00:00:00.000Z',
  keyUsage: ['digitalSignature', 'nonRepudiation'],
  policies: [],
  algorithm: 'rsa-sha256',
  keyBits: 2048,
  demo: true,
};
const anchor: EvidenceCertificate = { ...leaf, sha256: 'bb', keyUsage: ['keyCertSign', 'cRLSign'] };
const middle: EvidenceCertificate = { ...anchor, sha256: 'ee' };
const list: RevocationItem = {
  kind: 'crl',
  certificate: 'aa',
  source: 'test',
  obtainedAt: arrival,
  sha256: 'cc',
  authentic: true,
  thisUpdate: '2026-05-31T15:00:00.000Z',
  nextUpdate: '2026-06-02T15:00:00.000Z',
  status: 'good',
};
const signer = {
  signingTime: '2026-06-01T01:10:00.000Z',
  algorithm: 'rsa-sha256',
  keyBits: 2048,
  signingCertificate: 'v2',
  attributesOrdered: true,
} as const;
const good: Evidence = {
  format: 'madoguchi-evidence/1',
  policy: policy.id,
  nonceTime: nonce,
  arrivalTime: arrival,
  signature: { signers: 1, signer },
  chain: { at: arrival, indication: 'PASSED', reason: '', path: [leaf, anchor] },
  revocation: [list],
};
const broken = (subIndication: ReportSubIndication, rule: string): Evidence => ({
  ...good,
  signature: { signers: 1, signer, subIndication, rule },
});
const withLeaf = (change: Partial<EvidenceCertificate>): Evidence => ({
  ...good,
  chain: { at: arrival, indication: 'PASSED', reason: '', path: [{ ...leaf, ...change }, anchor] },
});
const noPath = (subIndication: string): Evidence => ({
  ...good,
  chain: { at: arrival, indication: 'INDETERMINATE', subIndication, reason: '', path: [leaf] },
});
const items = (...changes: Partial<RevocationItem>[]): Evidence => ({
  ...good,
  revocation: changes.map((change) => ({ ...list, ...change })),
});
const underPolicy = (sha256: string): Evidence => ({
  ...good,
  signature: { signers: 1, signer: { ...signer, signaturePolicy: { oid: '1.2.3', sha256 } } },
});
const earlyStamp: Evidence = {
  ...good,
  timeStamps: [
    {
      kind: 'signature',
      sha256: 'dd',
      intact: true,
      time: '2026-06-01T00:30:00.000Z',
      algorithm: 'rsa-sha256',
      keyBits: 2048,
      chain: { at: arrival, indication: 'PASSED', reason: '', path: [leaf, anchor] },
    },
  ],
};

/** How each arises: the words of docs/indications.md, and evidence with a policy that produces it. */
const cases: Record<
  ReportSubIndication,
  [how: string, evidence: Evidence, rules?: Partial<ValidationPolicy>]
> = {
  FORMAT_FAILURE: [
    'The message is no CMS SignedData, a container breaks its rules, a file was added to it.',
    broken('FORMAT_FAILURE', 'signature.format'),
  ],
  HASH_FAILURE: [
    'The digest of the content, or of a file in the container, is not the one that was signed.',
    broken('HASH_FAILURE', 'signature.digest'),
  ],
  SIG_CRYPTO_FAILURE: [
    "The signature value does not verify with the signer's key, or the enclosed certificate was exchanged.",
    broken('SIG_CRYPTO_FAILURE', 'signature.value'),
  ],
  REVOKED: [
    "The revocation is not later than the lower bound of the signing time (the agency's nonce).",
    items({ status: 'revoked', revokedAt: nonce }),
  ],
  EXPIRED: [
    'The certificate ended before the lower bound of the signing time.',
    withLeaf({ notAfter: '2026-06-01T00:59:59.000Z' }),
  ],
  NOT_YET_VALID: [
    'The upper bound of the signing time (arrival, time stamp) lies before the certificate began.',
    withLeaf({ notBefore: '2026-06-01T01:20:01.000Z' }),
  ],
  SIG_CONSTRAINTS_FAILURE: [
    'A signed attribute is doubled, unreadable or wrong; the certificate is not named; another type of content; a broken time stamp; several signers where one was to be judged.',
    broken('SIG_CONSTRAINTS_FAILURE', 'signature.attributes.doubled'),
  ],
  CHAIN_CONSTRAINTS_FAILURE: [
    'The certificate lacks a key usage, a purpose or a certificate policy that the policy demands.',
    withLeaf({ keyUsage: ['digitalSignature'] }),
  ],
  CERTIFICATE_CHAIN_GENERAL_FAILURE: [
    'The path breaks a rule of RFC 5280 without a code of its own: signature, CA flag, path length, names, policies, an unknown critical extension.',
    noPath('CERTIFICATE_CHAIN_GENERAL_FAILURE'),
  ],
  CRYPTO_CONSTRAINTS_FAILURE: [
    'An algorithm that the policy does not allow, a key below its minimum, or one that had already ended at the lower bound of the signing time.',
    good,
    { algorithms: ['ecdsa-sha256'] },
  ],
  CRYPTO_CONSTRAINTS_FAILURE_NO_POE: [
    'An algorithm or key length that the policy ends at a date (`algorithmEnds`, `weakRsa`), and nothing proves that the signature is older.',
    good,
    { algorithmEnds: { 'rsa-sha256': '2026-06-01T01:15:00.000Z' } },
  ],
  NO_SIGNING_CERTIFICATE_FOUND: [
    "The signer's certificate is neither in the message nor given, or cannot be read.",
    broken('NO_SIGNING_CERTIFICATE_FOUND', 'signature.certificate.none'),
  ],
  NO_CERTIFICATE_CHAIN_FOUND: [
    'No path leads to a given anchor; or it leads to a demo authority, and those do not count.',
    noPath('NO_CERTIFICATE_CHAIN_FOUND'),
  ],
  NO_CERTIFICATE_CHAIN_FOUND_NO_POE: [
    'The policy has given the anchor up (`anchorEnds`), and nothing proves that the signature is older.',
    good,
    { anchorEnds: { bb: '2026-06-01T00:00:00.000Z' } },
  ],
  SIGNED_DATA_NOT_FOUND: [
    'Detached content was not given, or a file that the manifest names is not in the container.',
    broken('SIGNED_DATA_NOT_FOUND', 'signature.content.missing'),
  ],
  SIGNATURE_POLICY_NOT_AVAILABLE: [
    'The signature names a signature policy that is not among the policy’s `signaturePolicies`.',
    underPolicy('00'),
  ],
  POLICY_PROCESSING_ERROR: [
    'It names one that is known, with another digest.',
    underPolicy('00'),
    { signaturePolicies: { '1.2.3': '11' } },
  ],
  TIMESTAMP_ORDER_FAILURE: [
    'A time stamp is later than what proves it, or earlier than the lower bound of the signing time.',
    earlyStamp,
  ],
  REVOKED_NO_POE: [
    'The certificate was revoked before the upper bound of the signing time, and after the lower one if there is one.',
    items({ status: 'revoked', revokedAt: arrival }),
  ],
  REVOKED_CA_NO_POE: [
    'An authority between signer and anchor was revoked before the upper bound of the signing time.',
    {
      ...good,
      chain: { at: arrival, indication: 'PASSED', reason: '', path: [leaf, middle, anchor] },
      revocation: [list, { ...list, certificate: 'ee', status: 'revoked', revokedAt: nonce }],
    },
  ],
  OUT_OF_BOUNDS_NOT_REVOKED: [
    'The upper bound lies after the certificate’s end, and a list made in its time says it was not revoked.',
    withLeaf({ notAfter: nonce }),
  ],
  OUT_OF_BOUNDS_NO_POE: [
    'The upper bound lies after the certificate’s end, or the lower one before its beginning, and nothing says that it was not revoked.',
    withLeaf({ notBefore: arrival }),
  ],
  REVOCATION_OUT_OF_BOUNDS_NO_POE: [
    'A list or answer inside the message is not proven to be older than the end of the certificate that issued it.',
    {
      ...items({ source: 'signature' }),
      chain: {
        at: arrival,
        indication: 'PASSED',
        reason: '',
        path: [leaf, { ...anchor, notAfter: '2026-06-01T00:00:00.000Z' }],
      },
    },
  ],
  NO_POE: [
    'The only list is signed with an algorithm that the policy has ended, and nothing proves that the list is older.',
    items({ algorithm: 'rsa-sha1' }),
    {
      algorithms: [...policy.algorithms, 'rsa-sha1'],
      algorithmEnds: { 'rsa-sha1': '2014-12-31T15:00:00.000Z' },
    },
  ],
  TRY_LATER: [
    'No usable revocation data, none that is fresh, or the certificate is on hold (where a hold does not count as revoked).',
    items({ nextUpdate: arrival }),
  ],
};

for (const [name, [how, evidence, rules]] of Object.entries(cases)) {
  test(`${name}: ${how}`, () => {
    const report = evaluate(evidence, { ...policy, ...rules }, now);
    assert.equal(report.subIndication, name);
    const { under } = subIndications[report.subIndication];
    assert.equal(report.indication, under === 'FAILED' ? 'TOTAL_FAILED' : 'INDETERMINATE');
  });
}

test('every sub-indication has its words in three registers', () => {
  for (const [name, { means, next }] of Object.entries(subIndications))
    for (const words of [means, next])
      for (const register of ['ja', 'jaEasy', 'en'] as const) assert.match(words[register], /[.。]$/, name);
});

/** The table of docs/indications.md, from the cases above. `MADOGUCHI_WRITE_DOCS=1 npm test -- report/indications` writes it. */
function table(): string {
  const rows = Object.entries(cases).map(([name, [how]]) => {
    const { under } = subIndications[name as ReportSubIndication];
    return `| \`${name}\` | ${under} | ${how} |`;
  });
  return ['| sub-indication | under | how it arises here |', '| --- | --- | --- |', ...rows].join('\n');
}

test('docs/indications.md holds this very table', () => {
  const file = fileURLToPath(new URL('../../../../docs/indications.md', import.meta.url));
  const [before = '', , after = ''] = readFileSync(file, 'utf8').split(/<!-- (?:table|end) -->/);
  const wanted = `${before}<!-- table -->\n\n${table()}\n\n<!-- end -->${after}`;
  if (process.env.MADOGUCHI_WRITE_DOCS === '1') writeFileSync(file, wanted);
  // The formatter pads the columns.
  const plain = (text: string) => text.replace(/ +/g, ' ').replace(/-{3,}/g, '---');
  assert.equal(plain(readFileSync(file, 'utf8')), plain(wanted));
});
