// npm run bench soak -- [--count N] [--seed S] [--only NAME]: every reader of the trust core fed with N damaged samples in all.
// Exit code 1 and the inputs in base64 where one throws, takes a second of processor time, or more than 64 MB beyond its input.
import { Worker } from 'node:worker_threads';
import type { SoakResult } from './soak-run.js';
import { soakTargets } from './soak-targets.js';

function option(name: string, otherwise: string): string {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : (process.argv[at + 1] ?? otherwise);
}

const total = Number(option('count', '100000'));
const seed = Number(option('seed', String(Date.now() % 1_000_000)));
const only = option('only', '');
const patience = 120_000;

/** One target in a thread of its own that has room for the reader's code and 64 MB; watched from outside. */
function run(name: string, count: number): Promise<SoakResult> {
  const current = new SharedArrayBuffer(4 + (1 << 17));
  const worker = new Worker(new URL('./soak-worker.js', import.meta.url), {
    workerData: { name, count, seed, current },
    resourceLimits: { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 16 },
  });
  const input = (): string => {
    const length = new Uint32Array(current, 0, 1)[0] ?? 0;
    return Buffer.from(current, 4, length).toString('base64');
  };
  return new Promise((resolve) => {
    let last = '';
    const broken = (what: 'slow' | 'memory', detail: string): void =>
      resolve({ mutations: 0, faults: [{ target: name, what, detail, input: input() }], slowest: {} });
    const watch = setInterval(() => {
      const now = input();
      if (now === last && now !== '') {
        broken('slow', `the same input for ${patience / 1000} s`);
        worker.terminate();
      }
      last = now;
    }, patience);
    worker.on('message', resolve);
    worker.on('error', (error) => broken('memory', error.message));
    worker.on('exit', () => clearInterval(watch));
  });
}

const targets = (await soakTargets()).filter(({ name }) => only === '' || name === only);
const shares = targets.reduce((sum, { share = 1000 }) => sum + share, 0);
process.stdout.write(`seed ${seed}\n`);
let mutations = 0;
let faults = 0;
for (const { name, share = 1000 } of targets) {
  const start = performance.now();
  const result = await run(name, Math.ceil((total * share) / shares));
  mutations += result.mutations;
  faults += result.faults.length;
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const slowest = result.slowest[name]?.toFixed(0) ?? '?';
  process.stdout.write(
    `${result.faults.length === 0 ? 'ok  ' : 'FAIL'} ${name}: ${result.mutations} in ${seconds} s, slowest ${slowest} ms\n`,
  );
  for (const { what, detail, input } of result.faults.slice(0, 5)) {
    process.stdout.write(`  ${what}: ${detail}\n  ${input.slice(0, 4000)}\n`);
  }
}
process.stdout.write(`${mutations} mutations, ${faults} faults\n`);
process.exitCode = faults === 0 ? 0 : 1;
