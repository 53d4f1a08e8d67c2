import type { Tx } from '@madoguchi/store';
import type { CaContext } from '../context.js';
import { officeOf } from '../office/settings.js';
import { insertRevocation, type RecordKey, recordRevocation, tellRevoked } from '../revocation/ledger.js';
import { publishSoon } from '../revocation/publish.js';

/** Both certificates of a renewal are good from here on, to the card's word or as long as the office has set. */
export async function beginOverlap(
  ctx: CaContext,
  tx: Tx,
  both: { readonly old: string; readonly fresh: string },
): Promise<void> {
  const { overlapHours } = await officeOf(ctx);
  await tx`insert into ca.renewal_overlap ${tx({
    new_alias: both.fresh,
    old_alias: both.old,
    ends_at: new Date(ctx.clock().getTime() + overlapHours * 3600_000),
  })}`;
}

/** The card holds the new one: the old one is superseded now. Nothing where that has happened, or the new one was revoked meanwhile. */
export async function endOverlap(ctx: CaContext, fresh: string): Promise<void> {
  const now = ctx.clock();
  const old = await ctx.sql.begin(async (tx) => {
    const [row] = await tx<RecordKey[]>`
      delete from ca.renewal_overlap o using ca.certificate c
      where o.new_alias = ${fresh} and c.alias = o.old_alias
      returning c.municipality, c.authority, c.serial, c.alias`;
    if (row === undefined) return undefined;
    const [gone] =
      await tx`select 1 from ca.certificate n join ca.revocation r using (municipality, authority, serial)
      where n.alias = ${fresh}`;
    // Somebody ended the new one by itself: then it is for the counter to say what becomes of the old one.
    if (gone !== undefined) return undefined;
    const at = new Date(Math.floor(now.getTime() / 1000) * 1000);
    const what = { reason: 'superseded', ground: 'request', at, actor: 'holder' } as const;
    return (await insertRevocation(ctx, tx, row, what)) ? row : undefined;
  });
  if (old === undefined) return;
  await tellRevoked(ctx, old);
  await publishSoon(ctx);
}

/**
 * What ran out without the card's word: the old one is superseded. Not the new one, for the card may hold it by now; and where it still holds the old
 * one, the next attempt puts the new one into use.
 */
export async function endOverdue(ctx: CaContext): Promise<void> {
  const rows = await ctx.sql<{ fresh: string }[]>`
    select new_alias as fresh from ca.renewal_overlap where ends_at <= ${ctx.clock()} order by ends_at limit 100`;
  for (const { fresh } of rows) await endOverlap(ctx, fresh);
}

/**
 * The key of this certificate has just signed over a fresh nonce, so it is the one in use. Where it is a renewal's new one, the card has changed
 * over; where it is an old one, the card has not, and the new one that was to come after it is given up.
 */
export async function settleOverlaps(ctx: CaContext, inUse: string): Promise<void> {
  await endOverlap(ctx, inUse);
  const rows = await ctx.sql<RecordKey[]>`
    select c.municipality, c.authority, c.serial, c.alias from ca.renewal_overlap o
      join ca.certificate c on c.alias = o.new_alias where o.old_alias = ${inUse}`;
  for (const row of rows) {
    await recordRevocation(ctx, row, { reason: 'unspecified', ground: 'error', at: ctx.clock() });
    await ctx.sql`delete from ca.renewal_overlap where new_alias = ${row.alias}`;
  }
}
