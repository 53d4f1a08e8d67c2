import { createHash } from 'node:crypto';
import { lstat, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Database } from '../database.js';
import { dataFolder } from '../folder.js';
import { listMigrations, listSequences, listTables } from './tables.js';
import { digestible, tarEnd, tarEntry } from './tar.js';

/** First entry of a backup: what it is, and what it can be restored with. */
export interface BackupManifest {
  readonly format: 1;
  readonly at: string;
  /** Name and checksum of every migration that had run, by schema. */
  readonly migrations: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** What went into a backup, as of when. */
export interface BackupSummary {
  readonly at: Date;
  readonly tables: number;
  readonly rows: number;
  readonly files: number;
}

/** Rows of one piece of a table: the largest are the published lists, some megabytes each. */
const rowsOfPiece = 200;

/**
 * Writes everything of a data folder into one compressed tar archive: all tables as of one moment (one snapshot), sequences, the
 * sealed keys and cards. Other processes go on working meanwhile. Layout: `backup.json`, `files/…`, `tables/<schema>.<name>/<n>.jsonl` (a row a line),
 * `sequences.json`, `end.json` with the number of rows and the SHA-256 of everything before it. The master key that opens the sealed keys
 * is in it only where it lies beside them, as in a demo.
 */
export async function writeBackup(input: {
  database: Database;
  dir: string;
  clock: () => Date;
  to: Writable;
}): Promise<BackupSummary> {
  const at = input.clock();
  let summary: BackupSummary = { at, tables: 0, rows: 0, files: 0 };
  await pipeline(
    Readable.from(
      entries(input, at, (done) => {
        summary = done;
      }),
      { objectMode: true },
    ),
    createGzip({ level: 6 }),
    input.to,
  );
  return summary;
}

async function* entries(
  { database, dir }: { database: Database; dir: string },
  at: Date,
  done: (summary: BackupSummary) => void,
): AsyncGenerator<Buffer> {
  const digest = createHash('sha256');
  const entry = (name: string, bytes: Buffer, mode?: number): Buffer => {
    for (const part of digestible({ name, bytes })) digest.update(part);
    return tarEntry(name, bytes, mode);
  };
  const jsonBytes = (value: unknown) => Buffer.from(`${JSON.stringify(value, null, 2)}\n`, 'utf8');
  const json = (name: string, value: unknown) => entry(name, jsonBytes(value));
  const connection = await database.sql.reserve();
  try {
    await connection.unsafe('begin isolation level repeatable read read only');
    const migrations = await listMigrations(connection);
    yield json('backup.json', { format: 1, at: at.toISOString(), migrations } satisfies BackupManifest);
    const files = await listFiles(dir);
    for (const file of files) {
      const { mode } = await lstat(path.join(dir, file));
      const name = `files/${file.split(path.sep).join('/')}`;
      yield entry(name, await readFile(path.join(dir, file)), mode & 0o777);
    }
    const counts: Record<string, number> = {};
    for (const { schema, name, columns } of await listTables(connection)) {
      const table = `${schema}.${name}`;
      const list = columns.map((column) => `"${column}"`).join(', ');
      yield json(`tables/${table}/columns.json`, columns);
      let rows = 0;
      let number = 0;
      const batches = connection
        .unsafe<{ line: string }[]>(
          `select row_to_json(r)::text as line from (select ${list} from "${schema}"."${name}") r`,
        )
        .cursor(rowsOfPiece);
      for await (const batch of batches) {
        rows += batch.length;
        const lines = batch.map(({ line }) => line).join('\n');
        yield entry(
          `tables/${table}/${String(number++).padStart(6, '0')}.jsonl`,
          Buffer.from(`${lines}\n`, 'utf8'),
        );
      }
      counts[table] = rows;
    }
    // Read last: a sequence stands outside the snapshot, and may only be ahead of the tables, never behind.
    yield json('sequences.json', await listSequences(connection));
    yield tarEntry('end.json', jsonBytes({ rows: counts, sha256: digest.digest('hex') }));
    yield tarEnd;
    const rows = Object.values(counts).reduce((sum, count) => sum + count, 0);
    done({ at, tables: Object.keys(counts).length, rows, files: files.length });
  } finally {
    await connection.unsafe('rollback').catch(() => undefined);
    connection.release();
  }
}

/** Everything of a folder but the database itself and what only the running processes need. */
async function listFiles(dir: string): Promise<string[]> {
  const { databaseDir, passwordFile, logFile, startingFile, runFile, addressesFile } = dataFolder(dir);
  const left = new Set(
    [databaseDir, `${databaseDir}.new`, passwordFile, logFile, startingFile, runFile, addressesFile].map(
      (file) => path.basename(file),
    ),
  );
  const found: string[] = [];
  const walk = async (below: string): Promise<void> => {
    for (const entry of await readdir(path.join(dir, below), { withFileTypes: true })) {
      const file = path.join(below, entry.name);
      if (below === '' && left.has(entry.name)) continue;
      if (entry.isDirectory()) await walk(file);
      else if (entry.isFile() && !/\.new$|\.log$|\.lock$/.test(entry.name)) found.push(file);
    }
  };
  await walk('');
  return found.sort();
}
