import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type postgres from 'postgres';
import { StoreError } from './error.js';
import { lockKey } from './lock.js';

/** The schema of a room and the folder with its `NNNN_name.sql` files. */
export interface Migrations {
  readonly schema: string;
  readonly folder: URL;
  /** What is mended, or refused in words, before a file runs, by the file's name; in the file's transaction. What it throws reaches the caller. */
  readonly before?: Readonly<Record<string, (sql: postgres.Sql) => Promise<void>>>;
}

/** For a backup of an older version: only the files that had run then. */
interface SomeMigrations extends Migrations {
  readonly only?: readonly string[];
}

/**
 * Brings a room's schema up to date. Each file runs once, in the order of names, in a transaction of its own, with
 * `search_path` set to the schema. Several processes may call it at once. Files already run must not change; a newer
 * version's files are left alone, so that the old version keeps running while the new one starts.
 */
export async function migrate(sql: postgres.Sql, migrations: SomeMigrations): Promise<void> {
  const { schema, folder, only } = migrations;
  if (!/^[a-z][a-z0-9_]{0,40}$/.test(schema)) throw new TypeError(`not a schema name: ${schema}`);
  const all = await readMigrations(folder);
  const files = only === undefined ? all : all.filter((file) => only.includes(file.name));
  if (await isUpToDate(sql, schema, files)) return;
  const connection = await sql.reserve();
  const key = lockKey(`migrate:${schema}`);
  try {
    await connection`select pg_advisory_lock(${key}::bigint)`;
    try {
      await connection.unsafe(
        `create schema if not exists ${schema};
         create table if not exists ${schema}.migrations (
           name text primary key, checksum text not null, applied_at timestamptz not null default now())`,
      );
      const applied = await readApplied(connection, schema);
      for (const file of files) {
        const before = applied.get(file.name);
        if (before === undefined) await apply(connection, migrations, file);
        else if (before !== file.checksum) throw changed(schema, file.name);
      }
    } finally {
      await connection`select pg_advisory_unlock(${key}::bigint)`;
    }
  } finally {
    connection.release();
  }
}

interface MigrationFile {
  readonly name: string;
  readonly text: string;
  readonly checksum: string;
}

export async function readMigrations(folder: URL): Promise<MigrationFile[]> {
  const dir = fileURLToPath(folder);
  const names = (await readdir(dir)).filter((name) => name.endsWith('.sql')).sort();
  return Promise.all(
    names.map(async (name) => {
      if (!/^\d{4}_[a-z0-9_-]+\.sql$/.test(name)) {
        throw new StoreError('migration.name', {
          ja: `移行ファイルの名前は 0001_name.sql の形です: ${name}`,
          jaEasy: `ファイルの {名前|なまえ}が ちがいます: ${name}`,
          en: `A migration file is named like 0001_name.sql: ${name}`,
        });
      }
      // A checkout on Windows may have changed the line ends; that is not a change of the migration.
      const text = (await readFile(path.join(dir, name), 'utf8')).replaceAll('\r\n', '\n');
      return { name, text, checksum: createHash('sha256').update(text).digest('hex') };
    }),
  );
}

async function isUpToDate(sql: postgres.Sql, schema: string, files: MigrationFile[]): Promise<boolean> {
  const [row] = await sql`select to_regclass(${`${schema}.migrations`}) is not null as there`;
  if (!row?.there) return false;
  const applied = await readApplied(sql, schema);
  return files.every((file) => applied.get(file.name) === file.checksum);
}

async function readApplied(sql: postgres.Sql, schema: string): Promise<Map<string, string>> {
  const rows = await sql<{ name: string; checksum: string }[]>`
    select name, checksum from ${sql(`${schema}.migrations`)}`;
  return new Map(rows.map((row) => [row.name, row.checksum]));
}

async function apply(
  connection: postgres.ReservedSql,
  { schema, before = {} }: Migrations,
  file: MigrationFile,
): Promise<void> {
  try {
    await connection.unsafe(`begin; set local search_path to ${schema}`);
    await before[file.name]?.(connection);
    await connection.unsafe(file.text);
    await connection`insert into ${connection(`${schema}.migrations`)} ${connection({ name: file.name, checksum: file.checksum })}`;
    await connection.unsafe('commit');
  } catch (cause) {
    await connection.unsafe('rollback').catch(() => undefined);
    if (cause instanceof Error && 'words' in cause) throw cause;
    throw new StoreError(
      'migration.failed',
      {
        ja: `データベースの移行 ${schema}/${file.name} に失敗しました。データは前のままです。`,
        jaEasy: `データベースの じゅんびに しっぱいしました（${schema}/${file.name}）。データは そのままです。`,
        en: `The migration ${schema}/${file.name} failed: ${message(cause)}. The data is as before.`,
      },
      { cause },
    );
  }
}

function message(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

function changed(schema: string, name: string): StoreError {
  return new StoreError('migration.changed', {
    ja: `移行ファイル ${schema}/${name} が、実行したあとに変わっています。元に戻し、変更は新しいファイルで行ってください。`,
    jaEasy: `ファイル ${schema}/${name} が かわっています。もとに もどしてください。`,
    en: `The migration ${schema}/${name} was changed after it had run. Put it back and make the change in a new file.`,
  });
}
