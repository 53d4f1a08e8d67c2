import type postgres from 'postgres';

/** A table as a backup holds it: the columns that can be written. */
export interface TableInfo {
  readonly schema: string;
  readonly name: string;
  readonly columns: readonly string[];
}

export interface SequenceInfo {
  readonly schema: string;
  readonly name: string;
  /** The last number given; null where none was. */
  readonly last: string | null;
}

/** Every table of the rooms, of the job queue and of this package; not the notes about which migrations ran. */
export async function listTables(sql: postgres.ISql): Promise<TableInfo[]> {
  const rows = await sql<{ schema: string; name: string; columns: string[] }[]>`
    select n.nspname as schema, c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    where c.relkind in ('r', 'p') and c.relpersistence = 'p' and not c.relispartition
      and n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and c.relname <> 'migrations'
    group by 1, 2 order by 1, 2`;
  return [...rows];
}

export async function listSequences(sql: postgres.ISql): Promise<SequenceInfo[]> {
  const rows = await sql<SequenceInfo[]>`
    select schemaname as schema, sequencename as name, last_value::text as last from pg_sequences
    where schemaname !~ '^pg_' order by 1, 2`;
  return [...rows];
}

/** Which migrations have run, by schema: what a backup can be restored with. */
export async function listMigrations(sql: postgres.ISql): Promise<Record<string, Record<string, string>>> {
  const schemas = await sql<{ schema: string }[]>`
    select n.nspname as schema from pg_class c join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attname = 'checksum'
    where c.relname = 'migrations' and c.relkind = 'r'`;
  const found: Record<string, Record<string, string>> = {};
  for (const { schema } of schemas) {
    const rows = await sql<{ name: string; checksum: string }[]>`
      select name, checksum from ${sql(`${schema}.migrations`)} order by name`;
    found[schema] = Object.fromEntries(rows.map((row) => [row.name, row.checksum]));
  }
  return found;
}
