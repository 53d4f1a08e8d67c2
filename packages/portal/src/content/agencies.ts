import { type CsvFault, readTable } from '../csv-read.js';

/** An agency that an operator added: where its catalogue lies. */
export interface AddedAgency {
  /** `https://city.example/a/99201/catalogue.json` */
  catalogue: string;
  /** For the operators. */
  note: string;
}

const agencyColumns = ['catalogue', 'note'];
const most = 200;

/** Only by TLS, or on this machine, where a demo runs. */
function isCatalogueAddress(text: string): boolean {
  if (text.length > 300 || !URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  if (username !== '' || password !== '') return false;
  return protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', 'localhost'].includes(hostname));
}

/** Reads an operator's `agencies.csv`. Good rows are kept beside faulty ones; each fault names its line and column. */
export function readAgencies(text: string): { agencies: AddedAgency[]; faults: CsvFault[] } {
  const { rows, faults } = readTable(text, agencyColumns);
  const seen = new Set<string>();
  const agencies = rows.flatMap(({ line, cells }): AddedAgency[] => {
    const [catalogue = '', note = ''] = cells;
    const message = !isCatalogueAddress(catalogue)
      ? 'catalogue: an https address of a catalogue.json'
      : note.length > 120
        ? 'note: at most 120 characters'
        : seen.has(catalogue)
          ? 'catalogue: stands here twice'
          : seen.size >= most
            ? `catalogue: at most ${most} agencies`
            : undefined;
    if (message !== undefined) {
      faults.push({ line, message });
      return [];
    }
    seen.add(catalogue);
    return [{ catalogue, note }];
  });
  return { agencies, faults };
}
