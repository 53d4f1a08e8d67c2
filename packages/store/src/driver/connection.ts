import type { Socket } from 'node:net';
import postgres from 'postgres';
import { arrayTypes } from './array-types.js';
import { type DriverQuery, sqlOver } from './query.js';
import { type Address, connectSocket } from './socket.js';

/** Where a connection goes to, and what it hears. */
export interface ConnectionOptions {
  readonly url: string;
  /** As pg_stat_activity shows it. */
  readonly application?: string | undefined;
  /** Told of each notification: channel and text. */
  readonly onNotify?: (channel: string, text: string) => void;
}

/** Until a server that says nothing is given up. */
const connectMs = 10_000;

export function driverOptions({ application, onNotify }: Omit<ConnectionOptions, 'url'>) {
  return {
    max: 1,
    // A connection ends by loss or by our word alone.
    idle_timeout: 0,
    max_lifetime: null,
    connect_timeout: 0,
    fetch_types: false,
    types: arrayTypes,
    onnotice: () => undefined,
    ...(application === undefined ? {} : { connection: { application_name: application } }),
    ...(onNotify === undefined ? {} : { onnotify: onNotify }),
  } satisfies postgres.Options<Record<string, postgres.PostgresType>> & { onnotify?: unknown };
}

/**
 * One connection for one life. The driver (postgres 3.4.9) would use what is left of a lost connection for the next one: the server's last
 * word goes to the wrong query (its issue 1223), what was about to be written keeps the next start-up message from being sent, so that
 * it waits for `connect_timeout`, a transaction that goes on writes to nothing and ends the process (1154, 1208), and a server that was
 * away for a second is not tried again for twenty. So each connection is a pool of the driver's with one place, which is
 * reserved at once, and thrown away when it is lost.
 */
export class Connection {
  readonly #driver: postgres.Sql;
  readonly #pending = new Set<DriverQuery>();
  readonly openedAt = performance.now();
  #session: postgres.ReservedSql | undefined;
  #send: ((query: DriverQuery) => void) | undefined;
  #isSound = true;
  #ended: Promise<void> | undefined;
  /** Told once, when it can no longer be used. */
  onLost: (() => void) | undefined;

  private constructor({ url, ...options }: ConnectionOptions, socket: (address: Address) => Promise<Socket>) {
    // Where sockets come from is an option that the driver's types leave out.
    const all = { ...driverOptions(options), socket, onclose: () => this.#lose() };
    this.#driver = postgres(url, all);
  }

  /** Rejects with the socket's or the server's own error (its code), and then nothing has run. */
  static async open(options: ConnectionOptions): Promise<Connection> {
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(failure('CONNECT_TIMEOUT')), connectMs);
    const refused = new Promise<never>((_resolve, reject) => {
      patience.signal.addEventListener('abort', () => reject(patience.signal.reason));
    });
    let sockets = 0;
    const connection = new Connection(options, async (address) => {
      sockets += 1;
      try {
        // What is left of a first one that was lost in the middle of its start is not used for a second.
        if (sockets > 1) throw failure('CONNECTION_CLOSED');
        return await connectSocket(address, patience.signal);
      } catch (error) {
        patience.abort(error);
        throw error;
      }
    });
    try {
      await Promise.race([connection.#driver.unsafe('select 1'), refused]);
      if (connection.#isSound) await connection.#reserve();
      if (!connection.#isSound) throw failure('CONNECTION_CLOSED');
      return connection;
    } catch (error) {
      void connection.end();
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  async #reserve(): Promise<void> {
    this.#session = await this.#driver.reserve();
    this.#send = (this.#session.unsafe('') as unknown as DriverQuery).handler;
  }

  /** False as soon as no query may be given to it any more. */
  get isSound(): boolean {
    return this.#isSound;
  }

  /** What it sends are this connection's queries, in their order, and whatever they are part of; `handle` may look at each before. */
  sql(handle?: (query: DriverQuery) => void, more?: Readonly<Record<string, unknown>>): postgres.Sql {
    return sqlOver(this.#driver, handle ?? ((query) => this.run(query)), more);
  }

  /** Runs a query; `settled` is told once it has an answer, or an error, which may mean that nobody knows what became of it. */
  run(query: DriverQuery, settled?: (error?: unknown) => void): void {
    const settle = (error?: unknown) => {
      if (this.#pending.delete(query)) settled?.(error);
    };
    watch(query, settle, (error) => {
      if (!leavesItSound(error)) this.#lose();
      settle(error);
    });
    this.#pending.add(query);
    if (!this.#isSound) query.reject(failure('CONNECTION_CLOSED'));
    // One that was cancelled has its answer already.
    else if (query.cancelled) settle();
    else this.#send?.(query);
  }

  #lose(): void {
    if (!this.#isSound) return;
    this.#isSound = false;
    for (const query of this.#pending) query.reject(failure('CONNECTION_CLOSED'));
    this.onLost?.();
    void this.end();
  }

  /** Ends it; what still runs is rejected. */
  end(): Promise<void> {
    // What cannot be ended is gone already; most who end one do not wait for it, and a rejection would end the process.
    this.#ended ??= this.#end().catch(() => undefined);
    return this.#ended;
  }

  async #end(): Promise<void> {
    this.#isSound = false;
    // The driver would wait for ever for a reserved connection.
    this.#session?.release();
    await this.#driver.end({ timeout: this.#pending.size === 0 ? 1 : 0 });
  }
}

/** Has somebody told after the query's own promise. */
function watch(query: DriverQuery, resolved: () => void, rejected: (error: unknown) => void): void {
  let { resolve, reject } = query;
  const afterResolve = (rows: unknown) => {
    resolve(rows);
    resolved();
  };
  const afterReject = (error: unknown) => {
    reject(error);
    rejected(error);
  };
  if (query.cursorFn === undefined) {
    query.resolve = afterResolve;
    query.reject = afterReject;
    return;
  }
  // A cursor puts the promise of its next piece in their place each time.
  Object.defineProperties(query, {
    resolve: {
      get: () => afterResolve,
      set: (next) => {
        resolve = next;
      },
    },
    reject: {
      get: () => afterReject,
      set: (next) => {
        reject = next;
      },
    },
  });
}

/** An answer of the server to the query, after which the connection goes on. */
function leavesItSound(error: unknown): boolean {
  return error instanceof postgres.PostgresError && error.severity === 'ERROR';
}

/** As the driver tells it. */
function failure(code: 'CONNECTION_CLOSED' | 'CONNECT_TIMEOUT'): Error {
  return Object.assign(new Error(`the connection to the database: ${code}`), { code });
}
