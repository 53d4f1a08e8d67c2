/** The pool of connections as every room gets it: the driver's queries, over connections of our own keeping. */
import postgres from 'postgres';
import { pause } from '../process.js';
import { Connection, type ConnectionOptions, driverOptions } from './connection.js';
import { type Listener, listenTo } from './listener.js';
import { type DriverQuery, sqlOver } from './query.js';
import { inTransaction, type Work } from './transaction.js';

interface PoolOptions {
  /** As pg_stat_activity shows it. */
  application?: string;
  /** At most (default 10). */
  connections?: number;
  /** For what a session holds, such as a lock: connections never end by age. */
  lasting?: boolean;
  /** Milliseconds after which those who wait are told that no connection is given back (default 30 s). */
  stuckMs?: number;
}

/** Somebody who needs a connection; until they have one, nothing of theirs has run. */
interface Waiting {
  use: (connection: Connection) => void;
  refuse: (error: unknown) => void;
}

/** How long a server that says 'not now' is asked again, and how often: 57P03 cannot_connect_now (it starts), 53300 too_many_connections. */
const notNowMs = 10_000;
const againAfterMs: Readonly<Record<string, number>> = { '57P03': 100, '53300': 500 };
/** When no connection is given back for so long, those who wait are told: what is being done does not end. */
const stuckMs = 30_000;
/** A server's process grows with what it has seen: connections of an hour are replaced. */
const lifetimeMs = 30 * 60_000;

/**
 * Nothing is connected before the first query. A query that was sent and lost its connection rejects and is never sent again; one
 * that waits for a connection rejects when there is none to be had. Of the driver's offers there are queries, `begin`, `reserve`, `listen` and `end`.
 */
export function openPool(url: string, options: PoolOptions): postgres.Sql {
  const pool = new Pool(url, options);
  return sqlOver(postgres(url, driverOptions(options)), (query) => pool.run(query), {
    begin: (...given: unknown[]) =>
      pool.begin(typeof given[0] === 'string' ? given[0] : '', given.at(-1) as Work),
    reserve: () => pool.reserve(),
    listen: (channel: string, hear: (text: string) => void, onListening?: () => void) =>
      pool.listen(channel, hear, onListening),
    end: (how?: { timeout?: number }) => pool.end(how?.timeout),
  });
}

class Pool {
  readonly #options: ConnectionOptions;
  readonly #most: number;
  readonly #lifetimeMs: number;
  readonly #stuckMs: number;
  readonly #open = new Set<Connection>();
  readonly #idle: Connection[] = [];
  readonly #waiting: Waiting[] = [];
  readonly #listeners = new Set<Listener>();
  #opening = 0;
  #stuck: NodeJS.Timeout | undefined;
  #isClosed = false;
  #ended: Promise<void> | undefined;
  #onDrained: (() => void) | undefined;

  constructor(url: string, options: PoolOptions) {
    const { application, connections = 10, lasting = false } = options;
    this.#options = { url, application };
    this.#stuckMs = options.stuckMs ?? stuckMs;
    this.#most = connections;
    this.#lifetimeMs = lasting ? Number.POSITIVE_INFINITY : lifetimeMs * (1 + Math.random());
  }

