import { parseDay } from '@madoguchi/ui/words';

/**
 * A day as files have it: 1975-04-01, also with unknown parts 00; 19750401; and as people and spreadsheets write it (1975/4/1, 昭和50年4月1日). What is no day
 * comes back as it is, for whoever says so.
 */
export function dayAsWritten(text: string): string {
  const plain = text.normalize('NFKC').trim();
  const compact = /^(\d{4})[-/]?(\d{2})[-/]?(\d{2})$/.exec(plain);
  return compact === null ? (parseDay(plain) ?? text) : compact.slice(1).join('-');
}
