import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodeReport, evaluate, type Report } from './evaluate.js';
import type { Evidence, EvidenceCertificate, RevocationItem } from './evidence.js';
import { explainFinding, findings } from './findings.js';
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
  policies: ['1.2.3'],
  algorithm: 'rsa-sha256',
  keyBits: 2048,
  demo: true,
};
const anchor: EvidenceCertificate = {
  ...leaf,
  sha256: 'bb',
  keyUsage: ['keyCertSign', 'cRLSign'],
  algorithm: 'rsa-sha1',
};
const crl: RevocationItem = {
  kind: 'crl',
  certificate: 'aa',
  source: 'http://127.0.0.1/crl',
  obtainedAt: '2026-06-01T01:20:01.000Z',
  sha256: 'cc',
  authentic: true,
  thisUpdate: '2026-05-31T15:00:00.000Z',
  nextUpdate: '2026-06-02T15:00:00.000Z',
  status: 'good',
};
const good = {
  format: 'madoguchi-evidence/1',
  policy: policy.id,
  nonceTime: nonce,
  arrivalTime: arrival,
  container: { intact: true },
  signature: {
    signers: 1,
    signer: {
      signingTime: '2026-06-01T01:10:00.000Z',
      algorithm: 'rsa-sha256',
      keyBits: 2048,
      signingCertificate: 'v2',
      attributesOrdered: true,
    },
  },
  chain: { at: arrival, indication: 'PASSED', reason: '', path: [leaf, anchor] },
  revocation: [crl],
} as const satisfies Evidence;

const withLeaf = (change: Partial<EvidenceCertificate>): Evidence => ({
  ...good,
  chain: { ...good.chain, path: [{ ...leaf, ...change }, anchor] },
});
const withItems = (...items: Partial<RevocationItem>[]): Evidence => ({
  ...good,
  revocation: items.map((item) => ({ ...crl, ...item })),
});
const revokedAt = (at: string, change: Partial<RevocationItem> = {}) =>
  withItems({ status: 'revoked', revokedAt: at, reason: 'keyCompromise', ...change });
const outcome = ({ indication, subIndication, finding }: Report) =>
  [indication, subIndication, finding].filter((part) => part !== undefined).join(' ');
const judge = (evidence: Evidence, rules = policy, time = now) => outcome(evaluate(evidence, rules, time));

test('good evidence passes, both lights are good, and every check is there', () => {
  const report = evaluate(good, policy, now);
  assert.equal(outcome(report), 'TOTAL_PASSED');
  assert.deepEqual([report.blocks.signature.light, report.blocks.validity.light], ['good', 'good']);
  assert.ok(report.checks.length >= 20);
  assert.ok(report.checks.every(({ result }) => result === 'pass'));
});

test('the table of proofs of existence, line by line', () => {
  const cases: [string, Evidence][] = [
    // r > a
    ['TOTAL_PASSED', revokedAt('2026-06-01T01:20:00.001Z')],
    // r ≤ n
    ['TOTAL_FAILED REVOKED validity.revoked', revokedAt(nonce)],
    ['TOTAL_FAILED REVOKED validity.revoked', revokedAt('2026-01-01T00:00:00Z')],
    // n < r ≤ a
    ['INDETERMINATE REVOKED_NO_POE validity.revokedNoProof', revokedAt('2026-06-01T01:00:00.001Z')],
    ['INDETERMINATE REVOKED_NO_POE validity.revokedNoProof', revokedAt(arrival)],
    // notAfter < n, a < notBefore
    ['TOTAL_FAILED EXPIRED validity.expired', withLeaf({ notAfter: '2026-06-01T00:59:59.000Z' })],
    ['TOTAL_FAILED NOT_YET_VALID validity.notYetValid', withLeaf({ notBefore: '2026-06-01T01:20:01.000Z' })],
    // n ≤ notAfter < a: known good, because the list was made while the certificate was valid
    ['INDETERMINATE OUT_OF_BOUNDS_NOT_REVOKED validity.outOfBounds', withLeaf({ notAfter: nonce })],
    // n < notBefore ≤ a: the list is older than the certificate and says nothing about it
    ['INDETERMINATE OUT_OF_BOUNDS_NO_POE validity.outOfBounds', withLeaf({ notBefore: arrival })],
    // no accepted, fresh data
    ['INDETERMINATE TRY_LATER validity.noRevocationData', withItems()],
    ['INDETERMINATE TRY_LATER validity.staleRevocationData', withItems({ nextUpdate: arrival })],
  ];
  for (const [index, [expected, evidence]] of cases.entries())
    assert.equal(judge(evidence), expected, `case ${index}`);
});

