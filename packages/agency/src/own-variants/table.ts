import type { Sql } from '@madoguchi/store';
import { type Variants, variantsOf } from '../matching/index.js';
import type { VariantTable } from '../verification/trust.js';
import { rowsInForce } from './rows.js';

/** A table that officers add to: `reload` brings what they changed. */
export interface OwnVariantTable extends VariantTable {
  reload(): Promise<void>;
  /** How many rows there are without those of the desk. */
  readonly given: number;
}

/** Another process may serve the desk: what was changed there counts here after so long. */
const STALE_MS = 30_000;

/**
 * The table of an agency: the one given, and after it the rows that officers put in force at the desk. Read at the beginning and after a change; a look at
 * an application never waits for it.
 */
export async function openVariantTable(
  { sql, agency }: { sql: Sql; agency: string },
  given: Variants,
): Promise<OwnVariantTable> {
  let current = given;
  let readAt = 0;
  const reload = async () => {
    readAt = performance.now();
    const rows = await rowsInForce(sql, agency);
    current = rows.length === 0 ? given : variantsOf([...given.rows, ...rows]);
  };
  await reload();
  return {
    reload,
    given: given.rows.length,
    current() {
      // Without a database the table of before counts on; the next look asks again.
      if (performance.now() - readAt > STALE_MS) void reload().catch(() => undefined);
      return current;
    },
  };
}
