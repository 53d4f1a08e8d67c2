/**
 * Rows as CSV (RFC 4180) for spreadsheets: a byte order mark, so that they read Japanese, CRLF, every text in quotation marks. A text that a
 * spreadsheet would take for a formula gets an apostrophe before it, so that it stays text (CSV injection); a number stays a number.
 */
export function csv(rows: readonly (readonly (string | number)[])[]): string {
  return `\uFEFF${rows.map((row) => row.map(cellOf).join(',')).join('\r\n')}\r\n`;
}

function cellOf(value: string | number): string {
  if (typeof value === 'number') return String(value);
  // Blanks before the sign and full-width signs count too: spreadsheets forgive them.
  const safe = /^\s*[=+\-@＝＋－＠|%]|^[\t\r\n]/.test(value) ? `'${value}` : value;
  return `"${safe.replaceAll('"', '""')}"`;
}
