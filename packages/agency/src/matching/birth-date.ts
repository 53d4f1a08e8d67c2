/** A date whose parts may be unknown (0). */
export interface PartialDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

interface Era {
  readonly names: readonly string[];
  /** First and last day, `YYYYMMDD`. */
  readonly first: number;
  readonly last: number;
  /** Year before its first. */
  readonly base: number;
}

// First days by the edicts; Meiji from 1868-10-23. Checked against Intl's Japanese calendar in the tests.
const ERAS: readonly Era[] = [
  { names: ['明治', 'M'], first: 18681023, last: 19120729, base: 1867 },
  { names: ['大正', 'T'], first: 19120730, last: 19261224, base: 1911 },
  { names: ['昭和', 'S'], first: 19261225, last: 19890107, base: 1925 },
  { names: ['平成', 'H'], first: 19890108, last: 20190430, base: 1988 },
  { names: ['令和', 'R'], first: 20190501, last: 99991231, base: 2018 },
];

const WRITTEN =
  /^(明治|大正|昭和|平成|令和|[MTSHR])?(元|[0-9]{1,4})(?:年|[-./])([0-9]{1,2})(?:月|[-./])([0-9]{1,2})日?$/u;

/**
 * Reads a date as people and files write it: 1975-04-01, 1975/4/1, 19750401, 1975年4月1日, 昭和50年4月1日, S50.4.1, 平成元年…
 * Undefined when it is no date of the calendar, or its era was another.
 */
export function readDate(text: string): PartialDate | undefined {
  const plain = text.slice(0, 60).normalize('NFKC').replaceAll(/\s/g, '').toUpperCase();
  const compact = /^([0-9]{4})([0-9]{2})([0-9]{2})$/.exec(plain);
  const found = compact ? [plain, undefined, ...compact.slice(1)] : WRITTEN.exec(plain);
  if (!found) return undefined;
  const [, eraName, yearText, monthText, dayText] = found;
  const number = yearText === '元' ? 1 : Number(yearText);
  const era = eraName === undefined ? undefined : ERAS.find((one) => one.names.includes(eraName));
  if (era === undefined && (yearText === '元' || (number !== 0 && number < 1000))) return undefined;
  const date = { year: era ? era.base + number : number, month: Number(monthText), day: Number(dayText) };
  if (!isCalendarDate(date)) return undefined;
  if (era) {
    const value = date.year * 10_000 + date.month * 100 + date.day;
    if (number < 1 || value < era.first || value > era.last) return undefined;
  }
  return date;
}

function isCalendarDate({ year, month, day }: PartialDate): boolean {
  if (month > 12 || day > 31) return false;
  if (month === 0 || day === 0) return true;
  // Year 0 stands for unknown: 29 February must remain possible.
  const last = new Date(Date.UTC(year === 0 ? 2000 : year, month, 0)).getUTCDate();
  return day <= last;
}
