import type { CaContext } from '../context.js';
import type { IssuedProfile } from '../issuance/record.js';
import type { CaReason, Ground } from '../reasons.js';
import { recordRevocation } from './ledger.js';
import { publishDue } from './publish.js';

/** What the resident record or the card's owner tells of: the grounds of lifecycle.md 3, as the Act and the operating rules name them. */
export type RegisterEvent =
  /** Change of name, address, birth date or sex; a move within the country. */
  | 'change'
  | 'moveAbroad'
  | 'death'
  /** The record was wrong from the beginning. */
  | 'correction'
  | 'cardAbolished'
  | 'cardLost';

interface EventRule {
  /** Which of the resident's certificates end; the others survive. */
  readonly ends: readonly IssuedProfile[];
  readonly reason: CaReason;
  readonly ground: Ground;
}

const signature = ['signature', 'phone-signature'] as const;
const both = [...signature, 'authentication', 'phone-authentication'] as const;

/** Since 2016 a change of the four items ends the signature certificate only; in 2008 there was no other. A hold is never released. */
export const eventRules: Readonly<Record<RegisterEvent, EventRule>> = {
  change: { ends: signature, reason: 'affiliationChanged', ground: 'change' },
  moveAbroad: { ends: signature, reason: 'affiliationChanged', ground: 'change' },
  death: { ends: both, reason: 'cessationOfOperation', ground: 'change' },
  correction: { ends: signature, reason: 'affiliationChanged', ground: 'error' },
  cardAbolished: { ends: both, reason: 'cessationOfOperation', ground: 'request' },
  cardLost: { ends: both, reason: 'certificateHold', ground: 'request' },
};

/**
 * Revokes by rule what an event ends of one resident's certificates, and nothing else; the lists follow before it returns, or with the next
 * run. What was never handed over is revoked as `unspecified`. Returns the aliases; calling it again revokes nothing more.
 */
export async function revokeByEvent(
  ctx: CaContext,
  what: { municipality: string; resident: string; event: RegisterEvent; actor: string },
): Promise<string[]> {
  const { ends, reason, ground } = eventRules[what.event];
  const now = ctx.clock();
  const rows = await ctx.sql<
    { municipality: string; authority: string; serial: Uint8Array; alias: string; state: string }[]
  >`
    select municipality, authority, serial, alias, state from ca.certificate c
    where municipality = ${what.municipality} and resident = ${what.resident} and profile in ${ctx.sql([...ends])}
      and state <> 'reserved' and not_after > ${now}
      and not exists (select 1 from ca.revocation r
        where r.municipality = c.municipality and r.authority = c.authority and r.serial = c.serial)`;
  const done: string[] = [];
  for (const row of rows) {
    const why = row.state === 'delivered' ? reason : 'unspecified';
    if (await recordRevocation(ctx, row, { reason: why, ground, at: now, actor: what.actor }))
      done.push(row.alias);
  }
  // OCSP tells it already; a list that cannot be published now is behind the ledger, and the next run makes it.
  if (done.length > 0) await publishDue(ctx).catch(() => []);
  return done;
}
