import { readFileSync } from 'node:fs';
import path from 'node:path';
import { contentFile } from './content-files.js';
import type { CsvFault } from './csv-read.js';
import { readShops, type Shop } from './shops.js';

/** The shops of an operator's folder, or the samples where there is none. Faulty rows are left out: {@link checkContent} tells them. */
export function loadShops(folder: string | undefined): Shop[] {
  if (folder === undefined) return readShops(contentFile('shops.csv')).shops;
  try {
    return readShops(readFileSync(path.join(folder, 'shops.csv'), 'utf8')).shops;
  } catch {
    return [];
  }
}

/** What an operator has to put right in a folder of content, file by file; how many shops are good. */
export function checkContent(folder: string): { shops: number; faults: (CsvFault & { file: string })[] } {
  const file = 'shops.csv';
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path.join(folder, file)));
  } catch (error) {
    const message = error instanceof TypeError ? 'is not UTF-8' : 'cannot be read';
    return { shops: 0, faults: [{ file, line: 1, message }] };
  }
  const { shops, faults } = readShops(text);
  return { shops: shops.length, faults: faults.map((fault) => ({ file, ...fault })) };
}
