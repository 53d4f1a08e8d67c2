import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  ca,
  firstStamper,
  list,
  must,
  nextDay,
  outcome,
  policy,
  secondRoot,
  serial,
  signingTime,
  source,
  stampRoot,
  stampTime,
  stampWith,
  taro,
} from '../testing/long-term.js';
import { openssl, opensslAbsent, pem, withFiles } from '../testing/outside.js';
import { egov, signedXml, taxDocument } from '../testing/xml-world.js';
import { addXmlSignatureTimeStamp } from '../xades/add-time-stamp.js';
import { canonicalize } from '../xml/canonicalize.js';
import { parseXml } from '../xml/read.js';
import { descendants, onlyText } from '../xml/tree.js';
import { encodeReport, evaluate, type Report } from './evaluate.js';
import { type GatherInput, gatherEverySigner, gatherEvidence } from './gather.js';
import type { RevocationSource } from './revocation-items.js';

const attached = Buffer.from('添付\n');
const files = new Map([['添付.txt', attached]]);
const xades = { signingTime };
const lists: RevocationSource[] = [
  source(await list(ca, { citizens: true, thisUpdate: new Date('2026-06-01T02:00:00Z') })),
  source(await list(stampRoot, { thisUpdate: new Date('2026-06-01T02:00:00Z') })),
];
const day = new Date('2026-06-01T03:00:00Z');

const plain = await signedXml({ document: taxDocument }, taro);
const b = await signedXml({ document: taxDocument, xades }, taro);
const t = must(await addXmlSignatureTimeStamp(b, { stamp: stampWith(firstStamper, stampTime) }));

function inputOf(xml: Uint8Array, change: Partial<GatherInput> = {}): GatherInput {
  const given = {
    policy: policy.id,
    xml,
    files,
    anchors: [ca.der],
    timeStampAnchors: [stampRoot.der, secondRoot.der],
    revocation: lists,
    time: day,
  };
  return { ...given, ...change } as GatherInput;
}
const judge = (xml: Uint8Array, time = day, change: Partial<GatherInput> = {}): Report =>
  evaluate(gatherEvidence(inputOf(xml, { time, ...change })), policy, time);
const noted = ({ checks }: Report) =>
  checks.flatMap(({ id, result, detail }) => (result === 'pass' ? [] : [`${id} ${detail}`.trim()]));

test('plain XML Signature passes, and the report says what such a signature does not hold', () => {
  const report = judge(plain);
  assert.equal(outcome(report), 'TOTAL_PASSED');
  assert.deepEqual(noted(report), ['xml.reference', 'signature.claimedTime']);
});

test('XAdES B passes without a remark', () => {
  const report = judge(b);
  assert.equal(outcome(report), 'TOTAL_PASSED');
  assert.deepEqual(noted(report), []);
  assert.equal(report.signer?.signingTime, signingTime.toISOString());
});

test('what is not signed in a form of e-Gov is named', async () => {
  const report = judge(
    await signedXml({ ...egov, xades, files: [{ name: '添付.txt', bytes: attached }] }, taro),
  );
  assert.equal(outcome(report), 'TOTAL_PASSED');
  assert.deepEqual(noted(report), ['xml.coverage /DataRoot/様式ID']);
});

test('XAdES T keeps its report after a day and after a revocation; B does not', async () => {
  const revokedAt = new Date('2026-06-02T00:00:00Z');
  const thisUpdate = new Date('2026-06-03T00:00:00Z');
  const revoked = source(
    await list(ca, { citizens: true, thisUpdate, entries: [{ serial, date: revokedAt }] }),
  );
  const stamperGood = source(await list(stampRoot, { thisUpdate }));
  const later = (xml: Uint8Array) => judge(xml, nextDay, { revocation: [...lists, revoked, stamperGood] });
  assert.equal(outcome(judge(t)), 'TOTAL_PASSED');
  assert.equal(outcome(later(t)), 'TOTAL_PASSED');
  assert.equal(later(t).controlTime, judge(t).controlTime);
  assert.deepEqual(judge(t).blocks, later(t).blocks);
  assert.equal(outcome(later(b)), 'INDETERMINATE REVOKED_NO_POE validity.revokedNoProof');
  assert.deepEqual(encodeReport(later(t)), encodeReport(later(t)));
});

