import { readFileSync, statSync } from 'node:fs';
import { type Register, registers, type Words } from '@madoguchi/ui';
import { z } from 'zod';
import { contentFile } from './content-files.js';
import { leaflets } from './leaflets/list.js';

export interface PrintedFile {
  /** Under `content/`, and its address under `/`. */
  name: string;
  title: Words;
  note: Words;
  /** In which words it is written. */
  register: Register;
  bytes: number;
  /** When it was made: YYYY-MM-DD. */
  day: string;
  pages: number;
  /** Of a leaflet: what its words were (`leafletDigest`). */
  words?: string | undefined;
}

const at = (name: string) => new URL(`../content/${name}`, import.meta.url);

const list: readonly Pick<PrintedFile, 'name' | 'title' | 'note' | 'register'>[] = [
  {
    name: 'manual.pdf',
    register: 'ja',
    title: { ja: '利用者マニュアル', jaEasy: '{使|つか}いかたの {本|ほん}', en: 'Manual (利用者マニュアル)' },
    note: {
      ja: 'はじめの一歩から受付まで、15の手続を画面の絵で説明します。',
      jaEasy: 'はじめから おわりまで、{絵|え}で {見|み}せます。',
      en: 'From the first step to the receipt, fifteen procedures in pictures of the screen.',
    },
  },
];

/** The file of a leaflet in one register. */
export const leafletFile = (id: string, register: Register): string =>
  `leaflet-${id}-${{ ja: 'ja', jaEasy: 'easy', en: 'en' }[register]}.pdf`;

const madeSchema = z.record(
  z.string(),
  z.strictObject({ day: z.iso.date(), pages: z.int().min(1), words: z.string().optional() }),
);

/** The printed matter (PDF) that `npm run manual` makes, with what it wrote about it (`printed.json`); what is not there is not offered. */
export const printedFiles: readonly PrintedFile[] = (() => {
  const made = madeSchema.parse(JSON.parse(contentFile('printed.json')));
  const sheets = leaflets.flatMap(({ id, title, note }) =>
    registers.map((register) => ({ name: leafletFile(id, register), title, note, register })),
  );
  return [...list, ...sheets].flatMap((file) => {
    const bytes = statSync(at(file.name), { throwIfNoEntry: false })?.size;
    const about = made[file.name];
    return bytes === undefined || about === undefined ? [] : [{ ...file, bytes, ...about }];
  });
})();

/** The bytes of one of them, by its name alone. */
export function printedFile(name: string): Uint8Array | undefined {
  return printedFiles.some((file) => file.name === name) ? new Uint8Array(readFileSync(at(name))) : undefined;
}
