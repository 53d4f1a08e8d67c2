import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { type Binaries, findBinaries } from './binaries.js';
import { ensureCluster } from './cluster.js';
import { StoreError } from './error.js';
import type { DataFolder } from './folder.js';
import { findLauncher, type Launcher, serverEnvironment, watchParent } from './launch.js';
import { clearLeftovers, readPostmaster } from './postmaster.js';
import { pause } from './process.js';

const LOG_LIMIT = 1_000_000;

/** A PostgreSQL server that this process started and will stop. */
export class EmbeddedServer {
  readonly #folder: DataFolder;
  readonly #binaries: Binaries;
  readonly #launcher: Launcher;
  #child: ChildProcess | undefined;
  #watcher: ChildProcess | undefined;
  #port = 0;
  #stopping = false;
  /** Called when the server ended without being asked to. */
  onLost: (() => void) | undefined;

  private constructor(folder: DataFolder, binaries: Binaries, launcher: Launcher) {
    this.#folder = folder;
    this.#binaries = binaries;
    this.#launcher = launcher;
  }

  get port(): number {
    return this.#port;
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  /** From then on it is not started again. */
  get isStopping(): boolean {
    return this.#stopping;
  }

  /** Starts the server of a data folder and returns when it takes connections. The caller holds the starting lock. */
  static async start(folder: DataFolder, signal?: AbortSignal): Promise<EmbeddedServer> {
    const server = new EmbeddedServer(folder, findBinaries(), findLauncher());
    await ensureCluster(folder, server.#binaries, server.#launcher);
    await server.#launch(signal);
    return server;
  }

  /** Starts it again on the same port, after it was lost. */
  async restart(): Promise<void> {
    await this.#launch(undefined, this.#port);
  }

  async #launch(signal?: AbortSignal, port?: number): Promise<void> {
    await clearLeftovers(this.#folder);
    let last = '';
    // Between finding a free port and taking it somebody else may take it.
    for (let tried = 0; tried < 5; tried++) {
      this.#port = port ?? (await freePort());
      const child = this.#spawn();
      const state = await this.#untilReady(child, signal);
      if (state === 'ready') {
        this.#child = child;
        child.once('exit', () => {
          this.#watcher?.stdin?.destroy();
          if (!this.#stopping) this.onLost?.();
        });
        return;
      }
      last = await lastLines(this.#folder.logFile);
      if (state === 'aborted') throw aborted();
      // The former server's children may hold its memory for a moment after SIGKILL.
      await pause(200 * (tried + 1));
    }
    throw new StoreError(
      'store.start',
      {
        ja: `データベースを始められませんでした。記録は ${this.#folder.logFile} にあります。`,
        jaEasy: `データベースが はじまりません。${this.#folder.logFile} を {見|み}てください。`,
        en: `The database did not start. Its log is ${this.#folder.logFile}.`,
      },
      { cause: new Error(last) },
    );
  }

  #spawn(): ChildProcess {
    const settings = {
      listen_addresses: '127.0.0.1',
      port: this.#port,
      unix_socket_directories: '',
      fsync: 'on',
      synchronous_commit: 'on',
      full_page_writes: 'on',
      timezone: 'UTC',
      log_timezone: 'UTC',
      // Errors' texts, details and statements hold people's data: they never reach the log.
      log_min_messages: 'log',
      log_error_verbosity: 'terse',
      log_min_error_statement: 'panic',
      log_statement: 'none',
    };
    const [program, args] = this.#launcher.command(
      this.#binaries.postgres,
      [
        '-D',
        this.#folder.databaseDir,
        ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]),
      ],
      true,
    );
    const log = openSync(this.#folder.logFile, logFlag(this.#folder.logFile), 0o600);
    try {
      // A session of its own: Ctrl-C goes to us, and we end the server after our last transaction.
      const child = spawn(program, args, {
        cwd: this.#folder.dir,
        env: serverEnvironment(),
        stdio: ['ignore', log, log],
        detached: true,
        windowsHide: true,
      });
      child.on('error', () => undefined);
      child.unref();
      if (!this.#launcher.watchesParent && child.pid !== undefined) this.#watcher = watchParent(child.pid);
      return child;
    } finally {
      closeSync(log);
    }
  }

  async #untilReady(child: ChildProcess, signal?: AbortSignal): Promise<'ready' | 'ended' | 'aborted'> {
    for (;;) {
      if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return 'ended';
      if (signal?.aborted) {
        child.kill('SIGINT');
        return 'aborted';
      }
      const state = await readPostmaster(this.#folder);
      // On Windows the launcher's process may differ from the server's.
      if (state?.ready && (state.pid === child.pid || process.platform === 'win32')) return 'ready';
      await pause(15);
    }
  }

  /** Fast shutdown: open transactions are rolled back, everything committed is on disk. */
  async stop(): Promise<void> {
    this.#stopping = true;
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.ref();
    this.#interrupt(child);
    const hurry = setTimeout(() => child.kill('SIGQUIT'), 20_000);
    await ended;
    clearTimeout(hurry);
  }

  #interrupt(child: ChildProcess): void {
    if (process.platform !== 'win32') {
      child.kill('SIGINT');
      return;
    }
    // Windows has no SIGINT for others; pg_ctl speaks the server's own way there.
    spawn(this.#binaries.pgCtl, ['stop', '-m', 'fast', '-D', this.#folder.databaseDir], {
      stdio: 'ignore',
      windowsHide: true,
    }).on('error', () => child.kill());
  }
}

function logFlag(file: string): 'a' | 'w' {
  try {
    return statSync(file).size > LOG_LIMIT ? 'w' : 'a';
  } catch {
    return 'w';
  }
}

async function lastLines(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).trimEnd().split('\n').slice(-5).join('\n');
  } catch {
    return '';
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}

export function aborted(): StoreError {
  return new StoreError('store.aborted', {
    ja: '途中でやめました。',
    jaEasy: 'とちゅうで やめました。',
    en: 'Stopped before it was ready.',
  });
}
