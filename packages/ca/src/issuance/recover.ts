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
 * (`unspecified`). Returns how many. A number that was only taken stays burnt.
 */
export async function recover(ctx: CaContext, olderThanMs = unfinishedAfterMs): Promise<number> {
  const rows = await ctx.sql<Left[]>`
    select municipality, authority, serial, alias from ca.certificate c
    where state in ('intended', 'issued') and not_after > ${ctx.clock()}
      and changed_at <= ${new Date(ctx.clock().getTime() - olderThanMs)} and ${notRevoked(ctx)}`;
  return revokeLeft(ctx, rows);
}

/** The same at once for one issue that failed while we are still here to know it. */
export async function abandon(ctx: CaContext, issue: string): Promise<number> {
  const rows = await ctx.sql<Left[]>`
    select municipality, authority, serial, alias from ca.certificate c
    where issue = ${issue} and state in ('intended', 'issued') and ${notRevoked(ctx)}`;
  return revokeLeft(ctx, rows);
}

const notRevoked = (ctx: CaContext) => ctx.sql`not exists (select 1 from ca.revocation r
  where r.municipality = c.municipality and r.authority = c.authority and r.serial = c.serial)`;

async function revokeLeft(ctx: CaContext, rows: readonly Left[]): Promise<number> {
  let revoked = 0;
  for (const row of rows) {
    const at = ctx.clock();
    if (await recordRevocation(ctx, row, { reason: 'unspecified', ground: 'error', at })) revoked++;
  }
  return revoked;
}
