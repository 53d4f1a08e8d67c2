import type { Words } from '@madoguchi/ui';
import { japaneseDay } from '@madoguchi/ui';
import { type CsvFault, readTable } from '../csv-read.js';

/** A notice (お知らせ) on the first page. */
export interface News {
  /** `YYYY-MM-DD`: from when it is shown, in Japan. */
  date: string;
  /** The last day on which it is shown; empty: until it is taken out. */
  until: string;
  title: Words;
  text: Words;
  /** A page of this portal, or empty. */
  link: string;
}

const columns = ['date', 'until', 'title', 'title_easy', 'title_en', 'text', 'text_easy', 'text_en', 'link'];

function isDay(text: string): boolean {
  const date = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined;
  return date !== undefined && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

function rowFault([date = '', until = '', ...rest]: string[]): string | undefined {
  const [title = '', , , text = ''] = rest;
  const link = rest[6] ?? '';
  if (!isDay(date)) return 'date: a day such as 2026-11-27';
  if (until !== '' && (!isDay(until) || until < date)) return 'until: a day not before date, or nothing';
  if (title === '' || rest.slice(0, 3).some((one) => one.length > 60)) return 'title: 1 to 60 characters';
  if (text === '' || rest.slice(3, 6).some((one) => one.length > 400)) return 'text: 1 to 400 characters';
  if (!/^(\/[a-z0-9/.?=&#-]{0,100})?$/.test(link) || link.startsWith('//'))
    return 'link: a page of this portal such as /start, or nothing';
  return undefined;
}

/** Reads `news.csv`, the newest first. Good rows are kept beside faulty ones; each fault names its line and column. */
export function readNews(text: string): { news: News[]; faults: CsvFault[] } {
  const { rows, faults } = readTable(text, columns);
  const news = rows.flatMap(({ line, cells }): News[] => {
    const message = rowFault(cells);
    if (message !== undefined) {
      faults.push({ line, message });
      return [];
    }
    const [date = '', until = '', ...rest] = cells;
    const [
      title = '',
      titleEasy = '',
      titleEnglish = '',
      body = '',
      bodyEasy = '',
      bodyEnglish = '',
      link = '',
    ] = rest;
    const words = (ja: string, jaEasy: string, en: string): Words => ({
      ja,
      jaEasy: jaEasy === '' ? ja : jaEasy,
      en: en === '' ? ja : en,
    });
    return [
      {
        date,
        until,
        title: words(title, titleEasy, titleEnglish),
        text: words(body, bodyEasy, bodyEnglish),
        link,
      },
    ];
  });
  return { news: news.sort((a, b) => (a.date < b.date ? 1 : -1)), faults };
}

/** What is shown today, at most three. */
export function currentNews(news: readonly News[], now: Date): News[] {
  const today = japaneseDay(now);
  return news.filter(({ date, until }) => date <= today && (until === '' || today <= until)).slice(0, 3);
}
