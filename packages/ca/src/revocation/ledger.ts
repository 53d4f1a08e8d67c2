import { appendAudit, type Tx } from '@madoguchi/store';
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

interface Revoked {
  readonly reason: CaReason;
  readonly ground: Ground;
  readonly at: Date;
  readonly actor?: string;
}

/** Writes one line of the ledger with its audit entry. False where the certificate has a line already: nothing is ever revoked twice. */
export async function recordRevocation(ctx: CaContext, key: RecordKey, what: Revoked): Promise<boolean> {
  const isNew = await ctx.sql.begin((tx) => insertRevocation(ctx, tx, key, what));
  if (isNew) await tellRevoked(ctx, key);
  return isNew;
}

/** The same inside a transaction that does more; after its commit `tellRevoked` is to follow. */
export async function insertRevocation(
  ctx: CaContext,
  tx: Tx,
  key: RecordKey,
  what: Revoked,
): Promise<boolean> {
  const now = ctx.clock();
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
}

/** What this process does after the commit of a revocation: no kept answer outlives it. */
export async function tellRevoked(ctx: CaContext, key: RecordKey): Promise<void> {
  forgetStatus(ctx.sql, key.authority, key.serial);
  await ctx.onStep('revoked');
}
