import { parseCsv } from './csv.js';
import {
  type Cells,
  columns,
  neededColumns,
  type RegisterFault,
  type RegisterRecord,
  readRecord,
} from './record.js';

export type RegisterRead =
  | { readonly ok: true; readonly records: readonly RegisterRecord[] }
  | { readonly ok: false; readonly faults: readonly RegisterFault[] };

const largest = 64 * 1024 * 1024;
const mostFaults = 100;

/**
 * Reads a register: JSON (an array of objects) where it begins with `[`, else CSV with a line of column names. UTF-8. All faults come
 * back, up to a hundred, each with its line (in JSON: the person's place in the array, from 1). Never throws.
 */
export function readRegister(bytes: Uint8Array): RegisterRead {
  if (bytes.length > largest)
    return one(1, 'register.size', '64 MiB', 'The file is larger than 64 MiB. Split it.');
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return one(
      1,
      'register.encoding',
      'UTF-8 で保存し直してください',
      'The file is not UTF-8. Save it as UTF-8.',
    );
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
  const parsed = parseCsv(text);
  if (!parsed.ok) {
    return one(
      parsed.line,
      parsed.rule,
      '引用符（"）が閉じていません',
      'A quotation mark is not closed or stands alone.',
    );
  }
  const [head, ...body] = parsed.rows;
  const names = head?.cells.map((cell) => cell.trim()) ?? [];
  const missing = neededColumns.filter((name) => !names.includes(name));
  if (missing.length > 0) {
    return one(
      1,
      'register.columns',
      `列がありません: ${missing.join('、')}`,
      `Columns are missing: ${missing.join(', ')}.`,
    );
  }
  const wrong = body.find((row) => row.cells.length !== names.length);
  if (wrong !== undefined) {
    const detail = `${names.length} / ${wrong.cells.length}`;
    return one(
      wrong.line,
      'register.cells',
      `列の数が見出しと違います（${detail}）`,
      `The number of cells differs from the head (${detail}).`,
    );
  }
  return body.map(({ line, cells }) => ({ line, cells: pick((name) => cells[names.indexOf(name)]) }));
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

function pick(of: (name: (typeof columns)[number]) => string | undefined): Cells {
  const cells: Partial<Record<(typeof columns)[number], string>> = {};
  for (const name of columns) {
    const value = of(name);
    if (value !== undefined) cells[name] = value;
  }
  return cells;
}

function one(line: number, rule: string, ja: string, en: string): RegisterRead {
  return { ok: false, faults: [{ line, rule, words: { ja: `${ja}。`, jaEasy: `${ja}。`, en } }] };
}