  run(query: DriverQuery): void {
    this.#take({
      use: (connection) => connection.run(query, () => this.#give(connection)),
      refuse: (error) => query.reject(error),
    });
  }

  async begin(options: string, work: Work): Promise<unknown> {
    const begin = `begin ${options.replace(/[^a-z ]/gi, '')}`;
    for (let left = this.#most; ; left--) {
      const connection = await this.#taken();
      try {
        await connection.sql().unsafe(begin);
      } catch (error) {
        this.#give(connection);
        // One that had died unseen has begun nothing: another is taken.
        if (connection.isSound || left === 0) throw error;
        continue;
      }
      try {
        return await inTransaction(connection, work);
      } finally {
        this.#give(connection);
      }
    }
  }

  /** One connection for a while; `release` gives it back, in the state in which the next may use it. */
  async reserve(): Promise<postgres.ReservedSql> {
    const connection = await this.#taken();
    let isOver = false;
    const release = () => {
      if (!isOver) this.#give(connection);
      isOver = true;
    };
    const run = (query: DriverQuery) =>
      isOver ? query.reject(new Error('the connection was given back')) : connection.run(query);
    return connection.sql(run, { release }) as postgres.ReservedSql;
  }

  async listen(channel: string, hear: (text: string) => void, onListening?: () => void) {
    if (this.#ended !== undefined) throw ended();
    const listener = await listenTo(this.#options, channel, { hear, onListening });
    this.#listeners.add(listener);
    if (this.#ended !== undefined) await listener.end();
    return { unlisten: () => listener.end() };
  }

  /** Takes nothing more, lets what runs and waits end for at most so many seconds, and closes. */
  end(seconds: number | undefined): Promise<void> {
    this.#ended ??= this.#end(seconds);
    return this.#ended;
  }

  async #end(seconds: number | undefined): Promise<void> {
    const drained = new Promise<void>((resolve) => {
      this.#onDrained = resolve;
      // After `#ended` is set: nothing new is taken.
      setImmediate(() => this.#lookWhetherDrained());
    });
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => {
      if (seconds !== undefined) timer = setTimeout(resolve, seconds * 1000);
    });
    await Promise.race([drained, patience]);
    clearTimeout(timer);
    this.#isClosed = true;
    this.#refuse(this.#waiting.length, ended());
    await Promise.all([...this.#open, ...this.#listeners].map((one) => one.end()));
  }

  #refuse(count: number, error: unknown): void {
    for (const { refuse } of this.#waiting.splice(0, count)) refuse(error);
    if (this.#waiting.length === 0) this.#moves();
    this.#lookWhetherDrained();
  }

  /** Nobody waits. */
  #moves(): void {
    clearTimeout(this.#stuck);
    this.#stuck = undefined;
  }

  #lookWhetherDrained(): void {
    if (this.#open.size === this.#idle.length && this.#waiting.length === 0) this.#onDrained?.();
  }

  #taken(): Promise<Connection> {
    return new Promise((use, refuse) => this.#take({ use, refuse }));
  }

  #take(one: Waiting): void {
    const connection = this.#ended === undefined ? this.#idle.pop() : undefined;
    if (connection !== undefined) one.use(connection);
    else if (this.#ended !== undefined) one.refuse(ended());
    else {
      this.#waiting.push(one);
      this.#stuck ??= setTimeout(() => this.#refuse(this.#waiting.length, stuck()), this.#stuckMs);
      this.#grow();
    }
  }

  /** Back from whoever had it. */
  #give(connection: Connection): void {
    const isOld = performance.now() - connection.openedAt > this.#lifetimeMs;
    if (isOld) void connection.end();
    const next = connection.isSound ? this.#waiting.shift() : undefined;
    this.#stuck?.refresh();
    if (this.#waiting.length === 0) this.#moves();
    if (next !== undefined) next.use(connection);
    else if (connection.isSound) this.#idle.push(connection);
    else this.#drop(connection);
    this.#lookWhetherDrained();
  }

  #drop(connection: Connection): void {
    this.#open.delete(connection);
    const place = this.#idle.indexOf(connection);
    if (place >= 0) this.#idle.splice(place, 1);
    this.#grow();
    this.#lookWhetherDrained();
  }

  /** Opens a connection for each who waits, as far as there may be more; whoever is given back meanwhile serves them too. */
  #grow(): void {
    while (this.#opening < this.#waiting.length && this.#open.size + this.#opening < this.#most) {
      this.#opening++;
      void this.#openOne();
    }
  }

  async #openOne(): Promise<void> {
    try {
      const connection = await this.#opened();
      this.#opening--;
      if (this.#isClosed) return await connection.end();
      connection.onLost = () => this.#drop(connection);
      this.#open.add(connection);
      this.#give(connection);
    } catch (error) {
      this.#opening--;
      // Where there are others, they serve whoever waits; where there is none, all are told.
      this.#refuse(this.#open.size > 0 ? 1 : this.#waiting.length, error);
      this.#grow();
    }
  }

  async #opened(): Promise<Connection> {
    const until = performance.now() + notNowMs;
    for (;;) {
      try {
        return await Connection.open(this.#options);
      } catch (error) {
        const wait = error instanceof Error && 'code' in error && againAfterMs[String(error.code)];
        if (!wait || performance.now() > until || this.#waiting.length === 0) throw error;
        await pause(wait);
      }
    }
  }
}

function stuck(): Error {
  return Object.assign(new Error('no connection to the database came free'), { code: 'CONNECT_TIMEOUT' });
}

function ended(): Error {
  return Object.assign(new Error('the pool was ended'), { code: 'CONNECTION_ENDED' });
}
