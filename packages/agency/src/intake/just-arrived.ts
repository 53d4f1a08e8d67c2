import type { ReceptionOptions } from '../options.js';
import type { RequestRow } from '../requests/queries.js';

/** A case that has arrived, with the request it answers. */
export type ArrivedRow = RequestRow & { number: string; arrivedAt: Date; envelope: Uint8Array };

/** Octets of envelopes that are remembered for one database. */
const most = 32 * 1024 * 1024;

interface Remembered {
  readonly rows: Map<string, ArrivedRow>;
  octets: number;
}
const byDatabase = new WeakMap<object, Remembered>();

/**
 * What has arrived here a moment ago is mostly opened by the same process in the next one: then nothing of it is read again. Only a short cut: what is on
 * disk counts, and whoever opens it asks there whether it still waits. The oldest is forgotten first.
 */
export function rememberArrived({ db, agency }: ReceptionOptions, rows: readonly ArrivedRow[]): void {
  const kept = byDatabase.get(db.sql) ?? { rows: new Map(), octets: 0 };
  byDatabase.set(db.sql, kept);
  for (const row of rows) {
    kept.rows.set(`${agency.code} ${row.number}`, row);
    kept.octets += row.envelope.length;
  }
  for (const [key, { envelope }] of kept.rows) {
    if (kept.octets <= most) return;
    kept.rows.delete(key);
    kept.octets -= envelope.length;
  }
}

/** Gives out, once, what is remembered of these receipt numbers. */
export function takeRemembered(
  { db, agency }: ReceptionOptions,
  receiptNumbers: readonly string[],
): ArrivedRow[] {
  const kept = byDatabase.get(db.sql);
  if (kept === undefined) return [];
  return receiptNumbers.flatMap((number) => {
    const key = `${agency.code} ${number}`;
    const row = kept.rows.get(key);
    if (row === undefined) return [];
    kept.rows.delete(key);
    kept.octets -= row.envelope.length;
    return [row];
  });
}
