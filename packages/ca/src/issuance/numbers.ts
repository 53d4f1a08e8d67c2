import { gather, type Outcome } from '@madoguchi/store';
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
    gather((items: readonly undefined[]) => draw(ctx, items.length), { items: 128, linger: 4 });
  numbersOf.set(ctx, next);
  return next(undefined);
}

async function draw({ sql }: Pick<CaContext, 'sql'>, count: number): Promise<Outcome<Numbers>[]> {
  const rows = await sql<{ serial: string; number: string }[]>`
    select nextval('ca.serial') as serial, nextval('ca.common_name') as number
    from generate_series(1, ${count})`;
  return Array.from({ length: count }, (_, index): Outcome<Numbers> => {
    const row = rows[index];
    if (row === undefined)
      return { ok: false, error: defect('serial', 'the database gave no serial number') };
    return { ok: true, value: { serial: octetsOf(row.serial), commonName: BigInt(row.number) } };
  });
}

/** Four octets, as the serial numbers of the profile have them: the sequence's limits see to that. */
function octetsOf(serial: string): Uint8Array {
  const octets = Buffer.alloc(4);
  octets.writeUInt32BE(Number(serial));
  return octets;
}
