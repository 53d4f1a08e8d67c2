import { createHash } from 'node:crypto';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type postgres from 'postgres';
import { type Database, openDatabase } from '../database.js';
import { StoreError } from '../error.js';
import { type Migrations, migrate, readMigrations } from '../migrate.js';
import type { BackupManifest } from './backup.js';
import { digestible, readTar, type TarEntry } from './tar.js';

/** What came back, and as of when the backup was made. */
export interface RestoreSummary {
  readonly at: Date;
  readonly rows: number;
  readonly files: number;
}

/**
 * Restores a backup into an empty folder: files, then the database in one transaction, checked against the counts and the digest at the
 * end of the backup before it is committed. Throws StoreError: a folder that is not empty, a file that is no backup or was cut short, a
 * backup of a newer version. After a failure the folder is empty again.
 */
export async function restoreBackup(input: {
  from: Readable;
  dir: string;
  databaseUrl?: string;
  /** The rooms whose tables the backup may hold. */
  migrations: readonly Migrations[];
}): Promise<RestoreSummary> {
  const { dir } = input;
  await mkdir(dir, { recursive: true, mode: 0o700 });
  if ((await readdir(dir)).length > 0) throw notEmpty(dir);
  try {
    return await restore(input);
  } catch (error) {
    for (const name of await readdir(dir)) await rm(path.join(dir, name), { recursive: true, force: true });
    throw error instanceof StoreError ? error : notABackup(error);
  }
}

async function restore(input: Parameters<typeof restoreBackup>[0]): Promise<RestoreSummary> {
  const digest = createHash('sha256');
  const archive = hashedEntries(input.from, digest);
  const manifest = await readManifest(archive);
  let files = 0;
  let next = await archive.next();
  for (; !next.done && next.value.name.startsWith('files/'); next = await archive.next()) {
    await writeOne(input.dir, next.value);
    files++;
  }
  const database = await openDatabase({
    dataDir: input.dir,
    ...(input.databaseUrl === undefined ? {} : { databaseUrl: input.databaseUrl }),
  });
  try {
    await prepareTables(database, manifest, input.migrations);
    const rows = await database.sql.begin((tx) => fill(tx, { first: next, archive, digest }));
    return { at: new Date(manifest.at), rows, files };
  } finally {
    await database.close();
  }
}

/** The entries, each hashed as it stands in the archive but for the last, which holds the digest. */
async function* hashedEntries(
  from: Readable,
  digest: ReturnType<typeof createHash>,
): AsyncGenerator<TarEntry> {
  const gunzip = createGunzip();
  // What breaks on the way breaks the reading of it.
  pipeline(from, gunzip).catch(() => undefined);
  for await (const entry of readTar(gunzip)) {
    if (entry.name !== 'end.json') for (const part of digestible(entry)) digest.update(part);
    yield entry;
  }
}

async function readManifest(archive: AsyncGenerator<TarEntry>): Promise<BackupManifest> {
  const first = await archive.next();
  if (first.done || first.value.name !== 'backup.json') throw new Error('it does not begin as a backup');
  const manifest = JSON.parse(Buffer.from(first.value.bytes).toString('utf8')) as BackupManifest;
  if (manifest.format !== 1) throw newerVersion('its format');
  return manifest;
}

async function writeOne(dir: string, { name, bytes }: TarEntry): Promise<void> {
  const file = path.join(dir, ...name.slice('files/'.length).split('/'));
  const below = path.relative(dir, file);
  if (below.startsWith('..') || path.isAbsolute(below) || below === '')
    throw new Error('a file outside the folder');
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  await writeFile(file, bytes, { mode: 0o600, flag: 'wx' });
}

/** Makes the tables as they were: the migrations that had run then, no later one. The next start brings them up to date. */
async function prepareTables(
  { sql }: Database,
  manifest: BackupManifest,
  rooms: readonly Migrations[],
): Promise<void> {
  const [there] =
    await sql`select 1 from pg_namespace where nspname = any(${rooms.map((room) => room.schema)})`;
  if (there !== undefined) throw databaseInUse();
  for (const [schema, ran] of Object.entries(manifest.migrations)) {
    const room = rooms.find((one) => one.schema === schema);
    if (room === undefined) {
      if (schema === 'store') continue;
      throw newerVersion(schema);
    }
    const known = new Map((await readMigrations(room.folder)).map((file) => [file.name, file.checksum]));
    const foreign = Object.entries(ran).find(([name, checksum]) => known.get(name) !== checksum);
    if (foreign !== undefined) throw newerVersion(`${schema}/${foreign[0]}`);
    await migrate(sql, { ...room, only: Object.keys(ran) });
  }
}

