import type { CaContext } from '../context.js';
import { defect } from '../error.js';

/** A running number for the common name: its own sequence, so that a CN tells nothing about serial numbers. */
export async function nextCommonName(ctx: CaContext): Promise<bigint> {
  const [row] = await ctx.sql<{ number: string }[]>`select nextval('ca.common_name')::text as number`;
  if (row === undefined) throw defect('commonName', 'the database gave no number');
  return BigInt(row.number);
}
