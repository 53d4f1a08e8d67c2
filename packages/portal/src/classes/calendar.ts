import type { ClassDate } from './class-list.js';

const escaped = (text: string) =>
  text.replaceAll('\\', '\\\\').replaceAll(';', '\\;').replaceAll(',', '\\,').replaceAll(/\r?\n/g, '\\n');

/** Lines of at most 75 octets, never cut inside a character (RFC 5545 3.1). */
function folded(line: string): string {
  const parts: string[] = [];
  let part = '';
  let octets = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (octets + size > (parts.length === 0 ? 75 : 74)) {
      parts.push(part);
      part = '';
      octets = 0;
    }
    part += character;
    octets += size;
  }
  return [...parts, part].join('\r\n ');
}

const utc = (date: Date) =>
  date
    .toISOString()
    .replace(/[-:]/g, '')
    .replace(/\.\d{3}/, '');
const japan = (date: Date) => utc(new Date(date.getTime() + 9 * 3600_000)).slice(0, -1);

/** Japan keeps one time all year since 1951. */
const zone = [
  ...['BEGIN:VTIMEZONE', 'TZID:Asia/Tokyo', 'BEGIN:STANDARD', 'DTSTART:19510101T000000'],
  ...['TZOFFSETFROM:+0900', 'TZOFFSETTO:+0900', 'TZNAME:JST', 'END:STANDARD', 'END:VTIMEZONE'],
];

/**
 * The classes as a calendar (iCalendar, RFC 5545), UTF-8, for a calendar program to take in or to subscribe to. `origin`: of the portal, whose host makes
 * the names of the events lasting and its own.
 */
export function calendar(classes: readonly ClassDate[], origin: string, stamp: Date): string {
  const { host } = new URL(origin);
  const events = classes.flatMap((one) => [
    'BEGIN:VEVENT',
    `UID:${one.id}-${japan(one.start)}@${host}`,
    `DTSTAMP:${utc(stamp)}`,
    `DTSTART;TZID=Asia/Tokyo:${japan(one.start)}`,
    `DURATION:PT${one.minutes}M`,
    `SUMMARY:${escaped(one.title.ja)}${one.sample ? '（見本）' : ''}`,
    `LOCATION:${escaped(`${one.place}（${one.address}）`)}`,
    ...(one.telephone === '' ? [] : [`CONTACT:${escaped(one.telephone)}`]),
    `URL:${origin}/classes/${one.id}`,
    'END:VEVENT',
  ]);
  const lines = [
    ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Madoguchi//Classes//JA', 'CALSCALE:GREGORIAN'],
    ...['METHOD:PUBLISH', 'X-WR-CALNAME:オンライン申請の講座', ...zone, ...events, 'END:VCALENDAR'],
  ];
  return `${lines.map(folded).join('\r\n')}\r\n`;
}