test('the same evidence stored as JSON gives the same report', () => {
  const evidence = gatherEvidence(inputOf(t));
  const stored = JSON.parse(JSON.stringify(evidence));
  assert.deepEqual(evaluate(stored, policy, day), evaluate(evidence, policy, day));
});

test('a time stamp of another signature, or damaged, fails the signature', async () => {
  const other = await signedXml({ document: taxDocument, xades: { signingTime: nextDay } }, taro);
  const property = /<xades:UnsignedProperties.*<\/xades:UnsignedProperties>/s.exec(String(t))?.[0] ?? '';
  const moved = String(other).replace(
    '</xades:QualifyingProperties>',
    () => `${property}</xades:QualifyingProperties>`,
  );
  assert.equal(
    outcome(judge(Buffer.from(moved))),
    'INDETERMINATE SIG_CONSTRAINTS_FAILURE signature.timeStampBroken',
  );
  const damaged = String(t).replace(/(?<=<xades:EncapsulatedTimeStamp>.{40})..../, 'AAAA');
  assert.equal(
    outcome(judge(Buffer.from(damaged))),
    'INDETERMINATE SIG_CONSTRAINTS_FAILURE signature.timeStampBroken',
  );
});

test('a time stamp that does not say its canonicalization is over the standard one', async () => {
  const bare = String(t).replace(/<ds:CanonicalizationMethod[^>]*\/>/, '');
  assert.notEqual(bare, String(t));
  assert.equal(outcome(judge(Buffer.from(bare))), 'TOTAL_PASSED');
});

test('openssl ts verifies our time stamps over the canonical SignatureValue', { skip: opensslAbsent }, () => {
  const document = parseXml(t);
  assert.ok(document.ok);
  const all = [...descendants(document.value.root)];
  const value = all.find(({ name }) => name === 'SignatureValue');
  const token = all.find(({ name }) => name === 'EncapsulatedTimeStamp');
  assert.ok(value !== undefined && token !== undefined);
  const stamped = canonicalize(value, { method: 'c14n-1.0', comments: false });
  const content = {
    'value.xml': stamped,
    'token.der': Buffer.from(onlyText(token) ?? '', 'base64'),
    'root.pem': pem(stampRoot.der),
  };
  withFiles(content, (folder) => {
    const run = openssl(
      folder,
      'ts',
      '-verify',
      '-token_in',
      '-in',
      'token.der',
      '-data',
      'value.xml',
      '-CAfile',
      'root.pem',
      '-attime',
      String(stampTime.getTime() / 1000),
    );
    assert.ok(run.ok, run.text);
  });
});

test('a wrapped signature fails, in words of its own', async () => {
  const good = String(await signedXml({ ...egov, xades }, taro));
  const twin = good.replace('<署名情報>', '<構成情報><氏名>悪井　狸</氏名></構成情報><署名情報>');
  assert.equal(outcome(judge(Buffer.from(twin))), 'INDETERMINATE SIG_CONSTRAINTS_FAILURE xml.wrapped');
  const moved = good.replace(/<構成情報 .*<\/構成情報>/s, (part) => `<構成情報/><他>${part}</他>`);
  assert.equal(outcome(judge(Buffer.from(moved))), 'TOTAL_FAILED FORMAT_FAILURE xml.wrapped');
});

test('several signatures in one document are each judged', async () => {
  const parts = Buffer.from('<r><a Id="a">1</a><b Id="b">2</b></r>');
  const one = await signedXml({ document: parts, element: 'a', xades }, taro);
  const two = await signedXml({ document: one, element: 'b', xades }, taro);
  const found = gatherEverySigner(inputOf(two));
  assert.deepEqual(
    found.map((evidence) => outcome(evaluate(evidence, policy, day))),
    found.map(() => outcome(judge(b))),
  );
  assert.equal(found.length, 2);
  const changed = Buffer.from(String(two).replace('>2<', '>3<'));
  assert.deepEqual(
    gatherEverySigner(inputOf(changed)).map((evidence) => evaluate(evidence, policy, day).indication),
    ['TOTAL_PASSED', 'TOTAL_FAILED'],
  );
});

