const hours9 = 9 * 3600_000;

/** What ends a certificate before the fifth birthday. */
export interface ValidityCaps {
  /** The card's own expiry. */
  readonly card?: Date;
  /** For the signature certificate: the authentication certificate's notAfter. */
  readonly authentication?: Date;
  /** End of the permitted stay (在留期限), for foreign residents. Source: municipal pages (Ome, Sakuragawa). */
  readonly stay?: Date;
  /** No certificate outlives its issuer's. */
  readonly issuer?: Date;
}

/** When a person born on 29 February has the birthday in other years: no rule is published, so it is a setting. */
export type LeapBirthday = '02-28' | '03-01';

/**
 * How long citizens' certificates live, by law: until the n-th birthday after the issue (2016: 5, the next card: 10) or for n years
 * from the day of issue (2008: 3).
 */
export interface ValidityPolicy {
  readonly years: number;
  readonly until: 'birthday' | 'issue';
}

const fiveBirthdays: ValidityPolicy = { years: 5, until: 'birthday' };

/**
 * The end of a citizen's certificate: the n-th birthday after the day of issue, 23:59:59 Japanese time, or an earlier cap. A birthday on
 * the day of issue does not count. Where month or day of birth are unknown (00), January or the first stands for them, which never
 * lengthens the life. Source: reference of the profile, sections 4 and 12; municipal pages.
 */
export function validUntil(
  issuedAt: Date,
  birthDate: string,
  caps: ValidityCaps = {},
  leapBirthday: LeapBirthday = '02-28',
  policy: ValidityPolicy = fiveBirthdays,
): Date {
  const limits = [caps.card, caps.authentication, caps.stay, caps.issuer].filter((cap) => cap !== undefined);
  const end =
    policy.until === 'issue'
      ? yearsLater(issuedAt, policy.years).getTime()
      : lastBirthday(issuedAt, birthDate, leapBirthday, policy.years);
  return new Date(Math.min(end, ...limits.map((cap) => Math.floor(cap.getTime() / 1000) * 1000)));
}

function lastBirthday(issuedAt: Date, birthDate: string, leapBirthday: LeapBirthday, years: number): number {
  const japan = new Date(issuedAt.getTime() + hours9);
  const today = Date.UTC(japan.getUTCFullYear(), japan.getUTCMonth(), japan.getUTCDate());
  const month = Math.max(1, Number(birthDate.slice(5, 7)));
  const day = Math.max(1, Number(birthDate.slice(8, 10)));
  const thisYears = birthday(japan.getUTCFullYear(), month, day, leapBirthday);
  const lastYear = japan.getUTCFullYear() + (thisYears > today ? years - 1 : years);
  return birthday(lastYear, month, day, leapBirthday) + 24 * 3600_000 - 1000 - hours9;
}

/** Midnight of the birthday of a year, as if Japan's calendar were UTC. */
function birthday(year: number, month: number, day: number, leapBirthday: LeapBirthday): number {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  if (month === 2 && day === 29 && !isLeap) {
    return leapBirthday === '02-28' ? Date.UTC(year, 1, 28) : Date.UTC(year, 2, 1);
  }
  return Date.UTC(year, month - 1, day);
}

/** The end of a Japanese day, 23:59:59, a number of years after an instant: what authorities' own certificates use. */
export function yearsLater(from: Date, years: number): Date {
  const japan = new Date(from.getTime() + hours9);
  const end = Date.UTC(japan.getUTCFullYear() + years, japan.getUTCMonth(), japan.getUTCDate());
  return new Date(end - 1000 - hours9);
}

/** Full years of age on a day in Japan; undefined where the birth date is not fully known. */
export function ageOn(at: Date, birthDate: string): number | undefined {
  if (/-00|^0000/.test(birthDate)) return undefined;
  const japan = new Date(at.getTime() + hours9).toISOString().slice(0, 10);
  const years = Number(japan.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return japan.slice(5) < birthDate.slice(5) ? years - 1 : years;
}
