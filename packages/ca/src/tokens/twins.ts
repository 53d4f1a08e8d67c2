import type { CaContext } from '../context.js';
import type { CaReason, Ground } from '../reasons.js';
import { type RecordKey, recordRevocation } from '../revocation/ledger.js';

const twinOf: Readonly<Record<string, string>> = {
  signature: 'phone-signature',
  authentication: 'phone-authentication',
};

/**
 * A certificate on a card was revoked by itself (its key leaked, its holder asked): the smartphones' certificates that came from that card end
 * with it. Returns what ended. Register events and a new card have their own rules, which name both classes; an online renewal leaves them.
 */
export async function endTwins(
  ctx: CaContext,
  card: RecordKey & { readonly profile: string },
  why: { readonly reason: CaReason; readonly ground: Ground; readonly at: Date; readonly actor?: string },
): Promise<RecordKey[]> {
  const profile = twinOf[card.profile];
  if (profile === undefined) return [];
  const rows = await ctx.sql<(RecordKey & { state: string })[]>`
    select c.municipality, c.authority, c.serial, c.alias, c.state from ca.certificate c
      join ca.certificate card on card.issue = c.issue and card.alias = ${card.alias}
    where c.profile = ${profile} and c.state <> 'reserved' and c.not_after > ${ctx.clock()}
      and not exists (select 1 from ca.revocation r
        where r.municipality = c.municipality and r.authority = c.authority and r.serial = c.serial)`;
  // Not the phone's key has leaked.
  const reason = why.reason === 'keyCompromise' ? 'cessationOfOperation' : why.reason;
  const ended: RecordKey[] = [];
  for (const row of rows) {
    if (
      await recordRevocation(ctx, row, { ...why, reason: row.state === 'delivered' ? reason : 'unspecified' })
    )
      ended.push(row);
  }
  return ended;
}
