import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type ClassDate, readClasses } from '../classes/class-list.js';
import { contentFile } from '../content-files.js';
import type { CsvFault } from '../csv-read.js';
import { type Questions, readQuestions } from '../questions.js';
import { readShops, type Shop } from '../shops.js';
import { type AddedAgency, readAgencies } from './agencies.js';
import { type News, readNews } from './news.js';

/** What an operator may change, in the order of the admin page. */
export const editable = ['news.csv', 'questions.json', 'shops.csv', 'classes.csv', 'agencies.csv'] as const;
export type EditableFile = (typeof editable)[number];

export type Texts = Readonly<Record<EditableFile, string>>;

/** Everything the pages show that an operator may change. */
export interface Content {
  news: readonly News[];
  questions: Questions;
  shops: readonly Shop[];
  classes: readonly ClassDate[];
  /** Beside those of the configuration. */
  agencies: readonly AddedAgency[];
}

type Read<T> = { value: T; rows: number; faults: CsvFault[] };

const list = <T>(value: T[], faults: CsvFault[]): Read<T[]> => ({ value, rows: value.length, faults });

const readers = {
  'news.csv': (text: string) => {
    const { news, faults } = readNews(text);
    return list(news, faults);
  },
  'questions.json': (text: string) => {
    const { questions, faults } = readQuestions(text);
    return { value: questions, rows: questions.all.length, faults };
  },
  'shops.csv': (text: string) => {
    const { shops, faults } = readShops(text);
    return list(shops, faults);
  },
  'classes.csv': (text: string, now: Date) => {
    const { classes, faults } = readClasses(text, now);
    return list(classes, faults);
  },
  'agencies.csv': (text: string) => {
    const { agencies, faults } = readAgencies(text);
    return list(agencies, faults);
  },
} satisfies Record<EditableFile, (text: string, now: Date) => Read<unknown>>;

/** What is wrong with the text of a file, and how many of its rows are good. */
export function checkFile(file: EditableFile, text: string, now: Date): { rows: number; faults: CsvFault[] } {
  const { rows, faults } = readers[file](text, now);
  return { rows, faults };
}

/** The texts as they come with the portal, or from an operator's folder: a list that the folder lacks is empty, the questions are the portal's own. */
export function textsOf(folder: string | undefined): Texts {
  const text = (file: EditableFile): string => {
    if (folder === undefined) return contentFile(file);
    const own = path.join(folder, file);
    if (existsSync(own)) return readFileSync(own, 'utf8');
    return file === 'questions.json' ? contentFile(file) : '';
  };
  return {
    'news.csv': text('news.csv'),
    'questions.json': text('questions.json'),
    'shops.csv': text('shops.csv'),
    'classes.csv': text('classes.csv'),
    'agencies.csv': text('agencies.csv'),
  };
}

/**
 * Reads texts as content, and keeps what it has read: only a changed text is read again, and classes once a day, whose samples stay ahead of today.
 * Faulty rows are left out.
 */
export function contentReader(): (texts: Texts, now: Date) => Content {
  const kept = new Map<string, { key: string; value: unknown }>();
  const once = <T>(slot: string, key: string, make: () => T): T => {
    const before = kept.get(slot);
    if (before?.key === key) return before.value as T;
    const value = make();
    kept.set(slot, { key, value });
    return value;
  };
  return (texts, now) => {
    const news = texts['news.csv'];
    const questions = texts['questions.json'];
    const shops = texts['shops.csv'];
    const classes = texts['classes.csv'];
    const agencies = texts['agencies.csv'];
    const today = now.toISOString().slice(0, 10);
    return {
      news: once('news', news, () => readers['news.csv'](news).value),
      questions: once('questions', questions, () => readers['questions.json'](questions).value),
      shops: once('shops', shops, () => readers['shops.csv'](shops).value),
      classes: once('classes', `${today} ${classes}`, () => readers['classes.csv'](classes, now).value),
      agencies: once('agencies', agencies, () => readers['agencies.csv'](agencies).value),
    };
  };
}
