/** A number from 1 to 4 is not told: whoever knows one of the few could learn about the others. */
export const hiddenBelow = 5;
/** Of fewer than ten, the slowest tenth is one person's wait. */
const ninetyFrom = 10;

/** How long people waited. null: not told, because they are too few. */
export interface Waiting {
  number: number | null;
  median: number | null;
  /** Nine of ten waited no longer. */
  ninety: number | null;
}

/** The number, or null where it is small. None at all points to nobody. */
export const told = (n: number): number | null => (n === 0 || n >= hiddenBelow ? n : null);

/**
 * The sum of numbers of which each is told by `told`. The small ones go into it only together, when they are five or more: else the sum would
 * tell the one that was hidden.
 */
export function toldSum(parts: readonly number[]): number | null {
  const open = parts.filter((n) => told(n) !== null).reduce((a, b) => a + b, 0);
  const small = parts.filter((n) => told(n) === null).reduce((a, b) => a + b, 0);
  if (small === 0 || small >= hiddenBelow) return open + small;
  return open === 0 ? null : open;
}

/** Waiting times as they are told: from five on the median, from ten on the time that nine of ten did not exceed; one decimal. */
export function waitingOf(
  parts: readonly number[],
  spread: { median: number | null; ninety: number | null },
): Waiting {
  const number = toldSum(parts);
  const enough = number ?? 0;
  const rounded = (value: number | null) => (value === null ? null : Math.round(value * 10) / 10);
  return {
    number,
    median: enough >= hiddenBelow ? rounded(spread.median) : null,
    ninety: enough >= ninetyFrom ? rounded(spread.ninety) : null,
  };
}

/** The last midnight in Japan. */
export function startOfToday(now: Date): Date {
  const japanMs = 9 * 3600_000;
  const day = 24 * 3600_000;
  return new Date(Math.floor((now.getTime() + japanMs) / day) * day - japanMs);
}
