/** CSV (RFC 4180) for spreadsheets: UTF-8 with a byte order mark, CRLF, every cell quoted. */
export function csv(rows: readonly (readonly string[])[]): Uint8Array {
  const lines = rows.map((cells) => cells.map((cell) => `"${guard(cell).replaceAll('"', '""')}"`).join(','));
  return Buffer.from(`\ufeff${lines.join('\r\n')}\r\n`);
}

/**
 * A cell that a spreadsheet would take for a formula gets an apostrophe before it, so that it stays text (CSV injection). Blanks before the sign and
 * full-width signs count too: spreadsheets forgive them.
 */
function guard(cell: string): string {
  return /^\s*[=+\-@＝＋－＠|%]|^[\t\r\n]/.test(cell) ? `'${cell}` : cell;
}
