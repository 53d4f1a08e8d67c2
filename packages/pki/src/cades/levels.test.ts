import assert from 'node:assert/strict';
import { test } from 'node:test';
import { issueCertificate } from '../certificate/issue.js';
import { cadesPolicy, verifySignedData } from '../cms/verify-signed-data.js';
import { attempt } from '../der/fault.js';
import { sha256 } from '../key/digest.js';
import { generateKeyPair, softwareSigner } from '../key/software.js';
import { buildName } from '../name.js';
import { rootTemplate } from '../profile/agency.js';
import { evaluate, type Report } from '../report/evaluate.js';
import { gatherEvidence } from '../report/gather.js';
import {
  archiveTime,
  ca,
  content,
  firstStamper,
  judge,
  list,
  must,
  nextDay,
  outcome,
  policy,
  secondRoot,
  secondStamper,
  serial,
  signed,
  signingTime,
  source,
  stampRoot,
  stampTime,
  stampWith,
  taro,
  toLT,
  toLTA,
  toT,
} from '../testing/long-term.js';
import { mutations } from '../testing/mutate.js';
import { openssl, opensslAbsent, pem, withFiles } from '../testing/outside.js';
import { stampDigest } from '../testing/time-stamps.js';
import { agencyRoot, citizenCa, notAfter, notBefore, parsed, tsa } from '../testing/world.js';
import { readHashIndex, writeHashIndex } from './hash-index.js';
import { cadesAttributeIds } from './oids.js';
import { readRawSignedData, withUnsigned, writeRawSignedData } from './raw-signed-data.js';
import { findTimeStamps } from './time-stamps.js';
import { addArchiveTimeStamp, addSignatureTimeStamp, addValidationValues, type Stamp } from './upgrade.js';

const plain = await signed();
const t = await toT(plain);
const lt = await toLT(t);
const lta = await toLTA(lt);
// Renewed in 2030 by another authority, after what proves the first archive time stamp was added.
const renewalTime = new Date('2030-03-01T00:00:00Z');
const renewed = await toLTA(
  must(
    addValidationValues(lta, {
      certificates: [secondRoot.der],
      crls: [
        await list(stampRoot, { thisUpdate: new Date('2026-06-02T01:00:00Z') }),
        await list(secondRoot, { thisUpdate: new Date('2030-02-28T23:00:00Z') }),
      ],
    }),
  ),
  secondStamper,
  renewalTime,
);
const levels = { 'B-B': plain, 'B-T': t, 'B-LT': lt, 'B-LTA': lta, 'B-LTA renewed': renewed };

/** What must stay the same over the years; remarks such as "has expired since" may come. */
const essence = ({ indication, subIndication, finding, controlTime, blocks, timeStamps }: Report) => ({
  indication,
  subIndication,
  finding,
  controlTime,
  blocks,
  timeStamps,
});

for (const [level, cms] of Object.entries(levels)) {
  test(`${level}: the signature is as it was, and OpenSSL accepts it`, { skip: opensslAbsent }, () => {
    const result = verifySignedData({ cms, content, policy: cadesPolicy });
    assert.deepEqual([result.ok, result.rule], [true, undefined]);
    const before = verifySignedData({ cms: plain, content }).signers[0];
    assert.deepEqual(result.signers[0]?.signatureValue, before?.signatureValue);
    withFiles({ 's.p7s': cms, content, 'ca.pem': pem(ca.der) }, (folder) => {
      const run = openssl(
        ...([folder, 'cms', '-verify', '-binary', '-cades', '-inform', 'DER', '-in', 's.p7s'] as const),
        ...(['-content', 'content', '-CAfile', 'ca.pem', '-purpose', 'any', '-out', 'out'] as const),
        ...(['-attime', String(archiveTime.getTime() / 1000)] as const),
      );
      assert.ok(run.ok, run.text);
    });
  });
}

