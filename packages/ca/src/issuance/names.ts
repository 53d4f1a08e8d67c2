import type { CaContext } from '../context.js';
import { defect } from '../error.js';
import { gather } from '../gather.js';

const numbersOf = new WeakMap<CaContext, (nothing: undefined) => Promise<bigint>>();

/** A running number for the common name: its own sequence, so that a CN tells nothing about serial numbers. */
export function nextCommonName(ctx: CaContext): Promise<bigint> {
  const next =
    numbersOf.get(ctx) ??
    gather<undefined, bigint>(async (items) => {
      const rows = await ctx.sql<{ number: string }[]>`
        select nextval('ca.common_name')::text as number from generate_series(1, ${items.length})`;
      return items.map((_, index) => {
        const row = rows[index];
        return row === undefined
          ? { ok: false, error: defect('commonName', 'the database gave no number') }
          : { ok: true, value: BigInt(row.number) };
      });
    });
  numbersOf.set(ctx, next);
  return next(undefined);
}
