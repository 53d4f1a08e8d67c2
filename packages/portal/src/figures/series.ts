import type { Stats } from './stats.js';

/** The columns of the chart's table: what a card holds, and everything on smartphones together. */
const columnOf = {
  signature: 'signature',
  authentication: 'authentication',
  'phone-signature': 'phone',
  'phone-authentication': 'phone',
} as const satisfies Record<string, keyof Omit<MonthSum, 'month'>>;
type CitizenProfile = keyof typeof columnOf;
const isCitizens = (profile: string): profile is CitizenProfile => Object.hasOwn(columnOf, profile);

/** All issued up to a month's end, over all prefectures or one. */
export interface MonthSum {
  month: string;
  signature: number;
  authentication: number;
  /** Both kinds of certificates on smartphones. */
  phone: number;
}

/** The deck's chart: the sum so far at the end of each month in which something was issued; months between keep the sum. */
export function monthSums(history: Stats['history'], prefecture?: string): MonthSum[] {
  const issued = new Map<string, Omit<MonthSum, 'month'>>();
  const none = { signature: 0, authentication: 0, phone: 0 };
  for (const row of history) {
    if (!isCitizens(row.profile) || (prefecture !== undefined && row.prefecture !== prefecture)) continue;
    const month = issued.get(row.month) ?? { ...none };
    month[columnOf[row.profile]] += row.issued;
    issued.set(row.month, month);
  }
  const sum = { ...none };
  return [...issued]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([month, more]) => {
      sum.signature += more.signature;
      sum.authentication += more.authentication;
      sum.phone += more.phone;
      return { month, ...sum };
    });
}

export interface KindSum {
  profile: string;
  issued: number;
  renewed: number;
  valid: number;
  revoked: number;
  expired: number;
}

/** Over all municipalities, by kind, in the order of first appearance. */
export function kindSums(certificates: Stats['certificates']): KindSum[] {
  const sums = new Map<string, KindSum>();
  for (const { profile, issued, renewed, valid, revoked, expired } of certificates) {
    const sum = sums.get(profile) ?? { profile, issued: 0, renewed: 0, valid: 0, revoked: 0, expired: 0 };
    sum.issued += issued;
    sum.renewed += renewed;
    sum.valid += valid;
    sum.revoked += revoked;
    sum.expired += expired;
    sums.set(profile, sum);
  }
  return [...sums.values()];
}
