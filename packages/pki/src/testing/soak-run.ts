import { mutations } from './mutate.js';
import { structuralMutations } from './mutate-structure.js';
import type { SoakTarget } from './soak-targets.js';

/** What one mutation did that it must not: enough to make it again. */
export interface SoakFault {
  target: string;
  what: 'threw' | 'slow' | 'memory';
  detail: string;
  /** The input, base64. */
  input: string;
}

export interface SoakResult {
  mutations: number;
  faults: SoakFault[];
  /** The longest single call of each target, in milliseconds of processor time. */
  slowest: Record<string, number>;
}

/** Beyond the input. */
const mostMemory = 64 * 1024 * 1024;
const longest = 1000;

/**
 * Feeds a target's reader `count` damaged samples: half of them damaged octet by octet, half element by element. A throw, a second of
 * processor time, or 64 MB of buffers beyond the input is a fault. `before` is told of every input before it is read, so that
 * a hang can be traced.
 */
export async function soakTarget(
  target: SoakTarget,
  count: number,
  seed: number,
  before: (input: Uint8Array) => void = () => {},
): Promise<SoakResult> {
  const result: SoakResult = { mutations: 0, faults: [], slowest: { [target.name]: 0 } };
  const each = Math.max(1, Math.ceil(count / target.samples.length / 2));
  const { samples, read } = target;
  for (const [index, sample] of samples.entries()) {
    const plain = mutations(sample, each, seed + index);
    const structural = structuralMutations(sample, each, seed + 1000 + index, samples);
    for (const mutants of [plain, structural]) {
      for (const input of mutants) {
        before(input);
        const fault = await tryOne(target.name, read, input, result);
        result.mutations++;
        if (fault !== undefined)
          result.faults.push({ ...fault, target: target.name, input: Buffer.from(input).toString('base64') });
        if (result.faults.length > 20) return result;
      }
    }
  }
  return result;
}

async function tryOne(
  name: string,
  read: SoakTarget['read'],
  input: Uint8Array,
  result: SoakResult,
): Promise<Pick<SoakFault, 'what' | 'detail'> | undefined> {
  const start = performance.now();
  const cpu = process.cpuUsage();
  const buffers = process.memoryUsage.rss();
  try {
    await read(input);
  } catch (thrown) {
    return {
      what: 'threw',
      detail: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown),
    };
  }
  if (performance.now() - start > (result.slowest[name] ?? 0)) {
    const { user, system } = process.cpuUsage(cpu);
    const milliseconds = Math.min(performance.now() - start, (user + system) / 1000);
    if (milliseconds > (result.slowest[name] ?? 0)) result.slowest[name] = milliseconds;
    if (milliseconds > longest) return { what: 'slow', detail: `${milliseconds.toFixed(0)} ms` };
  }
  const added = process.memoryUsage.rss() - buffers - input.length;
  return added > mostMemory ? { what: 'memory', detail: `${(added / 1e6).toFixed(0)} MB` } : undefined;
}