test('the time stamp is the best signature time: a list made after it is enough, a revocation after it does no harm', async () => {
  const day = [
    source(await list(ca, { citizens: true, thisUpdate: archiveTime })),
    source(await list(stampRoot, { thisUpdate: archiveTime })),
  ];
  const report = judge(t, nextDay, { revocation: day });
  assert.equal(outcome(report), 'TOTAL_PASSED');
  assert.equal(report.controlTime, stampTime.toISOString());
  assert.deepEqual(report.timeStamps, [{ kind: 'signature', time: stampTime.toISOString(), counts: true }]);
  const revokedAt = async (date: Date) => [
    ...day,
    source(await list(ca, { citizens: true, thisUpdate: archiveTime, entries: [{ serial, date }] })),
  ];
  const later = new Date(stampTime.getTime() + 1000);
  assert.equal(outcome(judge(t, nextDay, { revocation: await revokedAt(later) })), 'TOTAL_PASSED');
  const without = judge(plain, nextDay, { revocation: await revokedAt(later) });
  assert.equal(outcome(without), 'INDETERMINATE REVOKED_NO_POE validity.revokedNoProof');
  const before = judge(t, nextDay, { revocation: await revokedAt(signingTime) });
  assert.equal(outcome(before), 'INDETERMINATE REVOKED_NO_POE validity.revokedNoProof');
});

test('LT and LTA: the report is the same after a day and after a revocation, with nothing but the message', async () => {
  for (const cms of [lt, lta]) {
    const first = judge(cms, nextDay);
    assert.equal(outcome(first), 'TOTAL_PASSED');
    assert.deepEqual(essence(judge(cms, new Date('2026-06-04T00:00:00Z'))), essence(first));
    const thisUpdate = new Date('2026-07-01T00:00:00Z');
    const entries = [{ serial, date: new Date('2026-06-20T00:00:00Z') }];
    const revocation = [source(await list(ca, { citizens: true, thisUpdate, entries }))];
    const after = judge(cms, new Date('2026-07-02T00:00:00Z'), { revocation });
    assert.deepEqual(essence(after), essence(first));
    assert.ok(after.checks.some(({ finding }) => finding === 'validity.revokedLater'));
  }
});

test('when certificates end LTA is carried on by renewing it, and past the end of every authority before', async () => {
  // The citizen's certificate and the first authority's end on 2031-04-01, their roots in 2036, the second authority's in 2045.
  const moments = ['2031-03-01', '2031-05-01', '2040-01-01', '2046-01-01'].map((day) => new Date(day));
  const unknown = 'INDETERMINATE OUT_OF_BOUNDS_NO_POE validity.outOfBounds';
  const unproven = 'INDETERMINATE OUT_OF_BOUNDS_NOT_REVOKED validity.outOfBounds';
  const good = 'TOTAL_PASSED';
  const over = (cms: Uint8Array) => moments.map((time) => outcome(judge(cms, time)));
  assert.deepEqual(over(lt), [good, unproven, unknown, unknown]);
  assert.deepEqual(over(lta), [good, unproven, unknown, unknown]);
  assert.deepEqual(over(renewed), [good, good, good, unknown]);
  const first = essence(judge(renewed, moments[0] ?? nextDay));
  assert.deepEqual(essence(judge(renewed, moments[2] ?? nextDay)), first);
});

test('revocation information must be proven to be older than the end of its issuer', async () => {
  const late = must(await addSignatureTimeStamp(plain, { stamp: stampWith(secondStamper, stampTime) }));
  const lists = { certificates: [secondRoot.der], crls: [await list(secondRoot)] };
  const values = must(addValidationValues(await toLT(late), lists));
  assert.equal(outcome(judge(values, new Date('2035-01-01'))), 'TOTAL_PASSED');
  assert.equal(
    outcome(judge(values, new Date('2037-01-01'))),
    'INDETERMINATE REVOCATION_OUT_OF_BOUNDS_NO_POE validity.outlivedRevocationData',
  );
  const archived = await toLTA(values, secondStamper, new Date('2026-06-01T12:00:00Z'));
  assert.equal(outcome(judge(archived, new Date('2037-01-01'))), 'TOTAL_PASSED');
});

/** Finding, rule and what still counts, after something was done to the message. */
function after(cms: Uint8Array, time = nextDay, change: Parameters<typeof judge>[2] = {}): string {
  const report = judge(cms, time, change);
  const counts = (report.timeStamps ?? []).filter((stamp) => stamp.counts).length;
  const detail = (report.timeStamps ?? []).flatMap((stamp) => stamp.detail ?? []).join(', ');
  return [outcome(report), counts, detail].join(' | ');
}

const broken = 'INDETERMINATE SIG_CONSTRAINTS_FAILURE signature.timeStampBroken';

