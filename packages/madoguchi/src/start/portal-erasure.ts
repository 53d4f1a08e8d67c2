import { erasePortal } from '@madoguchi/portal';
import type { Sql } from '@madoguchi/store';
import type { Lifecycle } from './lifecycle.js';
import type { Log } from './log.js';

const hourMs = 3600_000;

/** Every hour, and once at the start: what the helpdesk and the classes hold of people goes when its time is over. */
export function erasePortalHourly(place: {
  sql: Sql;
  clock: () => Date;
  log: Log;
  lifecycle: Lifecycle;
}): void {
  const { sql, clock, log, lifecycle } = place;
  const sweep = () =>
    erasePortal(sql, clock()).then(
      ({ tickets, seats }) => {
        if (tickets + seats > 0) log.write('portal', 'erased', { tickets, seats });
      },
      (error: unknown) => log.fault('portal', 'erasure', error),
    );
  void sweep();
  const timer = setInterval(sweep, hourMs);
  lifecycle.onStop('erasure', () => clearInterval(timer));
}
