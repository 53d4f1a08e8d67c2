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

async function locked<T>(sql: postgres.Sql, name: string, work: () => Promise<T>): Promise<T> {
  const connection = await sql.reserve();
  try {
    await connection`select pg_advisory_lock(${lockKey(name)}::bigint)`;
    try {
      return await work();
    } finally {
      await connection`select pg_advisory_unlock(${lockKey(name)}::bigint)`;
    }
  } finally {
    connection.release();
  }
}