test('without a nonce a revocation or expiry before the arrival stays open; without an arrival the time of the report counts', () => {
  const { nonceTime: _, ...noNonce } = revokedAt('2026-01-01T00:00:00Z');
  assert.equal(judge(noNonce), 'INDETERMINATE REVOKED_NO_POE validity.revokedNoProof');
  const { nonceTime: _n, arrivalTime: _a, ...bare } = good;
  assert.equal(judge(bare), 'TOTAL_PASSED');
  assert.equal(
    judge(bare, policy, new Date('2031-01-01T00:00:00Z')),
    'INDETERMINATE OUT_OF_BOUNDS_NOT_REVOKED validity.outOfBounds',
  );
  const { nonceTime: _m, arrivalTime: _b, ...revokedBare } = revokedAt('2026-06-01T12:00:00Z');
  assert.equal(judge(revokedBare), 'INDETERMINATE REVOKED_NO_POE validity.revokedNoProof');
});

test('a good verdict is the same years later, when lists and certificate have long expired', () => {
  const report = evaluate(good, policy, new Date('2040-01-01T00:00:00Z'));
  assert.equal(outcome(report), 'TOTAL_PASSED');
  assert.equal(
    report.checks.find(({ id }) => id === 'validity.expiredSince')?.finding,
    'validity.expiredSince',
  );
});

test('accepted, fresh and revoked are three questions', () => {
  const cases: [string, Evidence][] = [
    [
      'INDETERMINATE TRY_LATER validity.noRevocationData',
      withItems({ authentic: false, rule: 'crl.signature' }),
    ],
    ['INDETERMINATE TRY_LATER validity.noRevocationData', withItems({ certificate: 'dd' })],
    ['INDETERMINATE TRY_LATER validity.noRevocationData', withItems({ status: 'unknown' })],
    [
      'INDETERMINATE TRY_LATER validity.noRevocationData',
      withItems({ thisUpdate: '2026-06-02T01:00:00.000Z' }),
    ],
    [
      'INDETERMINATE TRY_LATER validity.noRevocationData',
      withItems({ thisUpdate: '2024-12-31T00:00:00.000Z' }),
    ],
    // a revocation told by a list that is not authentic tells nothing
    ['INDETERMINATE TRY_LATER validity.noRevocationData', revokedAt(nonce, { authentic: false })],
    // a stale list still proves a revocation
    ['TOTAL_FAILED REVOKED validity.revoked', revokedAt(nonce, { nextUpdate: nonce })],
    // one fresh list among stale and foreign ones is enough
    ['TOTAL_PASSED', withItems({ nextUpdate: nonce }, {}, { authentic: false })],
    // one authentic revocation outweighs any number of good answers
    [
      'TOTAL_FAILED REVOKED validity.revoked',
      withItems({}, { status: 'revoked', revokedAt: nonce, kind: 'ocsp' }, {}),
    ],
  ];
  for (const [index, [expected, evidence]] of cases.entries())
    assert.equal(judge(evidence), expected, `case ${index}`);
});

test('a list made after the certificate expired proves nothing good, unless it keeps expired entries', () => {
  const expiring = { ...leaf, notAfter: '2026-06-01T06:00:00.000Z' };
  const evidence = (item: Partial<RevocationItem>): Evidence => ({
    ...withItems({ thisUpdate: '2026-06-01T15:00:00.000Z', ...item }),
    chain: { ...good.chain, path: [expiring, anchor] },
  });
  assert.equal(judge(evidence({})), 'INDETERMINATE TRY_LATER validity.noRevocationData');
  assert.equal(judge(evidence({ keepsExpiredSince: '2020-01-01T00:00:00.000Z' })), 'TOTAL_PASSED');
  assert.equal(
    judge(evidence({ keepsExpiredSince: '2026-06-01T07:00:00.000Z' })),
    'INDETERMINATE TRY_LATER validity.noRevocationData',
  );
});

test('the policy chooses what is fresh', () => {
  const aged = (seconds: number): ValidationPolicy => ({
    ...policy,
    freshness: { by: 'maximumAge', seconds },
  });
  assert.equal(judge(good, aged(86_400)), 'TOTAL_PASSED');
  assert.equal(judge(good, aged(3_600)), 'INDETERMINATE TRY_LATER validity.staleRevocationData');
  const after: ValidationPolicy = { ...policy, freshness: { by: 'afterArrival' } };
  assert.equal(judge(good, after), 'INDETERMINATE TRY_LATER validity.staleRevocationData');
  assert.equal(judge(withItems({ thisUpdate: arrival }), after), 'TOTAL_PASSED');
});

