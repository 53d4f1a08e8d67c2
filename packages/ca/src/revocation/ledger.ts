import { appendAudit } from '@madoguchi/store';
import { noteTime, refuseClockSetBack } from '../clock.js';
import type { CaContext } from '../context.js';
import { auditChain } from '../issuance/record.js';
import { forgetStatus } from '../ocsp/ledger-view.js';
import type { CaReason, Ground } from '../reasons.js';

/** Which certificate, by its place in the issue record. */
export interface RecordKey {
  readonly municipality: string;
  readonly authority: string;
  readonly serial: Uint8Array;
  readonly alias: string;
}

/** Writes one line of the ledger with its audit entry. False where the certificate has a line already: nothing is ever revoked twice. */
export async function recordRevocation(
  ctx: CaContext,
  key: RecordKey,
  what: { reason: CaReason; ground: Ground; at: Date; actor?: string },
): Promise<boolean> {
  const now = ctx.clock();
  const isNew = await ctx.sql.begin(async (tx) => {
    await refuseClockSetBack(ctx, tx, now);
    const inserted = await tx`
      insert into ca.revocation ${tx({
        municipality: key.municipality,
        authority: key.authority,
        serial: key.serial,
        revoked_at: what.at,
        reason: what.reason,
        ground: what.ground,
        recorded_at: now,
      })} on conflict do nothing`;
    if (inserted.count === 0) return false;
    await noteTime(tx, now);
    await appendAudit(tx, auditChain, {
      at: now,
      actor: what.actor ?? 'ca',
      action: 'certificate.revoked',
      subject: key.alias,
      detail: { reason: what.reason, ground: what.ground, revokedAt: what.at.toISOString() },
    });
    return true;
  });
  if (isNew) {
    forgetStatus(ctx.sql, key.authority, key.serial);
    await ctx.onStep('revoked');
  }
  return isNew;
}