test('B-T: what is done to a time stamp is caught', async () => {
  const [raw] = [must(attempt(() => readRawSignedData(t)))];
  const { signatureTimeStamp } = cadesAttributeIds;
  const withToken = (token: Uint8Array) =>
    writeRawSignedData(
      withUnsigned(must(attempt(() => readRawSignedData(plain))), 0, {
        type: signatureTimeStamp,
        values: [token],
      }),
    );
  const lists = [
    source(await list(ca, { citizens: true })),
    source(await list(stampRoot)),
    source(await list(secondRoot)),
  ];
  const see = (cms: Uint8Array, time = new Date('2026-06-01T03:00:00Z'), change = {}) =>
    after(cms, time, { revocation: lists, ...change });
  assert.equal(see(t), 'TOTAL_PASSED | 1 | ');
  const token = raw.signers[0]?.unsigned[0]?.values[0] ?? new Uint8Array();
  const digest = sha256(Buffer.from('other'));
  const overOther = await stampDigest(firstStamper, stampTime, { algorithm: 'sha256', digest });
  assert.equal(see(withToken(overOther)), `${broken} | 0 | tsp.imprint.differs`);
  const moved = Buffer.from(token);
  const at = moved.indexOf('20260601013000Z');
  moved.write('20260601003000Z', at, 'latin1');
  assert.equal(see(withToken(moved)), `${broken} | 0 | signature.digest`);
  assert.equal(see(withToken(Uint8Array.of(0x30, 0))), `${broken} | 0 | cms.contentInfo`);
  const byCitizen = { ...firstStamper, der: taro.der, signer: taro.signer };
  assert.equal(see(withToken(token)), 'TOTAL_PASSED | 1 | ');
  const imprint = { algorithm: 'sha256', digest: sha256(raw.signers[0]?.signature ?? content) } as const;
  const forged = await stampDigest(byCitizen, stampTime, imprint);
  assert.equal(see(withToken(forged)), `${broken} | 0 | tsp.certificate.purpose`);
  const stranger = await tsa(await agencyRoot('p256', 'Stranger'));
  const strange = await stampDigest(stranger, stampTime, imprint);
  assert.match(see(withToken(strange)), /^TOTAL_PASSED \| 0 \| /);
  // A signature is not older than the nonce it covers, and a stamp not younger than today.
  const order = 'INDETERMINATE TIMESTAMP_ORDER_FAILURE signature.timeStampOrder';
  assert.match(see(t, new Date('2026-06-01T01:00:00Z')), new RegExp(`^${order} \\| 0`));
  assert.match(
    see(t, undefined, { nonceTime: new Date('2026-06-01T02:00:00Z') }),
    new RegExp(`^${order} \\| 0`),
  );
  // A stolen key stamps any date; an authority that merely closed has stamped what it has stamped.
  for (const [reason, counts] of [
    ['keyCompromise', 0],
    ['unspecified', 0],
    ['cessationOfOperation', 1],
  ] as const) {
    const entries = [{ serial: Uint8Array.of(5), date: new Date('2026-06-01T02:00:00Z'), reason }];
    const revoked = source(await list(stampRoot, { thisUpdate: new Date('2026-06-01T02:30:00Z'), entries }));
    const found = see(t, undefined, { revocation: [...lists, revoked] });
    assert.equal(Number(found.split(' | ')[1]), counts, `${reason}: ${found}`);
  }
  // What the stamp's own authority needs to be cleared is missing: it proves nothing, and says so.
  assert.match(see(t, undefined, { revocation: lists.slice(0, 1) }), /^TOTAL_PASSED \| 0 \| revocation of/);
});

test('B-LT: values that are removed or exchanged prove nothing', async () => {
  const raw = must(attempt(() => readRawSignedData(lt)));
  const only = (...revocation: Uint8Array[]) => writeRawSignedData({ ...raw, revocation });
  assert.match(after(only()), /^INDETERMINATE TRY_LATER validity.noRevocationData \| 0/);
  const stamps = await list(stampRoot);
  const impostor = await citizenCa('signature', 'rsa2048', 2);
  const forged = await list(impostor, { citizens: true });
  const judged = after(only(forged, stamps));
  assert.match(judged, /^INDETERMINATE TRY_LATER validity.noRevocationData \| 1/);
  assert.equal(after(only(await list(ca, { citizens: true }), stamps)), 'TOTAL_PASSED | 1 | ');
});

