import { setImmediate as nextTurn } from 'node:timers/promises';
import type postgres from 'postgres';
import { isFarewell } from './never-run.js';

type Begin = (options: string, work: (tx: postgres.TransactionSql) => unknown) => Promise<unknown>;

/**
 * The driver (postgres 3.4.9, its issues 1154 and 1208) writes to a connection that has closed when a transaction on it goes on or is
 * rolled back, and that ends the whole process. Here such a transaction is left to fail by itself: `begin` rejects with
 * CONNECTION_CLOSED, and nothing is written any more.
 */
export function survivingLoss(sql: postgres.Sql): postgres.Sql {
  const begin = (...given: unknown[]): Promise<unknown> => {
    const options = typeof given[0] === 'string' ? given[0] : '';
    const work = given.at(-1) as (tx: postgres.TransactionSql) => unknown;
    return guardedBegin(sql.begin.bind(sql) as unknown as Begin, options, work);
  };
  return new Proxy(sql, {
    get: (target, key) => (key === 'begin' ? begin : Reflect.get(target, key, target)),
  });
}

/** A place of the pool whose connection was lost gives one farewell; with as many as a pool may have, the next is sound. */
const patience = 64;

async function guardedBegin(
  begin: Begin,
  options: string,
  work: (tx: postgres.TransactionSql) => unknown,
): Promise<unknown> {
  for (let left = patience; ; left--) {
    let begun = false;
    try {
      return await beginOnce(begin, options, (tx) => {
        begun = true;
        return work(tx);
      });
    } catch (error) {
      if (begun || left === 0 || !isFarewell(error)) throw error;
    }
  }
}

async function beginOnce(
  begin: Begin,
  options: string,
  work: (tx: postgres.TransactionSql) => unknown,
): Promise<unknown> {
  let over = false;
  try {
    return await begin(options, async (tx) => {
      const assertOpen = () => {
        if (over) throw new Error('the transaction has ended');
      };
      const guarded = new Proxy(tx, {
        apply: (target, self, given) => {
          assertOpen();
          return Reflect.apply(target as never, self, given) as unknown;
        },
        get: (target, key) => {
          assertOpen();
          return Reflect.get(target, key, target) as unknown;
        },
      });
      const never = new Promise<never>(() => undefined);
      try {
        const given = work(guarded);
        const result = await (Array.isArray(given) ? Promise.all(given) : given);
        // After a loss there is nothing to commit or roll back, and nobody to tell: `begin` has rejected.
        return over ? await never : result;
      } catch (error) {
        // A query that fails by the loss itself is a turn ahead of that.
        await nextTurn();
        if (over) await never;
        throw error;
      }
    });
  } finally {
    over = true;
  }
}
