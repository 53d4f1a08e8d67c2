// How much does the full verification of a submission cost beyond the operations nobody can spare, and beside PKI.js doing the CMS part?
import { webcrypto } from 'node:crypto';
import { fromBER } from 'asn1js';
import * as pkijs from 'pkijs';
import { fullVerification, rawOperations } from './full-verification.js';
import { interleaved, median, perSecond, type Row, report } from './report.js';
import { makeSubmission, type Submission } from './submission.js';
import { openWorkers } from './workers.js';

pkijs.setEngine('node', new pkijs.CryptoEngine({ name: 'node', crypto: webcrypto as never }));

/** PKI.js verifying the detached signature, without any path. */
function pkijsVerification({ cms, content }: Submission): () => Promise<void> {
  const data = new Uint8Array(content).buffer;
  return async () => {
    const contentInfo = new pkijs.ContentInfo({ schema: fromBER(new Uint8Array(cms).buffer).result });
    const signed = new pkijs.SignedData({ schema: contentInfo.content });
    if (!(await signed.verify({ signer: 0, data }))) throw new Error('PKI.js refused it');
  };
}

const rows: Row[] = [];

const rsa = await makeSubmission('rsa2048', { bytes: 10_000, revoked: 10_000 });
const times = await interleaved(80, [
  { name: 'full', calls: 300, work: fullVerification(rsa) },
  { name: 'raw', calls: 300, work: rawOperations(rsa) },
  { name: 'pkijs', calls: 3, work: pkijsVerification(rsa) },
]);
rows.push({
  what: 'full verification, RSA-2048, 10 kB, CRL of 10 000',
  value: 1e6 / times.of('full'),
  unit: '/s',
  yardstick: `raw operations alone ${perSecond(times.of('raw'))}`,
  ratio: times.ratio('full', 'raw'),
  target: { of: 'ratio', atLeast: 0.6 },
});
rows.push({
  what: 'the same, beside PKI.js doing the CMS part',
  value: 1e6 / times.of('full'),
  unit: '/s',
  yardstick: `PKI.js ${perSecond(times.of('pkijs'))}`,
  ratio: times.ratio('full', 'pkijs'),
  target: { of: 'ratio', atLeast: 40 },
});

const p384 = await makeSubmission('p384', { bytes: 10_000, revoked: 10_000 });
const slow = await interleaved(40, [
  { name: 'full', calls: 10, work: fullVerification(p384) },
  { name: 'raw', calls: 10, work: rawOperations(p384) },
]);
rows.push({
  what: 'full verification, P-384, 10 kB, CRL of 10 000',
  value: 1e6 / slow.of('full'),
  unit: '/s',
  yardstick: `raw operations alone ${perSecond(slow.of('raw'))}`,
  ratio: slow.ratio('full', 'raw'),
  target: { of: 'ratio', atLeast: 0.9 },
});

// One worker and two, turn and turn about; each counts what it finishes in the same span of time.
const workers = await openWorkers(2, rsa);
const ones: number[] = [];
const twos: number[] = [];
await workers.run(2, 500);
for (let round = 0; round < 9; round++) {
  ones.push(await workers.run(1, 400));
  twos.push(await workers.run(2, 400));
}
await workers.close();
rows.push({
  what: 'full verification on two workers',
  value: median(twos),
  unit: '/s',
  yardstick: `one worker ${median(ones).toFixed(0)}/s`,
  ratio: median(twos) / median(ones),
  target: { of: 'ratio', atLeast: 1.8 },
});
report('verify', rows);
