/** A fault of a CSV file, with the line it begins on (from 1). */
export interface CsvFault {
  line: number;
  message: string;
}

export interface CsvRow {
  line: number;
  cells: string[];
}

const mostBytes = 4 * 1024 * 1024;

/** Reads CSV (RFC 4180, a byte order mark and bare LF are allowed) as rows with their lines. Blank lines are left out. */
export function readCsv(text: string): { rows: CsvRow[]; faults: CsvFault[] } {
  if (text.length > mostBytes) return { rows: [], faults: [{ line: 1, message: 'is longer than 4 MB' }] };
  const rows: CsvRow[] = [];
  const faults: CsvFault[] = [];
  let line = 1;
  let begun = 1;
  let cells: string[] = [];
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  const endRow = () => {
    if (cells.some((cell) => cell !== '')) rows.push({ line: begun, cells });
    cells = [];
    begun = line;
  };
  while (at < text.length) {
    let cell: string;
    if (text[at] === '"') {
      const end = closingQuote(text, at + 1);
      if (end < 0) {
        faults.push({ line: begun, message: 'a quotation mark is not closed' });
        return { rows, faults };
      }
      cell = text.slice(at + 1, end).replaceAll('""', '"');
      line += cell.split('\n').length - 1;
      at = end + 1;
    } else {
      const end = endOfCell(text, at);
      cell = text.slice(at, end);
      at = end;
    }
    cells.push(cell.trim());
    const next = text[at];
    if (next === ',') {
      at += 1;
      if (at === text.length) cells.push('');
    } else if (next === '\r' || next === '\n') {
      at += text.startsWith('\r\n', at) ? 2 : 1;
      line += 1;
      endRow();
    } else if (next !== undefined) {
      faults.push({ line, message: 'something stands after a closing quotation mark' });
      return { rows, faults };
    }
  }
  endRow();
  return { rows, faults };
}

function closingQuote(text: string, from: number): number {
  for (let at = from; ; at += 2) {
    at = text.indexOf('"', at);
    if (at < 0 || text[at + 1] !== '"') return at;
  }
}

/** Rows under a first row that has to name these columns in this order. */
export function readTable(text: string, columns: readonly string[]): { rows: CsvRow[]; faults: CsvFault[] } {
  const { rows, faults } = readCsv(text);
  const [head, ...body] = rows;
  if (head === undefined || head.cells.join() !== columns.join())
    return {
      rows: [],
      faults: [...faults, { line: 1, message: `the first line has to be ${columns.join(',')}` }],
    };
  const good = body.filter(({ line, cells }) => {
    if (cells.length === columns.length) return true;
    faults.push({ line, message: `has ${cells.length} columns instead of ${columns.length}` });
    return false;
  });
  return { rows: good, faults };
}

/** Without copying the rest of the file for each cell. */
function endOfCell(text: string, from: number): number {
  let at = from;
  while (at < text.length && text[at] !== ',' && text[at] !== '\r' && text[at] !== '\n') at += 1;
  return at;
}