test('long-term values and archive time stamps of others are reported, not a fault', () => {
  const more =
    '<xades:ArchiveTimeStamp/><xades:CounterSignature/><xades:RevocationValues><xades:CRLValues><xades:EncapsulatedCRLValue>AAAA</xades:EncapsulatedCRLValue></xades:CRLValues></xades:RevocationValues>';
  const text = String(t).replace(
    '</xades:UnsignedSignatureProperties>',
    () => `${more}</xades:UnsignedSignatureProperties>`,
  );
  const report = judge(Buffer.from(text));
  assert.equal(outcome(report), 'TOTAL_PASSED');
  assert.deepEqual(noted(report), ['xml.unjudged ArchiveTimeStamp CounterSignature']);
});

test('a signature under a signature policy is understood only by who has taken that policy in', async () => {
  const implied =
    '<xades:SignaturePolicyIdentifier><xades:SignaturePolicyImplied/></xades:SignaturePolicyIdentifier>';
  const digest = Buffer.alloc(32, 7);
  const named = (id: string) =>
    `<xades:SignaturePolicyIdentifier><xades:SignaturePolicyId><xades:SigPolicyId><xades:Identifier>${id}</xades:Identifier></xades:SigPolicyId><xades:SigPolicyHash><DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><DigestValue>${digest.toString('base64')}</DigestValue></xades:SigPolicyHash></xades:SignaturePolicyId></xades:SignaturePolicyIdentifier>`;
  // The properties are signed: whoever adds to them is found out, and the evidence says what stands there all the same.
  const withPolicy = (property: string) =>
    gatherEvidence(
      inputOf(Buffer.from(String(b).replace('</xades:SignedSignatureProperties>', (end) => property + end))),
    ).signature?.signer?.signaturePolicy;
  assert.equal(withPolicy(implied), undefined);
  assert.deepEqual(withPolicy(named('urn:oid:1.2.3')), { oid: '1.2.3', sha256: digest.toString('hex') });
  const evidence = gatherEvidence(inputOf(b));
  const signer = evidence.signature?.signer;
  assert.ok(evidence.signature !== undefined && signer !== undefined);
  const under = (signaturePolicy: { oid: string; sha256?: string }) => ({
    ...evidence,
    signature: { ...evidence.signature, signers: 1, signer: { ...signer, signaturePolicy } },
  });
  assert.equal(
    outcome(evaluate(under({ oid: 'http://example.jp/policy' }), policy, day)),
    'INDETERMINATE SIGNATURE_POLICY_NOT_AVAILABLE signature.policyUnknown',
  );
});

test('many signatures with many time stamps cost no minutes', () => {
  const one = /<Signature .*<\/Signature>/s.exec(String(t))?.[0] ?? '';
  const stamp = /<xades:SignatureTimeStamp.*<\/xades:SignatureTimeStamp>/s.exec(one)?.[0] ?? '';
  const many = one.replace(stamp, () => stamp.repeat(100));
  const document = Buffer.from(`<DATA>${many.repeat(16)}</DATA>`);
  const start = process.cpuUsage();
  assert.equal(gatherEverySigner(inputOf(document)).length, 16);
  const { user, system } = process.cpuUsage(start);
  assert.ok(user + system < 5_000_000, `${user + system} µs`);
});

test('SHA-1 counts only under a policy that says so, and only while it was sound', () => {
  const rules = {
    ...policy,
    algorithms: [...policy.algorithms, 'rsa-sha1' as const],
    algorithmEnds: { 'rsa-sha1': '2014-01-01T00:00:00Z' },
  };
  const evidence = gatherEvidence(inputOf(plain));
  assert.ok(evidence.xml !== undefined);
  const old = { ...evidence, xml: { ...evidence.xml, digests: ['sha1'] } };
  assert.equal(
    outcome(evaluate(old, policy, day)),
    'INDETERMINATE CRYPTO_CONSTRAINTS_FAILURE signature.weak',
  );
  assert.equal(
    outcome(evaluate(old, rules, day)),
    'INDETERMINATE CRYPTO_CONSTRAINTS_FAILURE_NO_POE signature.weak',
  );
  const still = { ...rules, algorithmEnds: { 'rsa-sha1': '2027-01-01T00:00:00Z' } };
  assert.equal(outcome(evaluate(old, still, day)), 'TOTAL_PASSED');
});

test('a document that cannot be read fails, and the evidence says where', () => {
  const evidence = gatherEvidence(inputOf(Buffer.from('<a>\n<b></a>')));
  assert.equal(evidence.xml?.fault, 'xml.endTag 2:4');
  assert.equal(outcome(evaluate(evidence, policy, day)), 'TOTAL_FAILED FORMAT_FAILURE signature.format');
});