test('B-LTA: what the archive time stamp covers cannot be changed, removed or exchanged', async () => {
  assert.equal(after(lta), 'TOTAL_PASSED | 2 | ');
  const raw = must(attempt(() => readRawSignedData(lta)));
  const [signer] = raw.signers;
  assert.ok(signer);
  const { signatureTimeStamp, archiveTimeStampV3 } = cadesAttributeIds;
  const put = (change: Partial<typeof raw>) => writeRawSignedData({ ...raw, ...change });
  const keep = (type: string) => signer.unsigned.filter((attribute) => attribute.type === type);
  const archive = keep(archiveTimeStampV3)[0]?.values[0] ?? new Uint8Array();
  const withArchive = (value: Uint8Array) =>
    put({
      signers: [
        { ...signer, unsigned: [...keep(signatureTimeStamp), { type: archiveTimeStampV3, values: [value] }] },
      ],
    });
  const unmatched = `${broken} | 1 | archive.index.unmatched`;
  for (let index = 0; index < raw.revocation.length; index++) {
    const revocation = raw.revocation.filter((_, at) => at !== index);
    assert.match(after(put({ revocation })), /archive\.index\.unmatched/);
  }
  const others = raw.certificates.filter((each) => Buffer.compare(each, stampRoot.der) !== 0);
  assert.equal(after(put({ certificates: others })), unmatched);
  const removed = put({ signers: [{ ...signer, unsigned: keep(archiveTimeStampV3) }] });
  assert.match(after(removed), /\| 0 \| archive\.index\.unmatched/);
  // The index stands outside the token's signature, but the imprint is over it.
  const token = must(attempt(() => readRawSignedData(archive)));
  const [inner] = token.signers;
  assert.ok(inner);
  const index = must(attempt(() => readHashIndex(inner.unsigned[0]?.values[0] ?? new Uint8Array())));
  const withIndex = (...values: Uint8Array[]) => {
    const unsigned = values.map((value) => ({ type: cadesAttributeIds.atsHashIndexV3, values: [value] }));
    return withArchive(writeRawSignedData({ ...token, signers: [{ ...inner, unsigned }] }));
  };
  const good = writeHashIndex(index);
  assert.equal(after(withIndex(good)), 'TOTAL_PASSED | 2 | ');
  const shorter = writeHashIndex({ ...index, revocation: index.revocation.slice(1) });
  assert.equal(after(withIndex(shorter)), `${broken} | 1 | archive.imprint.differs`);
  const fewer = writeHashIndex({ ...index, attributes: [] });
  assert.equal(after(withIndex(fewer)), `${broken} | 1 | archive.imprint.differs`);
  assert.equal(after(withIndex()), `${broken} | 1 | archive.index.one`);
  assert.equal(after(withIndex(good, good)), `${broken} | 1 | archive.index.one`);
  const otherAlgorithm = writeHashIndex({
    version: 3,
    algorithm: 'sha384',
    certificates: [],
    revocation: [],
    attributes: [],
  });
  assert.equal(after(withIndex(otherAlgorithm)), `${broken} | 1 | archive.index.algorithm`);
  const foreign = must(attempt(() => readRawSignedData(renewed))).signers[0]?.unsigned ?? [];
  const newest = foreign.flatMap(({ type, values }) => (type === archiveTimeStampV3 ? values : []));
  const last = newest.find((value) => Buffer.compare(value, archive) !== 0) ?? new Uint8Array();
  assert.match(after(withArchive(last)), /timeStampBroken|timeStampOrder/);
  const otherContent = judge(lta, nextDay, { content: Buffer.from('別の中身') });
  assert.equal(outcome(otherContent), 'TOTAL_FAILED HASH_FAILURE signature.contentChanged');
});

