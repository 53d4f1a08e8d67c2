// The next card signs with P-384, other issuers with P-256: the whole way, with OpenSSL as the judge of every signature in it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addSignatureTimeStamp } from '../cades/upgrade.js';
import { signCades } from '../cms/sign-cades.js';
import { evaluate } from '../report/evaluate.js';
import { gatherEvidence } from '../report/gather.js';
import {
  firstStamper,
  list,
  must,
  outcome,
  policy,
  signingTime,
  source,
  stampRoot,
  stampTime,
  stampWith,
} from '../testing/long-term.js';
import { openssl, opensslAbsent, pem, withFiles } from '../testing/outside.js';
import { citizen, citizenCa } from '../testing/world.js';
import { readAsic, writeAsic } from './asic.js';
import { readAsicSimple, writeAsicSimple } from './asic-s.js';

const file = { name: '申請.json', bytes: Buffer.from('{"氏名":"総務　太郎"}') };
const day = new Date('2026-06-01T03:00:00Z');
const thisUpdate = new Date('2026-06-01T02:00:00Z');

for (const key of ['p256', 'p384'] as const) {
  test(`${key}: ASiC-E and ASiC-S with a time stamp pass, and OpenSSL verifies their signatures`, {
    skip: opensslAbsent,
  }, async () => {
    const ca = await citizenCa('signature', key);
    const taro = await citizen(ca, Uint8Array.of(1), key);
    const sign = async (content: Uint8Array) =>
      must(
        await addSignatureTimeStamp(
          await signCades({
            content,
            detached: true,
            signerCertificate: taro.der,
            signingTime,
            algorithm: taro.signer.algorithm,
            sign: (bytes) => taro.signer.sign(bytes),
          }),
          { stamp: stampWith(firstStamper, stampTime) },
        ),
      );
    const container = must(readAsic(await writeAsic({ files: [file], sign })));
    const simple = must(readAsicSimple(await writeAsicSimple({ file, sign })));
    const revocation = [
      source(await list(ca, { citizens: true, thisUpdate })),
      source(await list(stampRoot, { thisUpdate })),
    ];
    const trust = { policy: policy.id, anchors: [ca.der], timeStampAnchors: [stampRoot.der], revocation };
    for (const value of [container, simple]) {
      const evidence = gatherEvidence({ ...trust, time: day, container: { ok: true, value } });
      assert.equal(outcome(evaluate(evidence, policy, day)), 'TOTAL_PASSED');
      assert.equal(evidence.signature?.signer?.algorithm, key === 'p256' ? 'ecdsa-sha256' : 'ecdsa-sha384');
      const content = 'manifest' in value ? value.manifest : value.bytes;
      const given = { 'signature.p7s': value.signature, content, 'ca.pem': pem(ca.der) };
      withFiles(given, (folder) => {
        const words =
          'cms -verify -binary -inform DER -in signature.p7s -content content -CAfile ca.pem -purpose any -out out';
        const attime = ['-attime', String(day.getTime() / 1000)];
        const run = openssl(folder, ...words.split(' '), ...attime);
        assert.ok(run.ok, run.text);
      });
    }
  });
}