test('a hold is revoked in JPKI, and try later elsewhere', () => {
  const held = revokedAt(nonce, { reason: 'certificateHold' });
  assert.equal(judge(held), 'TOTAL_FAILED REVOKED validity.revoked');
  assert.equal(judge(held, { ...policy, holdIsRevoked: false }), 'INDETERMINATE TRY_LATER validity.onHold');
});

test('try later says when: at the next list, but before the certificate expires', () => {
  const stale = withItems({ nextUpdate: '2026-06-02T15:00:00.000Z', thisUpdate: '2026-05-31T15:00:00.000Z' });
  const after: ValidationPolicy = { ...policy, freshness: { by: 'afterArrival' } };
  assert.equal(evaluate(stale, after, now).nextAttempt, '2026-06-02T15:00:00.000Z');
  const expiring: Evidence = {
    ...stale,
    chain: { ...good.chain, path: [{ ...leaf, notAfter: '2026-06-02T06:00:00.000Z' }, anchor] },
  };
  assert.equal(evaluate(expiring, after, now).nextAttempt, '2026-06-02T05:00:00.000Z');
  assert.equal(evaluate(withItems(), policy, now).nextAttempt, '2026-06-02T00:05:00.000Z');
});

test('authorities between signer and anchor need fresh information too', () => {
  const middle = { ...anchor, sha256: 'ee', algorithm: 'rsa-sha256' } as const;
  const path = [leaf, middle, anchor];
  const chain = { ...good.chain, path };
  assert.equal(judge({ ...good, chain }), 'INDETERMINATE TRY_LATER validity.noCaRevocationData');
  const known = (item: Partial<RevocationItem>): Evidence => ({
    ...good,
    chain,
    revocation: [crl, { ...crl, certificate: 'ee', ...item }],
  });
  assert.equal(judge(known({})), 'TOTAL_PASSED');
  assert.equal(
    judge(known({ status: 'revoked', revokedAt: nonce })),
    'INDETERMINATE REVOKED_CA_NO_POE validity.caRevoked',
  );
});

test('what is wrong with the signature decides before what is open about the certificate', () => {
  const signature = (subIndication: string, rule: string): Evidence => ({
    ...good,
    signature: { ...good.signature, subIndication, rule },
  });
  const { signature: _, chain: _c, ...unopened } = good;
  const cases: [string, Evidence, ValidationPolicy?][] = [
    ['TOTAL_FAILED HASH_FAILURE signature.contentChanged', signature('HASH_FAILURE', 'signature.digest')],
    ['TOTAL_FAILED SIG_CRYPTO_FAILURE signature.broken', signature('SIG_CRYPTO_FAILURE', 'signature.value')],
    [
      'TOTAL_FAILED SIG_CRYPTO_FAILURE signature.certificateExchanged',
      signature('SIG_CRYPTO_FAILURE', 'signature.certificate.exchanged'),
    ],
    [
      'INDETERMINATE SIG_CONSTRAINTS_FAILURE signature.attributes',
      signature('SIG_CONSTRAINTS_FAILURE', 'signature.attributes.doubled'),
    ],
    ['TOTAL_FAILED FORMAT_FAILURE signature.format', signature('FORMAT_FAILURE', 'signature.format')],
    [
      'TOTAL_FAILED HASH_FAILURE container.fileChanged',
      { ...unopened, container: { intact: false, rule: 'asic.digest.総務太郎.pdf' } },
    ],
    [
      'TOTAL_FAILED FORMAT_FAILURE container.fileAdded',
      { ...unopened, container: { intact: false, rule: 'asic.unlisted.x' } },
    ],
    [
      'INDETERMINATE SIGNED_DATA_NOT_FOUND container.fileMissing',
      { ...unopened, container: { intact: false, rule: 'asic.missing.x' } },
    ],
    [
      'TOTAL_FAILED FORMAT_FAILURE container.format',
      { ...unopened, container: { intact: false, rule: 'zip.crc' } },
    ],
    [
      'INDETERMINATE CRYPTO_CONSTRAINTS_FAILURE signature.weak',
      good,
      { ...policy, algorithms: ['ecdsa-sha256'] },
    ],
    [
      'INDETERMINATE CRYPTO_CONSTRAINTS_FAILURE signature.weak',
      good,
      { ...policy, algorithmEnds: { 'rsa-sha256': '2026-01-01T00:00:00Z' } },
    ],
    ['INDETERMINATE CRYPTO_CONSTRAINTS_FAILURE signature.weak', good, { ...policy, minimumRsaBits: 3072 }],
    [
      'INDETERMINATE CHAIN_CONSTRAINTS_FAILURE validity.keyUsage',
      withLeaf({ keyUsage: ['digitalSignature'] }),
    ],
    [
      'INDETERMINATE CHAIN_CONSTRAINTS_FAILURE validity.policy',
      good,
      { ...policy, certificatePolicies: ['1.2.4'] },
    ],
    ['INDETERMINATE NO_CERTIFICATE_CHAIN_FOUND validity.demoIssuer', good, citizenSignaturePolicy],
    ['INDETERMINATE CRYPTO_CONSTRAINTS_FAILURE validity.weak', withLeaf({ algorithm: 'rsa-sha1' })],
    [
      'INDETERMINATE NO_CERTIFICATE_CHAIN_FOUND validity.unknownIssuer',
      {
        ...good,
        chain: {
          ...good.chain,
          indication: 'INDETERMINATE',
          subIndication: 'NO_CERTIFICATE_CHAIN_FOUND',
          path: [leaf],
        },
      },
    ],
    [
      'INDETERMINATE CERTIFICATE_CHAIN_GENERAL_FAILURE validity.brokenChain',
      { ...good, chain: { ...good.chain, indication: 'INDETERMINATE', subIndication: 'SOMETHING_NEW' } },
    ],
  ];
  for (const [index, [expected, evidence, rules]] of cases.entries())
    assert.equal(judge(evidence, rules), expected, `case ${index}`);
});

