/** The processes of the city in the reception bench, side by side as an operator runs them, and what they used. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import type { CityKeys } from './reception-room.js';

export interface Start {
  readonly databaseUrl: string;
  readonly keys: CityKeys;
}
export type Question = Start | 'memory' | 'processor';

interface Ports {
  readonly city: number;
  readonly bare: number;
}
/** Octets that are held after the rubbish is gone, and octets as the system sees them. */
interface Memory {
  readonly held: number;
  readonly resident: number;
}
export type Told =
  | { readonly ports: Ports }
  | { readonly memory: Memory }
  | /** Milliseconds of processor time since the start, all threads. */ { readonly processor: number };

export interface Processes {
  readonly ports: { readonly city: number[]; readonly bare: number[] };
  /** Of all of them together, like the next. */
  memory(): Promise<Memory>;
  processor(): Promise<number>;
  close(): void;
}

export async function startProcesses(count: number, start: Start): Promise<Processes> {
  const children = Array.from({ length: count }, () =>
    fork(new URL('./reception-process.js', import.meta.url), {
      // As docs/operating.md says for a reception under load.
      execArgv: ['--expose-gc', '--max-semi-space-size=64'],
      serialization: 'advanced',
    }),
  );
  let closing = false;
  for (const child of children)
    child.on('exit', (exit) => {
      if (!closing) throw new Error(`a process of the city ended (${exit})`);
    });
  const askAll = (question: Question) => Promise.all(children.map((child) => ask(child, question)));
  const ports = (await askAll(start)).flatMap((told) => ('ports' in told ? [told.ports] : []));
  return {
    ports: { city: ports.map(({ city }) => city), bare: ports.map(({ bare }) => bare) },
    async memory() {
      const told = await askAll('memory');
      const used = told.flatMap((one) => ('memory' in one ? [one.memory] : []));
      return { held: sum(used.map(({ held }) => held)), resident: sum(used.map(({ resident }) => resident)) };
    },
    async processor() {
      const told = await askAll('processor');
      return sum(told.flatMap((one) => ('processor' in one ? [one.processor] : [])));
    },
    close() {
      closing = true;
      for (const child of children) child.disconnect();
    },
  };
}

const sum = (list: readonly number[]) => list.reduce((total, one) => total + one, 0);

async function ask(child: ChildProcess, question: Question): Promise<Told> {
  const told = once(child, 'message');
  child.send(question);
  return ((await told) as [Told])[0];
}

/** Milliseconds of processor time that a database server's processes have used; undefined where the system has no /proc. */
export function processorOfDatabase(postmaster: number): number | undefined {
  try {
    const all = readdirSync('/proc').filter((name) => /^[0-9]+$/.test(name));
    return 10 * sum(all.map((pid) => ticksOf(pid, postmaster)));
  } catch {
    return undefined;
  }
}

/** User and system time in hundredths of a second (proc(5), USER_HZ) of a child of this server, else 0. */
function ticksOf(pid: string, parent: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return Number(fields[1]) === parent ? Number(fields[11]) + Number(fields[12]) : 0;
  } catch {
    // It ended meanwhile.
    return 0;
  }
}
