// One thread of the soak, with little memory: a reader that wants more dies here, and the thread that watches names the input.
import { parentPort, workerData } from 'node:worker_threads';
import { soakTarget } from './soak-run.js';
import { soakTargets } from './soak-targets.js';

const { name, count, seed, current } = workerData as {
  name: string;
  count: number;
  seed: number;
  /** The input being read: its length in the first four octets. */
  current: SharedArrayBuffer;
};
const target = (await soakTargets()).find((each) => each.name === name);
if (target === undefined) throw new RangeError(`no target ${name}`);
const length = new Uint32Array(current, 0, 1);
const room = new Uint8Array(current, 4);
const result = await soakTarget(target, count, seed, (input) => {
  room.set(input.subarray(0, room.length));
  length[0] = input.length;
});
parentPort?.postMessage(result);
