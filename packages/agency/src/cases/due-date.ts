import { isClosed } from './holidays.js';

const dayMs = 24 * 3600_000;
const japanMs = 9 * 3600_000;

/** How many midnights of Japan lie between two moments; none when the second is the earlier. */
export function daysBetween(from: Date, to: Date): number {
  const day = (at: Date) => Math.floor((at.getTime() + japanMs) / dayMs);
  return Math.max(0, day(to) - day(from));
}

/**
 * The day by which a case is to be decided: so many working days after the day of arrival in Japan, Saturdays, Sundays, national
 * holidays and the turn of the year (29 December to 3 January) not counted. YYYY-MM-DD.
 */
export function dueDate(arrivedAt: Date, workingDays: number): string {
  const local = new Date(arrivedAt.getTime() + japanMs);
  let day = Date.UTC(local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate());
  for (let left = workingDays; left > 0; ) {
    day += dayMs;
    if (!isClosed(day)) left -= 1;
  }
  return new Date(day).toISOString().slice(0, 10);
}
