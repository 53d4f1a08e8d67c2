/** A row of a CSV file, with the line (from 1) on which it begins. */
interface CsvRow {
  readonly line: number;
  readonly cells: readonly string[];
}

export type CsvResult =
  | { readonly ok: true; readonly rows: readonly CsvRow[] }
  | { readonly ok: false; readonly rule: 'csv.quote'; readonly line: number };

/**
 * Comma separated values as RFC 4180 has them: quoted cells may hold commas, line ends and doubled quotes; LF or CRLF; a byte order mark
 * and empty lines are passed over. A quote that is never closed, or stands in the middle of a bare cell, is a fault with its line.
 */
export function parseCsv(text: string): CsvResult {
  const rows: CsvRow[] = [];
  let at = text.startsWith('\ufeff') ? 1 : 0;
  let line = 1;
  while (at < text.length) {
    const begins = line;
    const cells: string[] = [];
    for (;;) {
      let cell = '';
      if (text[at] === '"') {
        const opened = line;
        at += 1;
        for (;;) {
          const end = text.indexOf('"', at);
          if (end < 0) return { ok: false, rule: 'csv.quote', line: opened };
          const part = text.slice(at, end);
          line += count(part);
          cell += part;
          at = end + 1;
          if (text[at] !== '"') break;
          cell += '"';
          at += 1;
        }
        if (at < text.length && !/[,\r\n]/.test(text[at] ?? ''))
          return { ok: false, rule: 'csv.quote', line };
      } else {
        const end = nextOf(text, at);
        cell = text.slice(at, end);
        if (cell.includes('"')) return { ok: false, rule: 'csv.quote', line };
        at = end;
      }
      cells.push(cell);
      if (text[at] !== ',') break;
      at += 1;
    }
    if (text[at] === '\r') at += 1;
    if (text[at] === '\n') at += 1;
    line += 1;
    if (cells.length > 1 || cells[0] !== '') rows.push({ line: begins, cells });
  }
  return { ok: true, rows };
}

function nextOf(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    const sign = text[at];
    if (sign === ',' || sign === '\n' || sign === '\r') return at;
  }
  return text.length;
}

function count(part: string): number {
  let lines = 0;
  for (const sign of part) if (sign === '\n') lines += 1;
  return lines;
}
