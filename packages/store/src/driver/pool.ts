/** The driver's pool as every room gets it, with what the driver lacks when a server is lost. */
import postgres from 'postgres';
import { arrayTypes } from './array-types.js';
import { survivingLoss } from './lost-transaction.js';
import { sendingAtLast } from './never-run.js';

interface PoolOptions {
  /** As pg_stat_activity shows it. */
  application?: string;
  /** At most (default 10). */
  connections?: number;
  /** For what a session holds, such as a lock: connections never end by age. */
  lasting?: boolean;
}

/** Nothing is connected before the first query. */
export function openPool(url: string, options: PoolOptions): postgres.Sql {
  const { application, connections = 10, lasting = false } = options;
  const sql = postgres(url, {
    max: connections,
    ...(lasting ? { idle_timeout: 0, max_lifetime: null } : {}),
    connect_timeout: 10,
    fetch_types: false,
    types: arrayTypes,
    onnotice: () => undefined,
    ...(application === undefined ? {} : { connection: { application_name: application } }),
  });
  return survivingLoss(sendingAtLast(sql));
}
