import assert from 'node:assert/strict';
import { test } from 'node:test';
import { outlineCertificate } from '../cms/certificate-outline.js';
import { attributeIds } from '../cms/cms-oids.js';
import { buildIssuerAndSerial } from '../cms/content-info.js';
import { verifySignedData } from '../cms/verify-signed-data.js';
import { attempt } from '../der/fault.js';
import { writeTime } from '../der/time.js';
import { integer, octetString, oid, sequence, setOf } from '../der/write.js';
import { sha256 } from '../key/digest.js';
import { algorithms, digests } from '../oids.js';
import { evaluate } from '../report/evaluate.js';
import { gatherEverySigner, gatherEvidence } from '../report/gather.js';
import {
  ca,
  content,
  firstStamper,
  judge,
  list,
  must,
  nextDay,
  outcome,
  policy,
  signed,
  source,
  stampRoot,
  stampTime,
  stampWith,
} from '../testing/long-term.js';
import { attribute } from '../testing/signed-message.js';
import { citizen } from '../testing/world.js';
import { cadesAttributeIds } from './oids.js';
import { readRawSignedData, withUnsigned, writeRawSignedData } from './raw-signed-data.js';
import { addSignatureTimeStamp } from './upgrade.js';

const plain = await signed();

test('several signers are reported one by one, each with its own time stamps; one can be upgraded alone', async () => {
  const hanako = await citizen(ca, Uint8Array.of(0x01, 0x24));
  const raws = [plain, await signed(hanako)].map((cms) => must(attempt(() => readRawSignedData(cms))));
  const [one] = raws;
  assert.ok(one);
  const both = writeRawSignedData({
    ...one,
    certificates: raws.flatMap(({ certificates }) => certificates),
    signers: raws.flatMap(({ signers }) => signers),
  });
  const stamp = stampWith(firstStamper, stampTime);
  const upgraded = must(await addSignatureTimeStamp(both, { stamp, signer: 1 }));
  const input = {
    policy: policy.id,
    content,
    anchors: [ca.der],
    timeStampAnchors: [stampRoot.der],
    time: new Date('2026-06-01T03:00:00Z'),
    revocation: [source(await list(ca, { citizens: true })), source(await list(stampRoot))],
  };
  const reports = (cms: Uint8Array) =>
    gatherEverySigner({ ...input, cms }).map((evidence) => evaluate(evidence, policy, input.time));
  const good = reports(upgraded);
  assert.deepEqual(good.map(outcome), ['TOTAL_PASSED', 'TOTAL_PASSED']);
  assert.deepEqual(
    good.map(({ timeStamps }) => timeStamps?.length ?? 0),
    [0, 1],
  );
  assert.notEqual(good[0]?.signer?.certificateSha256, good[1]?.signer?.certificateSha256);
  const raw = must(attempt(() => readRawSignedData(upgraded)));
  const spoiled = raw.signers.map((signer, index) =>
    index === 0
      ? {
          ...signer,
          signature: Uint8Array.from(signer.signature, (byte, at) => (at === 9 ? byte ^ 1 : byte)),
        }
      : signer,
  );
  const half = reports(writeRawSignedData({ ...raw, signers: spoiled }));
  assert.deepEqual(half.map(outcome), ['TOTAL_FAILED SIG_CRYPTO_FAILURE signature.broken', 'TOTAL_PASSED']);
  const all = must(await addSignatureTimeStamp(both, { stamp }));
  assert.deepEqual(
    reports(all).map(({ timeStamps }) => timeStamps?.length),
    [1, 1],
  );
});

test('counter-signatures are read; one over something else is reported', async () => {
  const hanako = await citizen(ca, Uint8Array.of(0x01, 0x24), 'p256');
  const over = verifySignedData({ cms: plain, content }).signers[0]?.signatureValue ?? content;
  const counter = async (bytes: Uint8Array) => {
    const attributes = setOf(
      attribute(attributeIds.messageDigest, octetString(sha256(bytes))),
      attribute(attributeIds.signingTime, writeTime(stampTime)),
    );
    const { issuer, serial: number } = outlineCertificate(hanako.der);
    const field = Uint8Array.from(attributes);
    field[0] = 0xa0;
    return sequence(
      integer(1),
      buildIssuerAndSerial({ issuer, serial: number }),
      sequence(oid(digests.sha256)),
      field,
      sequence(oid(algorithms.ecdsaSha256)),
      octetString(await hanako.signer.sign(attributes)),
    );
  };
  const withCounter = (value: Uint8Array) => {
    const raw = must(attempt(() => readRawSignedData(plain)));
    const more = { ...raw, certificates: [...raw.certificates, hanako.der] };
    const added = { type: cadesAttributeIds.counterSignature, values: [value] };
    return writeRawSignedData(withUnsigned(more, 0, added));
  };
  const find = (value: Uint8Array) => {
    const cms = withCounter(value);
    const input = { policy: policy.id, cms, content, anchors: [ca.der], time: nextDay };
    return gatherEvidence(input).signature?.signer?.counterSignatures;
  };
  const made = await counter(over);
  assert.deepEqual(find(made), [
    {
      intact: true,
      certificateSha256: Buffer.from(sha256(hanako.der)).toString('hex'),
      signingTime: stampTime.toISOString(),
    },
  ]);
  assert.equal(find(await counter(content))?.[0]?.rule, 'counter.digest');
  const changed = Uint8Array.from(made, (byte, at) => (at === made.length - 3 ? byte ^ 1 : byte));
  assert.equal(find(changed)?.[0]?.rule, 'counter.value');
  const report = judge(withCounter(changed), nextDay);
  assert.ok(report.checks.some(({ finding }) => finding === 'signature.counterSignature'));
});
