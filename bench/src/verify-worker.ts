// One thread of the bench with two workers: verifies the same submission until it is told to stop, and tells its rate.
import { parentPort, workerData } from 'node:worker_threads';
import { parseCertificate } from '@madoguchi/pki';
import { fullVerification } from './full-verification.js';
import type { Submission } from './submission.js';

const given = workerData as Omit<Submission, 'ca' | 'content'> & { ca: Uint8Array; content: Uint8Array };
const ca = parseCertificate(given.ca);
if (!ca.ok) throw new Error(ca.rule);
const work = fullVerification({ ...given, ca: ca.value, content: Buffer.from(given.content) });

parentPort?.on('message', (until: number) => {
  const start = performance.now();
  let count = 0;
  do {
    for (let i = 0; i < 20; i++) work();
    count += 20;
  } while (Date.now() < until);
  parentPort?.postMessage((1000 * count) / (performance.now() - start));
});
parentPort?.postMessage(0);
