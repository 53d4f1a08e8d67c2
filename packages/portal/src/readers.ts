import { contentFile } from './content-files.js';
import { readTable } from './csv-read.js';
import { type Indexed, indexed, ranked } from './ranking.js';

/** A reader that the CCID driver knows. */
export interface Reader {
  maker: string;
  name: string;
  /** USB numbers in hexadecimal, `vendor:product`. */
  usb: string;
}

/** Where the list comes from; said beside it. */
export const readersSource = { driver: 'libccid 1.5.2 (Debian 12)', read: '2026-11-27' };

export const readers: readonly Reader[] = readTable(contentFile('readers.csv'), [
  'maker',
  'name',
  'usb',
]).rows.map(({ cells: [maker = '', name = '', usb = ''] }) => ({ maker, name, usb }));

/** In the order of the alphabet, each once. */
export const makers: readonly string[] = [...new Set(readers.map(({ maker }) => maker))];

const index: readonly { item: Reader; index: Indexed }[] = readers.map((item) => ({
  item,
  index: indexed({
    titles: [item.name, item.name.replaceAll(' ', '')],
    keywords: [item.maker],
    text: [item.usb],
  }),
}));

/** Those of a maker and of that name, the best first; undefined when neither was chosen. */
export function searchReaders(query: string, maker: string | undefined): Reader[] | undefined {
  const known = makers.includes(maker ?? '');
  const chosen = known ? index.filter(({ item }) => item.maker === maker) : index;
  return ranked(chosen, query) ?? (known ? chosen.map(({ item }) => item) : undefined);
}