interface Rest {
  readonly first: IteratorResult<TarEntry>;
  readonly archive: AsyncGenerator<TarEntry>;
  readonly digest: ReturnType<typeof createHash>;
}

async function fill(tx: postgres.TransactionSql, { first, archive, digest }: Rest): Promise<number> {
  // Rows come table by table: what refers to a later one, and the triggers that watch over changes, must wait.
  await tx.unsafe('set local session_replication_role = replica').catch(() => {
    throw notSuperuser();
  });
  const counts: Record<string, number> = {};
  let columns: string[] = [];
  for (let next = first; !next.done; next = await archive.next()) {
    const { name, bytes } = next.value;
    const [, table, part] = /^tables\/([a-z_]+\.[a-z_]+)\/(.+)$/.exec(name) ?? [];
    const text = () => Buffer.from(bytes).toString('utf8');
    if (table !== undefined && part === 'columns.json') {
      columns = JSON.parse(text()) as string[];
      if (!columns.every((column) => /^[a-z_][a-z0-9_]*$/.test(column))) throw new Error('a strange column');
      counts[table] = 0;
      await tx.unsafe(`truncate ${quoted(table)} cascade`);
    } else if (table !== undefined) {
      counts[table] = (counts[table] ?? 0) + (await insertRows(tx, table, columns, bytes));
    } else if (name === 'sequences.json') {
      for (const { schema, name: sequence, last } of JSON.parse(text()) as {
        schema: string;
        name: string;
        last: string | null;
      }[]) {
        if (last !== null) await tx`select setval(${`${schema}.${sequence}`}::regclass, ${last}::bigint)`;
      }
    } else if (name === 'end.json') {
      const end = JSON.parse(text()) as { rows: Record<string, number>; sha256: string };
      const sameRows = Object.entries(end.rows).every(([of, count]) => counts[of] === count);
      if (!sameRows || end.sha256 !== digest.digest('hex')) throw new Error('it is damaged');
      return Object.values(counts).reduce((sum, count) => sum + count, 0);
    }
  }
  throw new Error('the file ends too early');
}

const quoted = (table: string) =>
  table
    .split('.')
    .map((part) => `"${part}"`)
    .join('.');

/** A row a line, as `row_to_json` wrote it: the database reads its own form, whatever the types. */
async function insertRows(
  tx: postgres.TransactionSql,
  table: string,
  columns: readonly string[],
  bytes: Uint8Array,
): Promise<number> {
  const list = columns.map((column) => `"${column}"`).join(', ');
  const lines = Buffer.from(bytes).toString('utf8').trimEnd().split('\n');
  const done = await tx.unsafe(
    `insert into ${quoted(table)} (${list}) overriding system value
     select ${list} from json_populate_recordset(null::${quoted(table)}, $1::text::json)`,
    [`[${lines.join(',')}]`],
  );
  return done.count;
}

function notEmpty(dir: string): StoreError {
  return new StoreError('backup.folder', {
    ja: `フォルダー ${dir} は空ではありません。空のフォルダーか、まだないフォルダーを指定してください。`,
    jaEasy: `${dir} は からでは ありません。からの フォルダーを えらんで ください。`,
    en: `The folder ${dir} is not empty. Choose an empty one, or one that does not exist yet.`,
  });
}

function notABackup(error: unknown): StoreError {
  const why = error instanceof Error ? error.message : String(error);
  return new StoreError(
    'backup.form',
    {
      ja: `このファイルからは戻せません（${why}）。別の控えを使ってください。フォルダーは空のままです。`,
      jaEasy: 'この ファイルからは もどせません。ほかの ファイルを つかって ください。',
      en: `This file cannot be restored: ${why}. Use another backup; the folder is empty as before.`,
    },
    { cause: error },
  );
}

function newerVersion(what: string): StoreError {
  return new StoreError('backup.version', {
    ja: `この控えは、より新しい版のMadoguchiで作られました（${what}）。その版で戻してください。`,
    jaEasy: 'この ファイルは {新|あたら}しい Madoguchiの ものです。',
    en: `This backup was made by a newer version of Madoguchi (${what}). Restore it with that version.`,
  });
}

function databaseInUse(): StoreError {
  return new StoreError('backup.database', {
    ja: 'データベースにはすでにMadoguchiの表があります。空のデータベースを指定してください。',
    jaEasy: 'データベースが からでは ありません。',
    en: 'The database holds tables of Madoguchi already. Use an empty database.',
  });
}

function notSuperuser(): StoreError {
  return new StoreError('backup.database', {
    ja: 'このデータベースに戻すには、管理者（superuser）で接続してください。',
    jaEasy: 'データベースの {管理者|かんりしゃ}で つないで ください。',
    en: 'Connect as a superuser of the database to restore into it.',
  });
}
