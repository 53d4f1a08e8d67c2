import {
  type Cells,
  type Column,
  columnHeads,
  columns,
  neededColumns,
  type RegisterFault,
  type RegisterRecord,
  readRecord,
} from './record.js';
import { notText, readTable, textOf } from './table.js';

export type RegisterRead =
  | { readonly ok: true; readonly records: readonly RegisterRecord[] }
  | { readonly ok: false; readonly faults: readonly RegisterFault[] };

const largest = 64 * 1024 * 1024;
const mostFaults = 100;

/**
 * Reads a register: JSON (an array of objects) where it begins with `[`, else CSV with a line of column names, ours or the field's
 * (`columnHeads`). UTF-8 or Windows-31J. All faults come back, up to a hundred, each with its line (in JSON: the person's place in the
 * array, from 1). Never throws.
 */
export function readRegister(bytes: Uint8Array): RegisterRead {
  if (bytes.length > largest)
    return one(1, 'register.size', '64 MiB', 'The file is larger than 64 MiB. Split it.');
  const text = textOf(bytes);
  if (text === undefined) {
    const { ja, en } = notText(bytes);
    return one(1, 'register.encoding', ja, en);
  }
  const rows = text.trimStart().startsWith('[') ? jsonRows(text) : csvRows(text);
  if ('ok' in rows) return rows;
  const faults: RegisterFault[] = [];
  const records: RegisterRecord[] = [];
  const lines = new Map<string, number>();
  for (const { line, cells } of rows) {
    if (faults.length >= mostFaults) break;
    const read = readRecord(line, cells);
    if (Array.isArray(read)) {
      faults.push(...read);
      continue;
    }
    const record = read as RegisterRecord;
    const key = `${record.municipality} ${record.number}`;
    const before = lines.get(key);
    if (before !== undefined) {
      faults.push({
        line,
        field: 'number',
        rule: 'register.twice',
        words: {
          ja: `宛名番号「${record.number}」は ${before} 行目にもあります。`,
          jaEasy: `{番号|ばんごう}「${record.number}」が 2{回|かい} あります。`,
          en: `The number "${record.number}" stands on line ${before} too.`,
        },
      });
    }
    lines.set(key, line);
    records.push(record);
  }
  if (faults.length > 0) return { ok: false, faults };
  if (records.length === 0)
    return one(1, 'register.empty', '住民が1人もいません', 'There is nobody in the file.');
  return { ok: true, records };
}

type Rows = readonly { readonly line: number; readonly cells: Cells }[];

function csvRows(text: string): Rows | RegisterRead {
  const table = readTable<Column>(text, columnHeads, neededColumns);
  if (table.ok) return table.rows;
  const { line, rule, ja, en } = table.fault;
  return one(line, `register.${rule}`, ja, en);
}

function jsonRows(text: string): Rows | RegisterRead {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    return one(1, 'register.json', 'JSON として読めません', 'This cannot be read as JSON.');
  }
  if (!Array.isArray(parsed)) return one(1, 'register.json', '配列ではありません', 'This is not an array.');
  return parsed.map((each: unknown, index) => ({
    line: index + 1,
    cells: pick((name) => {
      const value = typeof each === 'object' && each !== null ? Reflect.get(each, name) : undefined;
      return typeof value === 'string' ? value : undefined;
    }),
  }));
}

function pick(of: (name: Column) => string | undefined): Cells {
  const cells: Partial<Record<Column, string>> = {};
  for (const name of columns) {
    const value = of(name);
    if (value !== undefined) cells[name] = value;
  }
  return cells;
}

function one(line: number, rule: string, ja: string, en: string): RegisterRead {
  return { ok: false, faults: [{ line, rule, words: { ja: `${ja}。`, jaEasy: `${ja}。`, en } }] };
}
