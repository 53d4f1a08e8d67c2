import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { checkFile, editable } from './content/content.js';
import type { CsvFault } from './csv-read.js';

/** What an operator has to put right in a folder of content, file by file; how many rows of each file are good. */
export function checkContent(
  folder: string,
  now: Date,
): { good: Record<string, number>; faults: (CsvFault & { file: string })[] } {
  const good: Record<string, number> = {};
  const faults: (CsvFault & { file: string })[] = [];
  const present = editable.filter((file) => existsSync(path.join(folder, file)));
  if (present.length === 0)
    return { good, faults: [{ file: '.', line: 1, message: `holds none of ${editable.join(', ')}` }] };
  for (const file of present) {
    try {
      const text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path.join(folder, file)));
      const found = checkFile(file, text, now);
      good[file] = found.rows;
      faults.push(...found.faults.map((fault) => ({ file, ...fault })));
    } catch (error) {
      const message = error instanceof TypeError ? 'is not UTF-8' : 'cannot be read';
      faults.push({ file, line: 1, message });
    }
  }
  return { good, faults };
}
