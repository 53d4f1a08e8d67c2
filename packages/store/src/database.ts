import { rm } from 'node:fs/promises';
import type postgres from 'postgres';
import { readPassword, USER } from './cluster.js';
import { openPool } from './driver/pool.js';
import { aborted, EmbeddedServer } from './embedded.js';
import { StoreError } from './error.js';
import { type DataFolder, dataFolder, type Run, readRun, writeRun } from './folder.js';
import { prepareJobs } from './jobs.js';
import { migrate } from './migrate.js';
import { isOurServer } from './postmaster.js';
import { isAlive, pause } from './process.js';
import { checkServer } from './server-check.js';
import { whileStarting } from './starting.js';

/** Runs SQL: a tagged template, whose values travel as parameters. */
export type Sql = postgres.Sql;
/** The same within one transaction. */
export type Tx = postgres.TransactionSql;

/** An open database. `url` is for libraries with a pool of their own; it holds the password: never log it. */
export interface Database {
  readonly sql: Sql;
  readonly url: string;
  /** True for the server of a data folder, false for DATABASE_URL. */
  readonly embedded: boolean;
  /** Ends the connections; stops the server when this process started it and nobody else here uses it. */
  close(): Promise<void>;
}

/** Where the database is. */
export interface OpenOptions {
  /** Data folder: its running server is used, else one is started for our own duration. */
  dataDir?: string;
  /** PostgreSQL 15 or newer, as in DATABASE_URL; goes before `dataDir`. */
  databaseUrl?: string;
  signal?: AbortSignal;
  /**
   * For the process that lives longest (`start`): waits for the server of a short command to end and starts its own,
   * so that the database does not end with somebody else's command.
   */
  own?: boolean;
  /** How long `own` waits for another process before it says who holds the folder (default 15 s). */
  patienceMs?: number;
  /** Connections of the pool (default 10). */
  connections?: number;
}

/**
 * Opens the database, makes the tables of this package (audit chain, jobs), and returns when it can be used.
 * Throws StoreError: exit code 69 when a server is missing or unfit, with a sentence for the reader.
 */
export async function openDatabase(options: OpenOptions): Promise<Database> {
  if (options.databaseUrl !== undefined) return openUrl(options.databaseUrl, options);
  if (options.dataDir === undefined) throw new TypeError('openDatabase needs dataDir or databaseUrl');
  return openFolder(dataFolder(options.dataDir), options);
}

async function openUrl(url: string, options: OpenOptions): Promise<Database> {
  const sql = openPool(url, poolOptions(options));
  try {
    await prepare(sql, url);
  } catch (error) {
    await sql.end({ timeout: 1 });
    throw error;
  }
  return { sql, url, embedded: false, close: () => sql.end({ timeout: 5 }) };
}

interface Held {
  server: EmbeddedServer | undefined;
  url: string;
  users: number;
}

// Several rooms of one process may open the same folder: the last to close stops the server.
const held = new Map<string, Held>();

