/**
 * Stops the city in the middle of a named step, by PostgreSQL alone: whoever writes to (or reads) a table waits there, inside a transaction that has not been committed.
 * Nothing in the product knows of it.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { openDatabase } from '@madoguchi/store';

/** Where the city shall wait: before it writes a row that `when` describes (SQL over `new`), or before it reads the table at all. */
export type Gate =
  | { readonly before: 'insert' | 'update'; readonly table: string; readonly when?: string }
  | { readonly before: 'read'; readonly table: string };

const key = 20_261_127;

/**
 * Holds the gate while `begin` runs into it, and does `fault` when somebody stands there: the city is gone then, and its PostgreSQL with it. `begin` is given back; what
 * becomes of it is the fault's. {@link removeGate} takes the gate away when the city is there again.
 */
export async function stopAt<T>(
  dir: string,
  gate: Gate,
  begin: () => Promise<T>,
  fault: () => Promise<void>,
): Promise<T | undefined> {
  const holder = await openDatabase({ dataDir: dir, connections: 2 });
  const { sql } = holder;
  let begun: Promise<T | undefined> = Promise.resolve(undefined);
  let ending: Promise<void> | undefined;
  try {
    if (gate.before !== 'read') await sql.unsafe(triggerOf(gate));
    await sql.begin(async (tx) => {
      if (gate.before === 'read') await tx.unsafe(`lock table ${gate.table} in access exclusive mode`);
      else await tx`select pg_advisory_xact_lock(${key})`;
      begun = begin().catch(() => undefined);
      for (;;) {
        const waiting =
          gate.before === 'read'
            ? await tx`select 1 from pg_locks where not granted and relation = ${gate.table}::regclass`
            : await tx`select 1 from pg_locks where not granted and locktype = 'advisory' and objid = ${key}`;
        if (waiting.length > 0) break;
        await pause(20);
      }
      ending = fault();
      await ending;
    });
  } catch (error) {
    // The server that held the gate ends with the city.
    if (ending === undefined) throw error;
  } finally {
    await holder.close().catch(() => undefined);
  }
  await ending;
  return begun;
}

export async function removeGate(dir: string): Promise<void> {
  const database = await openDatabase({ dataDir: dir });
  try {
    await database.sql.unsafe('drop function if exists gate() cascade');
  } finally {
    await database.close();
  }
}

function triggerOf({ before, table, when }: Exclude<Gate, { before: 'read' }>): string {
  return `create function gate() returns trigger language plpgsql as $$
      begin perform pg_advisory_xact_lock_shared(${key}); return new; end $$;
    create trigger gate before ${before} on ${table} for each row
      ${when === undefined ? '' : `when (${when})`} execute function gate()`;
}
