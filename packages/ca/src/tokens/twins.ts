import type { Sql, Tx } from '@madoguchi/store';
import type { CaContext } from '../context.js';
import type { CaReason, Ground } from '../reasons.js';
import { type RecordKey, recordRevocation } from '../revocation/ledger.js';

/** A smartphone's certificate that came from a card's, and still counts. */
type Twin = RecordKey & { readonly state: string };

/** The smartphones' certificates that came from this card's certificate; none for any other. */
export function livingTwins(sql: Sql | Tx, alias: string, now: Date): Promise<Twin[]> {
  return sql<Twin[]>`
    select c.municipality, c.authority, c.serial, c.alias, c.state from ca.certificate c
      join ca.certificate card on card.issue = c.issue and card.alias = ${alias}
    where c.profile = 'phone-' || card.profile and c.state <> 'reserved' and c.not_after > ${now}
      and not exists (select 1 from ca.revocation r
        where r.municipality = c.municipality and r.authority = c.authority and r.serial = c.serial)`;
}

/** Why a twin ends: it was not the phone's key that leaked, and what was never handed over is ended as such. */
export function twinReason(reason: CaReason, { state }: Twin): CaReason {
  if (state !== 'delivered') return 'unspecified';
  return reason === 'keyCompromise' ? 'cessationOfOperation' : reason;
}

/**
 * A certificate on a card was revoked by itself (its key leaked, its holder asked): the smartphones' certificates that came from that card end
 * with it. Returns what ended. Register events and a new card have their own rules, which name both classes; an online renewal leaves them.
 */
export async function endTwins(
  ctx: CaContext,
  card: RecordKey,
  why: { readonly reason: CaReason; readonly ground: Ground; readonly at: Date; readonly actor?: string },
): Promise<RecordKey[]> {
  const ended: RecordKey[] = [];
  for (const twin of await livingTwins(ctx.sql, card.alias, ctx.clock()))
    if (await recordRevocation(ctx, twin, { ...why, reason: twinReason(why.reason, twin) })) ended.push(twin);
  return ended;
}