async function openFolder(folder: DataFolder, options: OpenOptions): Promise<Database> {
  if (options.own && !held.has(folder.dir)) await awaitTurn(folder, options);
  const entry = await whileStarting(folder, options.signal, async () => {
    const known = held.get(folder.dir);
    if (known) {
      known.users++;
      return known;
    }
    const running = await findRunning(folder, options);
    const made: Held = running
      ? { server: undefined, url: running, users: 1 }
      : await startOwn(folder, options);
    held.set(folder.dir, made);
    return made;
  });
  const sql = openPool(entry.url, poolOptions(options));
  const close = async () => {
    await sql.end({ timeout: 5 });
    await release(folder, entry);
  };
  try {
    await prepare(sql, entry.url);
  } catch (error) {
    await close();
    throw error;
  }
  let closing: Promise<void> | undefined;
  return {
    sql,
    url: entry.url,
    embedded: true,
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}

/** Waits, without the starting lock (its owner needs it to end), until no other process runs a server here. */
async function awaitTurn(folder: DataFolder, options: OpenOptions): Promise<void> {
  for (let waited = 0; ; waited += 200) {
    const run = await readRun(folder.dir);
    if (run === undefined || run.owner === process.pid || !isAlive(run.owner)) return;
    if (!(await answers(await urlOf(folder, run.port)))) return;
    if (waited >= (options.patienceMs ?? 15_000)) throw busy(folder, run);
    if (options.signal?.aborted) throw aborted();
    await pause(200);
  }
}

/** The URL of a server that another process runs in this folder and that answers. */
async function findRunning(folder: DataFolder, options: OpenOptions): Promise<string | undefined> {
  for (let waited = 0; ; waited += 100) {
    const run = await readRun(folder.dir);
    if (run === undefined || run.owner === process.pid || !isAlive(run.owner)) return undefined;
    const url = await urlOf(folder, run.port);
    if (await answers(url)) {
      if (options.own) throw busy(folder, run);
      return url;
    }
    // An owner that is alive starts a lost server again by itself; a server that lives is only slow.
    if (options.signal?.aborted || (waited > 5000 && !isOurServer(run.server, folder))) return undefined;
    if (waited > 60_000) throw busy(folder, run);
    await pause(100);
  }
}

async function startOwn(folder: DataFolder, options: OpenOptions): Promise<Held> {
  const server = await EmbeddedServer.start(folder, options.signal);
  try {
    const url = await urlOf(folder, server.port);
    await ensureDatabase(url);
    await announce(folder, server);
    keepAlive(folder, server);
    return { server, url, users: 1 };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function announce(folder: DataFolder, server: EmbeddedServer): Promise<void> {
  await writeRun(folder, {
    port: server.port,
    owner: process.pid,
    server: server.pid,
    startedAt: new Date().toISOString(),
  });
}

/**
 * A server that is lost (killed, out of memory) is started again on its port; the pools connect to it by themselves. One that does not come
 * up (a full disk) or is lost again and again is tried until it is stopped: five times in a minute at once, then every ten seconds.
 */
function keepAlive(folder: DataFolder, server: EmbeddedServer): void {
  let setbacks: number[] = [];
  const startAgain = async () => {
    const now = Date.now();
    setbacks = [...setbacks.filter((at) => now - at < 60_000), now];
    // Unheeded when the process wants to end.
    await new Promise((resolve) => setTimeout(resolve, setbacks.length > 5 ? 10_000 : 0).unref());
    try {
      await whileStarting(folder, undefined, async () => {
        if (server.isStopping) return;
        await server.restart();
        await announce(folder, server);
      });
    } catch {
      await startAgain();
    }
  };
  server.onLost = () => void startAgain();
}

async function release(folder: DataFolder, entry: Held): Promise<void> {
  entry.users--;
  if (entry.users > 0) return;
  await whileStarting(folder, undefined, async () => {
    if (entry.users > 0) return;
    held.delete(folder.dir);
    if (entry.server === undefined) return;
    await letOthersFinish(entry.url);
    await entry.server.stop();
    await rm(folder.runFile, { force: true });
  });
}

/** A command that uses our server gets a moment to end; five seconds are enough for those we have. */
async function letOthersFinish(url: string): Promise<void> {
  const sql = ask(url);
  try {
    for (let waited = 0; waited < 5000; waited += 100) {
      const rows = await sql`
        select 1 from pg_stat_activity
        where application_name like 'madoguchi %' and application_name <> ${applicationName()}`;
      if (rows.length === 0) return;
      await pause(100);
    }
  } catch {
    // A server that does not answer has no users.
  } finally {
    await sql.end({ timeout: 1 }).catch(() => undefined);
  }
}

async function urlOf(folder: DataFolder, port: number): Promise<string> {
  return `postgres://${USER}:${await readPassword(folder)}@127.0.0.1:${port}/${USER}`;
}

async function answers(url: string): Promise<boolean> {
  const sql = ask(url);
  try {
    await sql`select 1`;
    return true;
  } catch {
    return false;
  } finally {
    await sql.end({ timeout: 1 }).catch(() => undefined);
  }
}

async function ensureDatabase(url: string): Promise<void> {
  const sql = ask(url.replace(/\/[^/]*$/, '/postgres'));
  try {
    const found = await sql`select 1 from pg_database where datname = ${USER}`;
    if (found.length === 0) await sql.unsafe(`create database ${USER}`);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

async function prepare(sql: Sql, url: string): Promise<void> {
  await checkServer(sql);
  await migrate(sql, { schema: 'store', folder: new URL('../migrations/', import.meta.url) });
  await prepareJobs(sql, url);
}

function applicationName(): string {
  return `madoguchi ${process.pid}`;
}

function poolOptions({ connections }: OpenOptions) {
  return { application: applicationName(), ...(connections === undefined ? {} : { connections }) };
}

/** One connection for a short question to a server that may be ending right now. */
function ask(url: string): Sql {
  return openPool(url, { application: applicationName(), connections: 1 });
}

function busy(folder: DataFolder, run: Run): StoreError {
  return new StoreError('store.busy', {
    ja: `データフォルダー ${folder.dir} は、すでに動いているMadoguchi（プロセス ${run.owner}）が使っています。それを止めるか、--data で別のフォルダーを指定してください。`,
    jaEasy: `この フォルダーは もう つかわれています（プロセス ${run.owner}）。--data で ほかの フォルダーを えらんでください。`,
    en: `The data folder ${folder.dir} is in use by a running Madoguchi (process ${run.owner}). Stop it, or choose another folder with --data.`,
  });
}
