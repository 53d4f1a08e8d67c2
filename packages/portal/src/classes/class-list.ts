import type { Words } from '@madoguchi/ui';
import { japaneseDay } from '@madoguchi/ui';
import { type CsvFault, readTable } from '../csv-read.js';
import { prefectures } from '../prefectures.js';

/** A class (講座) in which people learn to apply online. */
export interface ClassDate {
  /** True: an invented one, and said to be so. */
  sample: boolean;
  id: string;
  /** Two digits. */
  prefecture: string;
  title: Words;
  place: string;
  address: string;
  start: Date;
  minutes: number;
  seats: number;
  telephone: string;
}

const columns = [
  ...['sample', 'id', 'prefecture', 'title', 'title_easy', 'title_en', 'place', 'address'],
  ...['start', 'minutes', 'seats', 'telephone'],
];
const dayMs = 86_400_000;

/** `2027-01-15 10:00` in Japan time; in a sample also `+14 10:00`, so many days from today. */
function readStart(text: string, sample: boolean, now: Date): Date | undefined {
  const match = /^(?:\+([0-9]{1,3})|([0-9]{4}-[0-9]{2}-[0-9]{2}))[ T]([01][0-9]|2[0-3]):([0-5][0-9])$/.exec(
    text,
  );
  if (match === null) return undefined;
  const [, days, day, hour, minute] = match;
  if (days !== undefined && !sample) return undefined;
  const today = japaneseDay(now);
  const midnight = Date.parse(`${day ?? today}T00:00:00+09:00`) + Number(days ?? 0) * dayMs;
  if (Number.isNaN(midnight)) return undefined;
  const date = new Date(midnight + (Number(hour) * 60 + Number(minute)) * 60_000);
  // 30 February is no day, though it can be counted.
  const said = japaneseDay(date);
  return day === undefined || said === day ? date : undefined;
}

const whole = (text: string, least: number, most: number): number | undefined => {
  const value = /^[0-9]{1,4}$/.test(text) ? Number(text) : Number.NaN;
  return value >= least && value <= most ? value : undefined;
};

/** Reads an operator's `classes.csv`. Good rows are kept beside faulty ones; each fault names its line and column. */
export function readClasses(text: string, now: Date): { classes: ClassDate[]; faults: CsvFault[] } {
  const { rows, faults } = readTable(text, columns);
  const seen = new Set<string>();
  const classes = rows.flatMap(({ line, cells }): ClassDate[] => {
    const wrong = (message: string) => {
      faults.push({ line, message });
      return [];
    };
    const [mark, id = '', prefecture = '', title = '', easy = '', english = '', place = '', address = ''] =
      cells;
    const [begins = '', length = '', room = '', telephone = ''] = cells.slice(8);
    if (mark !== 'yes' && mark !== '') return wrong('sample: "yes" or nothing');
    if (!/^[a-z0-9][a-z0-9-]{0,39}$/.test(id))
      return wrong('id: small letters, digits and hyphens, up to 40');
    if (seen.has(id)) return wrong(`id: ${id} stands here twice`);
    if (!prefectures.has(prefecture)) return wrong('prefecture: no code of a prefecture (01 to 47)');
    if (title === '' || [title, easy, english].some((one) => one.length > 60))
      return wrong('title: 1 to 60 characters');
    if (place === '' || place.length > 60) return wrong('place: 1 to 60 characters');
    if (address === '' || address.length > 120) return wrong('address: 1 to 120 characters');
    const start = readStart(begins, mark === 'yes', now);
    if (start === undefined) return wrong('start: a day and time such as 2027-01-15 10:00');
    const minutes = whole(length, 10, 600);
    if (minutes === undefined) return wrong('minutes: 10 to 600');
    const seats = whole(room, 1, 999);
    if (seats === undefined) return wrong('seats: 1 to 999');
    if (!/^(0[0-9-]{8,12})?$/.test(telephone))
      return wrong('telephone: digits and hyphens beginning with 0, or nothing');
    seen.add(id);
    const words = { ja: title, jaEasy: easy === '' ? title : easy, en: english === '' ? title : english };
    return [
      {
        sample: mark === 'yes',
        id,
        prefecture,
        title: words,
        place,
        address,
        start,
        minutes,
        seats,
        telephone,
      },
    ];
  });
  classes.sort((a, b) => a.start.getTime() - b.start.getTime());
  return { classes, faults };
}

/** Those that have not begun, the next first. */
export function upcoming(classes: readonly ClassDate[], now: Date): ClassDate[] {
  return classes.filter(({ start }) => start > now);
}
