/** iCalendar (RFC 5545): what the calendar files of every room share. */

/** Text as the value of a property (3.3.11). */
export const calendarText = (text: string) =>
  text.replaceAll('\\', '\\\\').replaceAll(';', '\\;').replaceAll(',', '\\,').replaceAll(/\r?\n/g, '\\n');

/** A moment in UTC: `20261122T014100Z` (3.3.5, form 2). */
export const calendarMoment = (date: Date) =>
  date
    .toISOString()
    .replace(/[-:]/g, '')
    .replace(/\.\d{3}/, '');

/** Lines of at most 75 octets, never cut inside a character (3.1). */
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

interface CalendarFile {
  /** Who made it, in one word. */
  product: string;
  /** What calendar programs call it. */
  name: string;
  /** Components before the events, as lines: a time zone. */
  head?: readonly string[];
  /** Of each event its properties, as lines whose texts are `calendarText`. */
  events: readonly (readonly string[])[];
}

/** A file for a calendar program to take in or to subscribe to, UTF-8. */
export function calendarFile({ product, name, head = [], events }: CalendarFile): string {
  const lines = [
    ...['BEGIN:VCALENDAR', 'VERSION:2.0', `PRODID:-//Madoguchi//${product}//JA`, 'CALSCALE:GREGORIAN'],
    ...['METHOD:PUBLISH', `X-WR-CALNAME:${calendarText(name)}`, ...head],
    ...events.flatMap((event) => ['BEGIN:VEVENT', ...event, 'END:VEVENT']),
    'END:VCALENDAR',
  ];
  return `${lines.map(folded).join('\r\n')}\r\n`;
}
