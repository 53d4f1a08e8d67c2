import { calendarFile, calendarMoment, calendarText } from '@madoguchi/ui';
import type { ClassDate } from './class-list.js';

const japan = (date: Date) => calendarMoment(new Date(date.getTime() + 9 * 3600_000)).slice(0, -1);

/** Japan keeps one time all year since 1951. */
const zone = [
  ...['BEGIN:VTIMEZONE', 'TZID:Asia/Tokyo', 'BEGIN:STANDARD', 'DTSTART:19510101T000000'],
  ...['TZOFFSETFROM:+0900', 'TZOFFSETTO:+0900', 'TZNAME:JST', 'END:STANDARD', 'END:VTIMEZONE'],
];

/**
 * The classes as a calendar, for a calendar program to take in or to subscribe to. `origin`: of the portal, whose host makes the names of the events
 * lasting and its own.
 */
export function calendar(classes: readonly ClassDate[], origin: string, stamp: Date): string {
  const { host } = new URL(origin);
  return calendarFile({
    product: 'Classes',
    name: 'オンライン申請の講座',
    head: zone,
    events: classes.map((one) => [
      `UID:${one.id}-${japan(one.start)}@${host}`,
      `DTSTAMP:${calendarMoment(stamp)}`,
      `DTSTART;TZID=Asia/Tokyo:${japan(one.start)}`,
      `DURATION:PT${one.minutes}M`,
      `SUMMARY:${calendarText(one.title.ja)}${one.sample ? '（見本）' : ''}`,
      `LOCATION:${calendarText(`${one.place}（${one.address}）`)}`,
      ...(one.telephone === '' ? [] : [`CONTACT:${calendarText(one.telephone)}`]),
      `URL:${origin}/classes/${one.id}`,
    ]),
  });
}