test('what an authority gives back is checked before it goes into the message', async () => {
  const wrong: Stamp = () =>
    stampDigest(firstStamper, stampTime, { algorithm: 'sha256', digest: Buffer.alloc(32) });
  const ruleOf = (parsed: { ok: boolean; rule?: string }) => (parsed.ok ? 'ok' : parsed.rule);
  assert.equal(ruleOf(await addSignatureTimeStamp(plain, { stamp: wrong })), 'cades.stamp.over');
  assert.equal(ruleOf(await addArchiveTimeStamp(plain, { stamp: wrong, content })), 'cades.stamp.over');
  assert.equal(ruleOf(await addArchiveTimeStamp(plain, { stamp: wrong })), 'cades.content.missing');
  const nothing: Stamp = async () => Uint8Array.of(0x30, 0);
  assert.equal(ruleOf(await addSignatureTimeStamp(plain, { stamp: nothing })), 'cms.contentInfo');
  assert.equal(ruleOf(await addSignatureTimeStamp(Uint8Array.of(1), { stamp: nothing })), 'der.truncated');
  assert.equal(
    ruleOf(await addSignatureTimeStamp(plain, { stamp: nothing, signer: 3 })),
    'cades.signer.none',
  );
  assert.equal(ruleOf(addValidationValues(plain, { crls: [Uint8Array.of(4, 0)] })), 'cades.value');
  assert.deepEqual(Buffer.from(must(addValidationValues(lt, { certificates: [ca.der] }))), Buffer.from(lt));
});

test('many stamps over many certificates that lead nowhere are looked at, but not for long', async () => {
  const name = buildName([['CN', 'Loop']]);
  const keys = await Promise.all(Array.from({ length: 12 }, () => generateKeyPair('p256')));
  const crossed = await Promise.all(
    keys.flatMap(({ pkcs8 }, by) =>
      keys.map(({ publicKey }, of) =>
        issueCertificate(
          rootTemplate({ serial: Uint8Array.of(1, by, of), publicKey, subject: name, notBefore, notAfter }),
          softwareSigner(pkcs8),
        ),
      ),
    ),
  );
  const [first = new Uint8Array()] = crossed;
  const [key] = keys;
  assert.ok(key);
  const loop = { ...stampRoot, certificate: parsed(first), der: first, signer: softwareSigner(key.pkcs8) };
  const nowhere = await tsa(loop);
  let raw = must(attempt(() => readRawSignedData(plain)));
  raw = { ...raw, certificates: [...raw.certificates, ...crossed] };
  const digest = sha256(raw.signers[0]?.signature ?? content);
  const { signatureTimeStamp: type } = cadesAttributeIds;
  for (let index = 0; index < 40; index++) {
    const time = new Date(stampTime.getTime() + index * 1000);
    const token = await stampDigest(nowhere, time, { algorithm: 'sha256', digest });
    raw = withUnsigned(raw, 0, { type, values: [token] });
  }
  const cms = writeRawSignedData(raw);
  const input = { policy: policy.id, cms, content, anchors: [ca.der], timeStampAnchors: [stampRoot.der] };
  const timeStamps = gatherEvidence({ ...input, time: nextDay }).timeStamps ?? [];
  assert.equal(timeStamps.length, 32);
  assert.ok(timeStamps.every(({ intact, chain }) => intact && chain?.indication !== 'PASSED'));
  const searched = timeStamps.filter(({ chain }) => chain !== undefined && chain.path.length > 1);
  assert.ok(searched.length < 6, String(searched.length));
});

test('nothing damaged makes the readers of time stamps throw', () => {
  const inputs = { policy: policy.id, content, anchors: [ca.der], timeStampAnchors: [stampRoot.der] };
  for (const damaged of mutations(renewed, 250)) {
    const evidence = gatherEvidence({ ...inputs, cms: damaged, time: nextDay });
    evaluate(evidence, policy, nextDay);
  }
  const raw = must(attempt(() => readRawSignedData(renewed)));
  for (const { type, values } of raw.signers[0]?.unsigned ?? []) {
    for (const value of values) {
      for (const damaged of mutations(value, 150)) {
        const [signer] = raw.signers;
        assert.ok(signer);
        const unsigned = [{ type, values: [damaged] }];
        const cms = writeRawSignedData({ ...raw, signers: [{ ...signer, unsigned }] });
        findTimeStamps(cms, 0, content, []);
      }
    }
  }
  const index = writeHashIndex({
    version: 3,
    algorithm: 'sha256',
    certificates: [Buffer.alloc(32)],
    revocation: [],
    attributes: [],
  });
  for (const damaged of mutations(index, 3000)) {
    attempt(() => readHashIndex(damaged));
    attempt(() => readHashIndex(damaged, 1));
  }
  for (const damaged of mutations(plain, 2000)) attempt(() => readRawSignedData(damaged));
});
