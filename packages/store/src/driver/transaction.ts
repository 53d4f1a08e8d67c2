import type postgres from 'postgres';
import type { Connection } from './connection.js';

/** What the caller of `begin` does in it. */
export type Work = (tx: postgres.TransactionSql) => unknown;

/**
 * Does `work` in the transaction that has begun on a connection, and commits or rolls back. A query that failed fails the transaction, also
 * where the work went on. A connection that is lost takes its transaction with it: it rejects with CONNECTION_CLOSED, and only a
 * loss during the commit itself leaves open whether that was done.
 */
export async function inTransaction(connection: Connection, work: Work): Promise<unknown> {
  let failed: { readonly error: unknown } | undefined;
  let isOver = false;
  const tx = connection.sql((query) => {
    // `begin` tells of a query that fails before anybody awaits it.
    query.catch(() => undefined);
    if (isOver) query.reject(new Error('the transaction has ended'));
    else
      connection.run(query, (error) => {
        if (error !== undefined) failed ??= { error };
      });
  }) as unknown as postgres.TransactionSql;
  let result: unknown;
  try {
    const given = work(tx);
    result = await (Array.isArray(given) ? Promise.all(given) : given);
    if (failed !== undefined) throw failed.error;
  } catch (error) {
    isOver = true;
    // Whoever cannot be told to roll back is ended, which is the same.
    if (connection.isSound)
      await connection
        .sql()
        .unsafe('rollback')
        .catch(() => connection.end());
    throw failed !== undefined && isAfterFailure(error) ? failed.error : error;
  }
  isOver = true;
  await connection.sql().unsafe('commit');
  return result;
}

/** in_failed_sql_transaction: says only that an earlier query had failed. */
function isAfterFailure(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '25P02';
}
