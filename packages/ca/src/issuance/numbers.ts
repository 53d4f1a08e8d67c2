import { gather } from '@madoguchi/store';
import type { CaContext } from '../context.js';
import { defect } from '../error.js';

/** What no other certificate has. */
export interface Numbers {
  /** The next number of the running number space, as content octets of the INTEGER. */
  readonly serial: Uint8Array;
  /** For the common name: its own sequence, so that a CN tells nothing about serial numbers. */
  readonly commonName: bigint;
}

const numbersOf = new WeakMap<Pick<CaContext, 'sql'>, (nothing: undefined) => Promise<Numbers>>();

/**
 * The next numbers. The database's sequences never give one twice, not even after a rollback, and they are on the disk before this
 * resolves: whatever breaks off afterwards burns them.
 */
export function nextNumbers(ctx: Pick<CaContext, 'sql'>): Promise<Numbers> {
  const next =
    numbersOf.get(ctx) ??
    gather<undefined, Numbers>(async (items) => {
      const rows = await ctx.sql<{ serial: string; number: string }[]>`
        select nextval('ca.serial') as serial, nextval('ca.common_name') as number
        from generate_series(1, ${items.length})`;
      return items.map((_, index) => {
        const row = rows[index];
        return row === undefined
          ? { ok: false, error: defect('serial', 'the database gave no serial number') }
          : { ok: true, value: { serial: octetsOf(row.serial), commonName: BigInt(row.number) } };
      });
    });
  numbersOf.set(ctx, next);
  return next(undefined);
}

/** Four octets, as the serial numbers of the profile have them: the sequence's limits see to that. */
function octetsOf(serial: string): Uint8Array {
  const octets = Buffer.alloc(4);
  octets.writeUInt32BE(Number(serial));
  return octets;
}