test('content signed as something else than data does not pass', () => {
  const signature = { ...good.signature, contentType: '1.2.840.113549.1.9.16.1.4' };
  assert.equal(judge({ ...good, signature }), 'INDETERMINATE SIG_CONSTRAINTS_FAILURE signature.attributes');
});

test('what could not be looked at is not reported as passed', () => {
  const { signature: _, chain: _c, ...unopened } = good;
  const report = evaluate(
    { ...unopened, container: { intact: false, rule: 'asic.digest.総務太郎.pdf' } },
    policy,
    now,
  );
  assert.deepEqual(
    report.checks.map(({ id }) => id),
    ['container', 'validity.certificate'],
  );
  assert.doesNotMatch(JSON.stringify(report), /総務/);
});

test('without the signer’s certificate its key is not called weak', () => {
  const { chain: _, ...unsigned } = good;
  const { signer } = good.signature;
  const { keyBits: _k, ...unknownKey } = signer;
  const report = evaluate(
    {
      ...unsigned,
      signature: { signers: 1, subIndication: 'NO_SIGNING_CERTIFICATE_FOUND', signer: unknownKey },
    },
    policy,
    now,
  );
  assert.equal(report.blocks.signature.finding, 'signature.noCertificate');
  const faults = report.checks.filter(({ block, result }) => block === 'signature' && result === 'fail');
  assert.deepEqual(
    faults.map(({ id }) => id),
    ['signature.certificate'],
  );
});

test('the claimed time only warns, and a policy can change the level of a check', () => {
  const late: Evidence = {
    ...good,
    signature: {
      ...good.signature,
      signer: { ...good.signature.signer, signingTime: '2026-06-01T02:00:00.000Z' },
    },
  };
  assert.equal(judge(late), 'TOTAL_PASSED');
  assert.equal(
    judge(late, { ...policy, levels: { 'signature.claimedTime': 'FAIL' } }),
    'INDETERMINATE SIG_CONSTRAINTS_FAILURE signature.oddTime',
  );
  const report = evaluate(late, { ...policy, levels: { 'signature.claimedTime': 'IGNORE' } }, now);
  assert.equal(
    report.checks.some(({ id }) => id === 'signature.claimedTime'),
    false,
  );
});

test('the same evidence gives the same bytes, also after a round through JSON and in another order', () => {
  const first = encodeReport(evaluate(good, policy, now));
  const again: Evidence = JSON.parse(JSON.stringify(good));
  assert.deepEqual(encodeReport(evaluate(again, policy, now)), first);
  const two = [crl, { ...crl, sha256: 'ff', nextUpdate: nonce }];
  const forward = encodeReport(evaluate({ ...good, revocation: two }, policy, now));
  const backward = encodeReport(evaluate({ ...good, revocation: two.toReversed() }, policy, now));
  assert.deepEqual(forward, backward);
});

test('every finding has its words in three registers', () => {
  for (const [id, words] of Object.entries(findings)) {
    assert.ok(words.ja.endsWith('。') || words.ja.includes('）。'), id);
    assert.ok(words.jaEasy.length > 0 && words.en.endsWith('.'), id);
    assert.equal(explainFinding(id), words);
  }
  assert.equal(explainFinding('something.else'), undefined);
});
