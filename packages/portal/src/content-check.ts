import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type ClassDate, readClasses } from './classes/class-list.js';
import { contentFile } from './content-files.js';
import type { CsvFault } from './csv-read.js';
import { readShops, type Shop } from './shops.js';

/** The lists that an operator's folder may hold; what it does not hold is empty; without a folder there are the portal's own samples. */
function ownText(folder: string | undefined, name: string): string {
  if (folder === undefined) return contentFile(name);
  try {
    return readFileSync(path.join(folder, name), 'utf8');
  } catch {
    return '';
  }
}

/** The shops of an operator's folder, or the samples where there is none. Faulty rows are left out: {@link checkContent} tells them. */
export function loadShops(folder: string | undefined): Shop[] {
  return readShops(ownText(folder, 'shops.csv')).shops;
}

/** The classes of an operator's folder, or the samples where there is none; samples may count their days from `now`. */
export function loadClasses(folder: string | undefined, now: Date): ClassDate[] {
  return readClasses(ownText(folder, 'classes.csv'), now).classes;
}

/** What an operator has to put right in a folder of content, file by file; how many rows of each file are good. */
export function checkContent(
  folder: string,
  now: Date,
): { good: Record<string, number>; faults: (CsvFault & { file: string })[] } {
  const good: Record<string, number> = {};
  const faults: (CsvFault & { file: string })[] = [];
  const readers = {
    'shops.csv': (text: string) => {
      const read = readShops(text);
      return { count: read.shops.length, faults: read.faults };
    },
    'classes.csv': (text: string) => {
      const read = readClasses(text, now);
      return { count: read.classes.length, faults: read.faults };
    },
  };
  const present = Object.keys(readers).filter((file) => existsSync(path.join(folder, file)));
  if (present.length === 0)
    return {
      good,
      faults: [{ file: '.', line: 1, message: `holds none of ${Object.keys(readers).join(', ')}` }],
    };
  for (const [file, read] of Object.entries(readers)) {
    if (!present.includes(file)) continue;
    try {
      const text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path.join(folder, file)));
      const found = read(text);
      good[file] = found.count;
      faults.push(...found.faults.map((fault) => ({ file, ...fault })));
    } catch (error) {
      const message = error instanceof TypeError ? 'is not UTF-8' : 'cannot be read';
      faults.push({ file, line: 1, message });
    }
  }
  return { good, faults };
}
