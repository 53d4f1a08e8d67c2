import type { Stats } from './stats.js';

const citizenProfiles = ['signature', 'authentication'] as const;
type CitizenProfile = (typeof citizenProfiles)[number];

/** All issued up to a month's end, over all prefectures or one. */
export interface MonthSum {
  month: string;
  signature: number;
  authentication: number;
}

/** The deck's chart: the sum so far at the end of each month in which something was issued; months between keep the sum. */
export function monthSums(history: Stats['history'], prefecture?: string): MonthSum[] {
  const issued = new Map<string, Record<CitizenProfile, number>>();
  for (const row of history) {
    const profile = citizenProfiles.find((one) => one === row.profile);
    if (profile === undefined || (prefecture !== undefined && row.prefecture !== prefecture)) continue;
    const month = issued.get(row.month) ?? { signature: 0, authentication: 0 };
    month[profile] += row.issued;
    issued.set(row.month, month);
  }
  const sum = { signature: 0, authentication: 0 };
  return [...issued]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([month, more]) => {
      sum.signature += more.signature;
      sum.authentication += more.authentication;
      return { month, ...sum };
    });
}

export interface KindSum {
  profile: string;
  issued: number;
  valid: number;
  revoked: number;
  expired: number;
}

/** Over all municipalities, by kind, in the order of first appearance. */
export function kindSums(certificates: Stats['certificates']): KindSum[] {
  const sums = new Map<string, KindSum>();
  for (const { profile, issued, valid, revoked, expired } of certificates) {
    const sum = sums.get(profile) ?? { profile, issued: 0, valid: 0, revoked: 0, expired: 0 };
    sum.issued += issued;
    sum.valid += valid;
    sum.revoked += revoked;
    sum.expired += expired;
    sums.set(profile, sum);
  }
  return [...sums.values()];
}
