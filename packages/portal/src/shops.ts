import { type CsvFault, readTable } from './csv-read.js';
import { prefectures } from './prefectures.js';

/** Where a card reader can be bought. */
export interface Shop {
  /** True: an invented one, and said to be so. */
  sample: boolean;
  /** Two digits. */
  prefecture: string;
  name: string;
  address: string;
  telephone: string;
  note: string;
}

const columns = ['sample', 'prefecture', 'name', 'address', 'telephone', 'note'];

function rowFault([sample = '', prefecture = '', name = '', address = '', telephone = '']: string[]):
  | string
  | undefined {
  if (sample !== 'yes' && sample !== '') return 'sample: "yes" or nothing';
  if (!prefectures.has(prefecture))
    return `prefecture: no code of a prefecture (01 to 47): ${prefecture.slice(0, 20)}`;
  if (name === '' || name.length > 60) return 'name: 1 to 60 characters';
  if (address === '' || address.length > 120) return 'address: 1 to 120 characters';
  if (!/^(0[0-9-]{8,12})?$/.test(telephone))
    return 'telephone: digits and hyphens beginning with 0, or nothing';
  return undefined;
}

/** Reads an operator's `shops.csv`. Good rows are kept beside faulty ones; each fault names its line and column. */
export function readShops(text: string): { shops: Shop[]; faults: CsvFault[] } {
  const { rows, faults } = readTable(text, columns);
  const seen = new Set<string>();
  const shops = rows.flatMap(({ line, cells }): Shop[] => {
    const [sample, prefecture = '', name = '', address = '', telephone = '', note = ''] = cells;
    const message =
      rowFault(cells) ??
      (note.length > 120 ? 'note: at most 120 characters' : undefined) ??
      (seen.has(`${name} ${address}`) ? `${name} stands here twice` : undefined);
    if (message !== undefined) {
      faults.push({ line, message });
      return [];
    }
    seen.add(`${name} ${address}`);
    return [{ sample: sample === 'yes', prefecture, name, address, telephone, note }];
  });
  return { shops, faults };
}
