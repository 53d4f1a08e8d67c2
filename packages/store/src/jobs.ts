import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import type { WorkerEvents } from 'graphile-worker';
import type postgres from 'postgres';
import { openPool } from './driver/pool.js';
import { lockKey, withAdvisoryLock } from './lock.js';

/** What a job does with its payload (any JSON). It may run twice (after a crash): make it repeatable. */
export type Task = (payload: unknown) => Promise<void>;

/** Which jobs this process takes. */
export interface JobsOptions {
  readonly url: string;
  /** By name, e.g. `agency.verify`; only jobs of these names are taken. A task that throws is tried again later. */
  readonly tasks: Readonly<Record<string, Task>>;
  /** Jobs at the same time (default 4). */
  readonly concurrency?: number;
  /** Milliseconds between looks for jobs whose time has come (default 1000); new jobs start at once. */
  readonly pollInterval?: number;
  /** Told of a task that threw; the payload is not passed, for it may hold people's data. */
  readonly onFailure?: (task: string, error: unknown) => void;
}

/** The worker of this process. */
export interface Jobs {
  /** Takes no more jobs and waits for those that run. */
  stop(): Promise<void>;
}

/** When and how often a job is tried. */
export interface EnqueueOptions {
  readonly runAt?: Date;
  /** A job of the same key that has not started is replaced instead of added. */
  readonly key?: string;
  /** Tries before it is given up (default 25, over some days). */
  readonly maxAttempts?: number;
}

const SCHEMA = 'graphile_worker';

/** The queue's own program, loaded where jobs run or its tables are missing: who only asks the database does without it. */
async function loadQueue() {
  const { Logger, run, runMigrations } = await import('graphile-worker');
  return { run, runMigrations, settings: { schema: SCHEMA, logger: new Logger(() => () => undefined) } };
}

/** Makes the queue's tables when they are missing, so that jobs can be added before any worker runs. */
export async function prepareJobs(sql: postgres.Sql, url: string): Promise<void> {
  if (await hasTables(sql)) return;
  // Several processes may meet an empty database.
  await withAdvisoryLock(sql, 'jobs migrations', async () => {
    if (await hasTables(sql)) return;
    const { runMigrations, settings } = await loadQueue();
    await runMigrations({ connectionString: url, ...settings });
  });
}

/** The last thing its migrations make. */
async function hasTables(sql: postgres.Sql): Promise<boolean> {
  const [row] = await sql`select to_regclass('graphile_worker._private_jobs') is not null as there`;
  return row?.there === true;
}

/** Adds a job in the caller's transaction: it exists when the data exists. */
export async function enqueue(
  tx: postgres.ISql,
  task: string,
  payload: postgres.JSONValue,
  options: EnqueueOptions = {},
): Promise<void> {
  await tx`select graphile_worker.add_job(
    ${task}, ${JSON.stringify(payload)}::text::json,
    run_at := ${options.runAt ?? null}::timestamptz,
    job_key := ${options.key ?? null}::text,
    max_attempts := ${options.maxAttempts ?? null}::int)`;
}

/** Runs jobs in this process until `stop`. Jobs that a killed process held are taken over within seconds. */
export async function startJobs(options: JobsOptions): Promise<Jobs> {
  const { run, settings } = await loadQueue();
  const { beQueuePatient } = await import('./queue-patience.js');
  beQueuePatient();
  const alive = new Liveness(options.url);
  await alive.start();
  const events: WorkerEvents = new EventEmitter();
  const holders: string[] = [];
  // Jobs are held under the pool's id, or a worker's.
  events.on('pool:create', ({ workerPool }) => holders.push(workerPool.id));
  events.on('worker:create', ({ worker }) => holders.push(worker.workerId));
  try {
    const runner = await run({
      connectionString: options.url,
      ...settings,
      noHandleSignals: true,
      concurrency: options.concurrency ?? 4,
      pollInterval: options.pollInterval ?? 1000,
      events,
      parsedCronItems: [],
      taskList: Object.fromEntries(
        Object.entries(options.tasks).map(([name, task]) => [name, told(name, task, options.onFailure)]),
      ),
    });
    runner.promise.catch(() => undefined);
    await alive.register(holders);
    return {
      stop: async () => {
        await runner.stop().catch(() => undefined);
        await alive.stop();
      },
    };
  } catch (error) {
    await alive.stop();
    throw error;
  }
}

/** The queue stores what a task throws: only the kind of error goes there. */
function told(name: string, task: Task, onFailure: JobsOptions['onFailure']) {
  return async (payload: unknown) => {
    try {
      await task(payload);
    } catch (error) {
      onFailure?.(name, error);
      throw new Error(error instanceof Error ? error.name : 'failed');
    }
  };
}

const SWEEP_MS = 10_000;
/** A worker nobody registered (killed within its first milliseconds) is taken for dead after this. */
const UNKNOWN_MINUTES = 10;

/**
 * The queue itself frees the jobs of a killed worker only after four hours. So each runner holds an advisory lock, which
 * ends with its connection, and the others free what belongs to a runner whose lock is free.
 */
class Liveness {
  readonly #id = randomUUID();
  readonly #sql: postgres.Sql;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(url: string) {
    this.#sql = openPool(url, { connections: 1, lasting: true });
  }

  async start(): Promise<void> {
    await this.#hold();
    await this.#sweep();
    this.#timer = setInterval(() => {
      this.#running = this.#hold()
        .then(() => this.#sweep())
        .catch(() => undefined);
    }, SWEEP_MS);
    this.#timer.unref();
  }

  async register(holders: readonly string[]): Promise<void> {
    for (const worker of holders) {
      await this.#sql`insert into store.workers (worker, runner) values (${worker}, ${this.#id})
        on conflict (worker) do nothing`;
    }
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#running;
    await this.#sql`delete from store.workers where runner = ${this.#id}`.catch(() => undefined);
    await this.#sql.end({ timeout: 2 }).catch(() => undefined);
  }

  /** Taken again each time: after a restart of the server the old connection's lock is gone. */
  async #hold(): Promise<void> {
    await this.#sql`
      select pg_try_advisory_lock(${lockKey(`runner:${this.#id}`)}::bigint)
      where not exists (
        select 1 from pg_locks where locktype = 'advisory' and pid = pg_backend_pid() and granted)`;
  }

  async #sweep(): Promise<void> {
    const rows = await this.#sql<{ worker: string; runner: string | null; old: boolean }[]>`
      select j.locked_by as worker, w.runner, bool_and(j.locked_at < now() - make_interval(mins => ${UNKNOWN_MINUTES})) as old
      from graphile_worker._private_jobs j left join store.workers w on w.worker = j.locked_by
      where j.locked_by is not null group by 1, 2`;
    const dead: string[] = [];
    for (const { worker, runner, old } of rows) {
      if (runner === this.#id) continue;
      if (runner === null ? old : await this.#isGone(runner)) dead.push(worker);
    }
    if (dead.length > 0) await this.#sql`select graphile_worker.force_unlock_workers(${dead}::text[])`;
  }

  async #isGone(runner: string): Promise<boolean> {
    const key = lockKey(`runner:${runner}`);
    return this.#sql.begin(async (tx) => {
      const [row] = await tx<{ free: boolean }[]>`select pg_try_advisory_xact_lock(${key}::bigint) as free`;
      if (row?.free)
        await tx`delete from store.workers where runner = ${runner} and not exists (
        select 1 from graphile_worker._private_jobs j where j.locked_by = store.workers.worker)`;
      return row?.free === true;
    });
  }
}
