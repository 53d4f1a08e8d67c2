import { createHash } from 'node:crypto';
import type postgres from 'postgres';

/** A lock's number: the first 8 bytes of SHA-256 of its name, as PostgreSQL's signed bigint (in decimal). */
export function lockKey(name: string): string {
  return createHash('sha256').update(name).digest().readBigInt64BE(0).toString();
}

// One waiter a name in this process: waiting connections would otherwise use up the pool that the holder needs.
const queues = new WeakMap<postgres.Sql, Map<string, Promise<unknown>>>();

/**
 * Runs `work` while no other process on this database runs under the same name (publishing a CRL, retention). The lock
 * ends with the connection: a process that is killed does not hold it.
 */
export function withAdvisoryLock<T>(sql: postgres.Sql, name: string, work: () => Promise<T>): Promise<T> {
  const names = queues.get(sql) ?? new Map<string, Promise<unknown>>();
  queues.set(sql, names);
  const before = names.get(name) ?? Promise.resolve();
  const mine = before.then(
    () => locked(sql, name, work),
    () => locked(sql, name, work),
  );
  names.set(name, mine);
  const forget = () => {
    if (names.get(name) === mine) names.delete(name);
  };
  mine.then(forget, forget);
  return mine;
}

/** Held by a transaction in which nothing else happens: a connection that is lost ends it without another word. */
async function locked<T>(sql: postgres.Sql, name: string, work: () => Promise<T>): Promise<T> {
  let result: { value: T } | undefined;
  await sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(${lockKey(name)}::bigint)`;
    result = { value: await work() };
  });
  if (result === undefined) throw new Error('the lock’s work did not end');
  return result.value;
}
