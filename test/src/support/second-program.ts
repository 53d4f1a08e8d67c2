/** Runs the second PC/SC program beside a journey and says how it fared in each phase. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export interface PhaseCounts {
  refused: Record<string, number>;
  inherited: Record<string, number>;
  read: Record<string, number>;
  signed: Record<string, number>;
}

export interface SecondProgram {
  /** From now on, what it tries counts for this phase; waits until it has tried `attempts` times. */
  phase(name: string, attempts?: number): Promise<void>;
  stop(): Promise<Record<string, PhaseCounts>>;
}

const sum = (counts: Record<string, number>) => Object.values(counts).reduce((total, one) => total + one, 0);

/** Times it tried: got in and asked for the certificate or a signature, or did not get in. */
export function attemptsIn({ refused, inherited, signed }: PhaseCounts): number {
  return sum(refused) + sum(inherited) / 2 + sum(signed);
}

export async function startSecondProgram(reader: string): Promise<SecondProgram> {
  const program = fileURLToPath(new URL('./intruder.js', import.meta.url));
  const child = spawn(process.execPath, [program, reader], { stdio: ['pipe', 'pipe', 'inherit'] });
  let phases: Record<string, PhaseCounts> = {};
  createInterface({ input: child.stdout }).on('line', (line) => {
    phases = JSON.parse(line) as Record<string, PhaseCounts>;
  });
  const ended = once(child, 'exit');
  const triedIn = (name: string) => {
    const counts = phases[name];
    return counts === undefined ? 0 : attemptsIn(counts);
  };
  return {
    phase: async (name, attempts = 0) => {
      child.stdin.write(`${name}\n`);
      while (triedIn(name) < attempts) {
        if (child.exitCode !== null) throw new Error(`the second program ended with ${child.exitCode}`);
        await pause(20);
      }
    },
    stop: async () => {
      child.stdin.end();
      await ended;
      return phases;
    },
  };
}
