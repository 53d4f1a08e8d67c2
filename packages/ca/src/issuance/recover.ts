import type { CaContext } from '../context.js';
import { recordRevocation } from '../revocation/ledger.js';

/** Longest time an issuance at the counter may take before it counts as broken off. */
const unfinishedAfterMs = 15 * 60_000;

interface Left {
  municipality: string;
  authority: string;
  serial: Uint8Array;
  alias: string;
}

/**
 * After a crash: every certificate that may have been signed but was never delivered is revoked as destroyed before it was handed over
 * (`unspecified`). Returns how many. A number that was only taken stays burnt. What is finished needs not be looked at again.
 */
export async function recover(ctx: CaContext, olderThanMs = unfinishedAfterMs): Promise<number> {
  const until = new Date(ctx.clock().getTime() - olderThanMs);
  const rows = await ctx.sql<Left[]>`
    select c.municipality, c.authority, c.serial, c.alias from ca.unfinished u, ${open(ctx)}
      and u.since <= ${until} and c.changed_at <= ${until}`;
  const revoked = await revokeLeft(ctx, rows);
  await ctx.sql`delete from ca.unfinished u where u.since <= ${until} and not exists (select 1 from ${open(ctx)})`;
  return revoked;
}

/** The same at once for one issue that failed while we are still here to know it. */
export async function abandon(ctx: CaContext, issue: string): Promise<number> {
  const rows = await ctx.sql<Left[]>`
    select c.municipality, c.authority, c.serial, c.alias from ca.unfinished u, ${open(ctx)}
      and ${issue} = any (u.issues) and c.issue = ${issue}`;
  return revokeLeft(ctx, rows);
}

/** The certificates of a line `u` that live and were not handed over, as `c`. */
const open = (
  ctx: CaContext,
) => ctx.sql`unnest(u.aliases) as member (alias) join ca.certificate c using (alias)
  where c.state in ('intended', 'issued') and c.not_after > ${ctx.clock()} and not exists (select 1 from ca.revocation r
    where r.municipality = c.municipality and r.authority = c.authority and r.serial = c.serial)`;

async function revokeLeft(ctx: CaContext, rows: readonly Left[]): Promise<number> {
  let revoked = 0;
  for (const row of rows) {
    const at = ctx.clock();
    if (await recordRevocation(ctx, row, { reason: 'unspecified', ground: 'error', at })) revoked++;
  }
  return revoked;
}
