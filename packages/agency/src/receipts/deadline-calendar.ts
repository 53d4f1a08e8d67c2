import { calendarFile, calendarMoment, calendarText } from '@madoguchi/ui';

interface Deadline {
  /** `YYYY-MM-DD`, the last day. */
  day: string;
  receiptNumber: string;
  /** What is due, in the reader's words. */
  title: string;
  /** Of the receipt's page. */
  url: string;
}

/** The last day for a correction as an event of that whole day. No name and nothing of what was written stands in it. */
export function deadlineCalendar({ day, receiptNumber, title, url }: Deadline, stamp: Date): string {
  return calendarFile({
    product: 'Deadline',
    name: title,
    events: [
      [
        `UID:${receiptNumber}-${day}@${new URL(url).host}`,
        `DTSTAMP:${calendarMoment(stamp)}`,
        `DTSTART;VALUE=DATE:${day.replaceAll('-', '')}`,
        `SUMMARY:${calendarText(`${title} ${receiptNumber}`)}`,
        `URL:${url}`,
        'TRANSP:TRANSPARENT',
      ],
    ],
  });
}
