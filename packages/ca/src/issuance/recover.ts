import type { CaContext } from '../context.js';
import { recordRevocation } from '../revocation/ledger.js';

/** Longest time an issuance at the counter may take before it counts as broken off. */
const unfinishedAfterMs = 15 * 60_000;

/**
 * After a crash: every citizen's certificate that may have been signed but was never delivered is revoked as destroyed before it was
 * handed over (`unspecified`), and so is every other whose signature may exist while we do not hold it. Returns how many.
 * A number that was only reserved stays burnt.
 */
export async function recover(ctx: CaContext, olderThanMs = unfinishedAfterMs): Promise<number> {
  const now = ctx.clock();
  const rows = await ctx.sql<
    { municipality: string; authority: string; serial: Uint8Array; alias: string }[]
  >`
    select municipality, authority, serial, alias from ca.certificate c
    where state in ('intended', 'issued') and not_after > ${now}
      and changed_at <= ${new Date(now.getTime() - olderThanMs)}
      and not exists (select 1 from ca.revocation r
        where r.municipality = c.municipality and r.authority = c.authority and r.serial = c.serial)`;
  let revoked = 0;
  for (const row of rows) {
    const done = await recordRevocation(ctx, row, { reason: 'unspecified', ground: 'error', at: now });
    if (done) revoked++;
  }
  return revoked;
}
