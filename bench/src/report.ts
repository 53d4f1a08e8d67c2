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
  target?: string;
}

/** Prints the rows as a table and keeps them as JSON under bench/results/. */
export function report(name: string, rows: readonly Row[]): void {
  const shown = rows.map(({ what, value, unit, yardstick, ratio, target }) => ({
    what,
    value: `${value.toPrecision(4)} ${unit}`,
    yardstick: yardstick ?? '',
    ratio: ratio === undefined ? '' : ratio.toPrecision(3),
    target: target ?? '',
  }));
  console.table(shown);
  const folder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../results');
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    path.join(folder, `${name}.json`),
    `${JSON.stringify({ name, at: new Date(), rows }, null, 2)}\n`,
  );
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
