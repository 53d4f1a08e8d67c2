import { performance } from 'node:perf_hooks';
import type { ReceptionOptions } from '../options.js';
import type { RequestRow } from '../requests/queries.js';

/** A case that has arrived, with the request it answers. */
export type ArrivedRow = RequestRow & { number: string; arrivedAt: Date; envelope: Uint8Array };

/** Octets of envelopes that are remembered for one database. */
const most = 32 * 1024 * 1024;

/** What was not asked for by then was opened by another process, or by itself: it is read from the database if ever. */
const mostMs = 10_000;

interface Remembered {
  readonly rows: Map<string, { readonly row: ArrivedRow; readonly at: number }>;
  octets: number;
}
const byDatabase = new WeakMap<object, Remembered>();

/**
 * What has arrived here a moment ago is mostly opened by the same process in the next one: then nothing of it is read again. Only a short cut: what is on
 * disk counts, and whoever opens it asks there whether it still waits. The oldest is forgotten first. `now`: milliseconds of a clock that only goes on.
 */
export function rememberArrived(
  { db, agency }: ReceptionOptions,
  rows: readonly ArrivedRow[],
  now = performance.now(),
): void {
  const kept = byDatabase.get(db.sql) ?? { rows: new Map(), octets: 0 };
  byDatabase.set(db.sql, kept);
  for (const row of rows) {
    kept.rows.set(`${agency.code} ${row.number}`, { row, at: now });
    kept.octets += row.envelope.length;
  }
  for (const [key, { row, at }] of kept.rows) {
    if (kept.octets <= most && now - at < mostMs) return;
    kept.rows.delete(key);
    kept.octets -= row.envelope.length;
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
    const known = kept.rows.get(key);
    if (known === undefined) return [];
    kept.rows.delete(key);
    kept.octets -= known.row.envelope.length;
    return [known.row];
  });
}
