import { parseCsv } from './csv.js';

/** A file of a municipality as rows by column. */
export type Table<Column extends string> =
  | { readonly ok: true; readonly rows: readonly TableRow<Column>[] }
  | { readonly ok: false; readonly fault: TableFault };

interface TableRow<Column extends string> {
  /** Where it begins, from 1. */
  readonly line: number;
  readonly cells: Readonly<Partial<Record<Column, string>>>;
}

/** What keeps a file from being a table; the rule is without its file's name (`encoding`, `register.encoding`). */
interface TableFault {
  readonly line: number;
  readonly rule: 'encoding' | 'quote' | 'columns' | 'twice-named' | 'cells';
  readonly ja: string;
  readonly en: string;
}

/** Each column with the other heads it is known by. */
export type Heads<Column extends string> = Readonly<Record<Column, readonly string[]>>;

/**
 * The text of a file: UTF-8, or else Windows-31J (what Japanese spreadsheets and older systems call Shift_JIS). Bytes that are neither give undefined, and so does
 * UTF-8 that was cut or damaged: read as Windows-31J it would be other people's names.
 */
export function textOf(bytes: Uint8Array): string | undefined {
  const utf8 = decoded('utf-8', bytes);
  return utf8 ?? (isDamagedUtf8(bytes) ? undefined : decoded('shift_jis', bytes));
}

function decoded(encoding: string, bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Read as UTF-8 all the same, Windows-31J is mostly holes; a damaged file is mostly its text. */
function isDamagedUtf8(bytes: Uint8Array): boolean {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return true;
  let signs = 0;
  let holes = 0;
  for (const sign of new TextDecoder().decode(bytes)) {
    if (sign === '\ufffd') holes += 1;
    else if (sign > '\u2fff') signs += 1;
  }
  return signs >= holes;
}

/** What to do about bytes that are no text; a workbook begins as a ZIP file does. */
export function notText(bytes: Uint8Array): { readonly ja: string; readonly en: string } {
  return Buffer.from(bytes.subarray(0, 4)).toString('latin1') === 'PK\x03\x04'
    ? {
        ja: '表計算ソフトのブックです。「CSV UTF-8」で保存し直してください',
        en: 'This is a workbook of a spreadsheet. Save it as CSV (UTF-8).',
      }
    : {
        ja: 'UTF-8 でも Shift_JIS でもありません。UTF-8 で保存し直してください',
        en: 'The file is neither UTF-8 nor Shift_JIS. Save it as UTF-8.',
      };
}

/** Reads CSV with a line of column names, ours or the field's; columns that nobody asks for are passed over. Never throws. */
export function readTable<Column extends string>(
  text: string,
  heads: Heads<Column>,
  needed: readonly Column[],
): Table<Column> {
  const parsed = parseCsv(text);
  if (!parsed.ok)
    return bad(
      parsed.line,
      'quote',
      '引用符（"）が閉じていません',
      'A quotation mark is not closed or stands alone.',
    );
  const [head, ...body] = parsed.rows;
  const names = head?.cells.map((cell) => columnOf(cell, heads)) ?? [];
  const twice = names.find((name, at) => name !== undefined && names.indexOf(name) !== at);
  if (twice !== undefined)
    return bad(1, 'twice-named', `列「${twice}」が2つあります`, `The column ${twice} is there twice.`);
  const missing = needed.filter((name) => !names.includes(name));
  if (missing.length > 0) {
    const ja = missing.map((name) => [name, heads[name][0]].filter(Boolean).join('・'));
    return bad(
      1,
      'columns',
      `列がありません: ${ja.join('、')}`,
      `Columns are missing: ${missing.join(', ')}.`,
    );
  }
  const wrong = body.find((row) => row.cells.length !== names.length);
  if (wrong !== undefined) {
    const detail = `${names.length} / ${wrong.cells.length}`;
    return bad(
      wrong.line,
      'cells',
      `列の数が見出しと違います（${detail}）`,
      `The number of cells differs from the head (${detail}).`,
    );
  }
  const rows = body.map(({ line, cells }) => {
    const row: Partial<Record<Column, string>> = {};
    for (const [at, name] of names.entries()) if (name !== undefined) row[name] = cells[at] ?? '';
    return { line, cells: row };
  });
  return { ok: true, rows };
}

function columnOf<Column extends string>(cell: string, heads: Heads<Column>): Column | undefined {
  const plain = cell.normalize('NFKC').replace(/\s/g, '');
  const found = (Object.entries(heads) as [Column, readonly string[]][]).find(
    ([name, others]) => name === plain || others.includes(plain),
  );
  return found?.[0];
}

function bad(line: number, rule: TableFault['rule'], ja: string, en: string) {
  return { ok: false as const, fault: { line, rule, ja, en } };
}
