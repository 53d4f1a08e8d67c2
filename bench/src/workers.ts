import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Submission } from './submission.js';

export interface Workers {
  /** Lets `count` workers verify for so many milliseconds, all at the same time; gives their sum, verifications a second. */
  run(count: number, milliseconds: number): Promise<number>;
  close(): Promise<void>;
}

/** Worker threads that all have the same submission and stand ready. */
export async function openWorkers(count: number, submission: Submission): Promise<Workers> {
  const { ca, crl, cms, content, now } = submission;
  const workerData = { ca: ca.der, crl, cms, content, now };
  const script = new URL('./verify-worker.js', import.meta.url);
  const workers = Array.from({ length: count }, () => new Worker(script, { workerData }));
  await Promise.all(workers.map((worker) => once(worker, 'message')));
  return {
    async run(wanted, milliseconds) {
      const until = Date.now() + milliseconds + 10;
      const rates = await Promise.all(
        workers.slice(0, wanted).map(async (worker) => {
          const told = once(worker, 'message') as Promise<[number]>;
          worker.postMessage(until);
          return (await told)[0];
        }),
      );
      return rates.reduce((sum, rate) => sum + rate, 0);
    },
    async close() {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}
