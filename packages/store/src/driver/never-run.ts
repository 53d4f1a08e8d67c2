import type postgres from 'postgres';

/** What the driver's query (postgres 3.4.9, src/query.js) holds beside the promise. */
interface DriverQuery {
  executed: boolean;
  active: boolean;
  resolve: (rows: unknown) => void;
  reject: (error: unknown) => void;
  handle: () => Promise<void>;
}

/** As often as a pool of the size we allow can hold connections that were lost in one restart. */
const patience = 64;

/**
 * The server's farewell to a connection (57P01 admin_shutdown, 57P02 crash_shutdown), or its word that it takes none yet (57P03
 * cannot_connect_now). The driver tells CONNECTION_CLOSED to the query
 * that was running; the farewell itself it keeps, and gives it to the first query of the next connection in that place before
 * that one is sent (its issue 1223).
 */
export function isFarewell(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return code === '57P01' || code === '57P02' || code === '57P03';
}

/** Puts a query that got a farewell in the place of an answer back in the line: it has never run. */
function sentAtLast<Query>(query: Query): Query {
  if (!isQuery(query)) return query;
  const { resolve, reject } = query;
  let settled = false;
  let left = patience;
  query.resolve = (rows) => {
    settled = true;
    resolve(rows);
  };
  query.reject = (error) => {
    if (settled) return;
    if (isFarewell(error) && left-- > 0) {
      query.executed = false;
      query.active = false;
      setImmediate(() => void query.handle());
      return;
    }
    settled = true;
    reject(error);
  };
  return query;
}

function isQuery(given: unknown): given is DriverQuery {
  const { executed, handle, reject, resolve } = given as Partial<DriverQuery>;
  return (
    given instanceof Promise &&
    executed === false &&
    [handle, reject, resolve].every((method) => typeof method === 'function')
  );
}

/** The pool whose queries, tagged or `unsafe`, are sent at last. */
export function sendingAtLast(sql: postgres.Sql): postgres.Sql {
  const unsafe = (...given: Parameters<typeof sql.unsafe>) => sentAtLast(sql.unsafe(...given));
  return new Proxy(sql, {
    apply: (target, self, given) => sentAtLast(Reflect.apply(target as never, self, given)),
    get: (target, key) => (key === 'unsafe' ? unsafe : Reflect.get(target, key, target)),
  });
}
