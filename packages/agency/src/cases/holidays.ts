/**
 * National holidays (国民の祝日に関する法律, Act 178 of 1948, as in force since 2022), by rule, for 2022 to 2099. The two equinox days are
 * announced each February for the next year; until then they are computed, which has agreed with every announcement so far.
 */

/** [month, day] that never move. */
const fixed: readonly (readonly [number, number])[] = [
  [1, 1],
  [2, 11],
  [2, 23],
  [4, 29],
  [5, 3],
  [5, 4],
  [5, 5],
  [8, 11],
  [11, 3],
  [11, 23],
];

/** [month, which Monday]: 成人の日, 海の日, 敬老の日, スポーツの日. */
const mondays: readonly (readonly [number, number])[] = [
  [1, 2],
  [7, 3],
  [9, 3],
  [10, 2],
];

const dayMs = 24 * 3600_000;
const utc = (year: number, month: number, day: number) => Date.UTC(year, month - 1, day);

function nthMonday(year: number, month: number, n: number): number {
  const first = new Date(utc(year, month, 1)).getUTCDay();
  return utc(year, month, 1 + ((8 - first) % 7) + (n - 1) * 7);
}

/** 春分 and 秋分, after the usual approximation for 1980–2099. */
function equinox(year: number, base: number, month: number): number {
  const passed = year - 1980;
  return utc(year, month, Math.floor(base + 0.242194 * passed - Math.floor(passed / 4)));
}

const known = new Map<number, ReadonlySet<number>>();

function holidaysOf(year: number): ReadonlySet<number> {
  const kept = known.get(year);
  if (kept !== undefined) return kept;
  const days = new Set<number>([
    ...fixed.map(([month, day]) => utc(year, month, day)),
    ...mondays.map(([month, n]) => nthMonday(year, month, n)),
    equinox(year, 20.8431, 3),
    equinox(year, 23.2488, 9),
  ]);
  const named = [...days];
  // 休日: a day between two holidays, and the next free day after a holiday on a Sunday (article 3).
  for (const day of named) {
    if (days.has(day + 2 * dayMs) && !days.has(day + dayMs)) days.add(day + dayMs);
  }
  for (const day of named) {
    if (new Date(day).getUTCDay() !== 0) continue;
    let next = day + dayMs;
    while (named.includes(next)) next += dayMs;
    days.add(next);
  }
  known.set(year, days);
  return days;
}

/** [month, first day, last day] on which offices are closed besides (行政機関の休日に関する法律 1条; 地方自治法 4条の2). */
const closing: readonly (readonly [number, number, number])[] = [
  [12, 29, 31],
  [1, 1, 3],
];

/** Whether offices are closed on this day of Japan's calendar (midnight UTC of the date). */
export function isClosed(day: number): boolean {
  const date = new Date(day);
  const weekday = date.getUTCDay();
  if (weekday === 0 || weekday === 6 || holidaysOf(date.getUTCFullYear()).has(day)) return true;
  const [month, number] = [date.getUTCMonth() + 1, date.getUTCDate()];
  return closing.some(([of, from, to]) => of === month && number >= from && number <= to);
}
