import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** One line of a bench: what was measured, beside its yardstick of the same run. */
export interface Row {
  what: string;
  value: number;
  unit: string;
  yardstick?: string;
  /** How many times better than the yardstick; above 1 is better. */
  ratio?: number;
  target?: Target;
}

/** What is promised: of the ratio where there is one, else of the value. */
interface Target {
  of: 'ratio' | 'value';
  atLeast?: number;
  atMost?: number;
}

/** Whether a row keeps its promise; true where it makes none. */
function isMet({ value, ratio, target }: Row): boolean {
  if (target === undefined) return true;
  const measured = target.of === 'ratio' ? (ratio ?? Number.NaN) : value;
  return (
    measured >= (target.atLeast ?? Number.NEGATIVE_INFINITY) &&
    measured <= (target.atMost ?? Number.POSITIVE_INFINITY)
  );
}

function targetInWords({ unit, target }: Row): string {
  if (target === undefined) return '';
  const suffix = target.of === 'ratio' ? '×' : unit;
  return target.atLeast === undefined ? `≤ ${target.atMost} ${suffix}` : `≥ ${target.atLeast} ${suffix}`;
}

/**
 * Prints the rows as a table and keeps them as JSON under bench/results/. A target that is missed is said so; with `--strict` it also makes
 * the exit code 1. Without it the exit code is 0: on a busy machine a figure says little.
 */
export function report(name: string, rows: readonly Row[]): void {
  const shown = rows.map((row) => ({
    what: row.what,
    value: `${row.value.toPrecision(4)} ${row.unit}`,
    yardstick: row.yardstick ?? '',
    ratio: row.ratio === undefined ? '' : row.ratio.toPrecision(3),
    target: targetInWords(row),
    met: row.target === undefined ? '' : isMet(row) ? 'yes' : 'below target',
  }));
  console.log(`${name} (Node ${process.versions.node}, OpenSSL ${process.versions.openssl})`);
  console.table(shown);
  const folder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../results');
  mkdirSync(folder, { recursive: true });
  const { node, openssl } = process.versions;
  const kept = rows.map((row) => ({ ...row, met: isMet(row) }));
  const document = { name, at: new Date(), node, openssl, rows: kept };
  writeFileSync(path.join(folder, `${name}.json`), `${JSON.stringify(document, null, 2)}\n`);
  if (process.argv.includes('--strict') && !rows.every(isMet)) process.exitCode = 1;
}

/** The best of several runs, in milliseconds: on a busy machine the least disturbed one tells most. */
export function best(runs: number, work: () => void): number {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < runs; i++) {
    const start = performance.now();
    work();
    least = Math.min(least, performance.now() - start);
  }
  return least;
}

export interface Contestant {
  name: string;
  /** Calls in one turn: chosen so that turns take about equally long. */
  calls: number;
  work: () => unknown;
}

/** How long one call takes, round by round. */
export interface Times {
  /** The median, in microseconds. */
  of(name: string): number;
  /** How many times as fast `name` is as `yardstick`: the median of the ratios of neighbouring turns. */
  ratio(name: string, yardstick: string): number;
}

/**
 * Several ways to do the same, turn and turn about in short turns, so that whatever disturbs the machine disturbs them all.
 * Contestants that return promises are awaited.
 */
export async function interleaved(rounds: number, contestants: readonly Contestant[]): Promise<Times> {
  const times = new Map<string, number[]>(contestants.map(({ name }) => [name, []]));
  const warmUp = 5;
  for (let round = -warmUp; round < rounds; round++) {
    for (const { name, calls, work } of contestants) {
      const start = performance.now();
      for (let i = 0; i < calls; i++) {
        const result = work();
        if (result instanceof Promise) await result;
      }
      if (round >= 0) times.get(name)?.push((1000 * (performance.now() - start)) / calls);
    }
  }
  return {
    of: (name) => median(times.get(name) ?? []),
    ratio(name, yardstick) {
      const mine = times.get(name) ?? [];
      const theirs = times.get(yardstick) ?? [];
      return median(mine.map((each, round) => (theirs[round] ?? Number.NaN) / each));
    },
  };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}

export const perSecond = (microseconds: number): string => `${Math.round(1e6 / microseconds)}/s`;
