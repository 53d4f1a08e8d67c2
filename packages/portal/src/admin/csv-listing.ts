import { createHash } from 'node:crypto';
import { type CsvFault, readTable } from '../csv-read.js';
import type { Column, Listing, Row, Values } from './listing.js';

export const keyOf = (parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 20);

/** Rows as CSV (RFC 4180), cell by cell as they are; the mark and the guard for spreadsheets come with the download. */
function csvLines(rows: readonly (readonly string[])[]): string {
  const cell = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return rows.map((row) => `${row.map(cell).join(',')}\n`).join('');
}

interface CsvListing {
  columns: readonly Column[];
  shown: readonly string[];
  nameOf(values: Values): string;
  idOf(values: Values): string;
  /** The file's own reader: each of its faults begins with the name of a column. */
  read(text: string, now: Date): CsvFault[];
}

/** A CSV file as a list; its first line is the names of the columns. */
export function csvListing({ columns, shown, nameOf, idOf, read }: CsvListing): Listing {
  const names = columns.map(({ name }) => name);
  const cellsOf = (values: Values) => names.map((name) => values[name] ?? '');
  const rowOf = (cells: readonly string[]): Row => ({
    key: keyOf(cells),
    values: Object.fromEntries(names.map((name, index) => [name, cells[index] ?? ''])),
  });
  const rows = (text: string) => {
    if (text.trim() === '') return [];
    const table = readTable(text, names);
    return table.faults.length > 0 ? undefined : table.rows.map(({ cells }) => rowOf(cells));
  };
  return {
    columns,
    shown,
    rows,
    nameOf,
    idOf,
    write: (text, { key, values }) => {
      const before = rows(text) ?? [];
      const fresh = values === undefined ? [] : [cellsOf(values)];
      const at = key === undefined ? before.length : before.findIndex((row) => row.key === key);
      const cells = before.map((row) => cellsOf(row.values));
      cells.splice(at < 0 ? cells.length : at, key === undefined || at < 0 ? 0 : 1, ...fresh);
      return csvLines([names, ...cells]);
    },
    faults: (values, all, key, now) => {
      const found = read(csvLines([names, cellsOf(values)]), now).map(
        ({ message }) => /^([a-z_]+):/.exec(message)?.[1] ?? names[0] ?? '',
      );
      // A row of nothing but empty cells is none to the reader.
      const missing = columns.filter((column) => column.required && (values[column.name] ?? '') === '');
      const twice = all.find((row) => row.key !== key && idOf(row.values) === idOf(values));
      const first = columns.find(({ required }) => required)?.name ?? '';
      return [
        ...new Set([...missing.map(({ name }) => name), ...found, ...(twice === undefined ? [] : [first])]),
      ];
    },
  };
}
