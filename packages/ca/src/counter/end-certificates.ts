import type { Tx } from '@madoguchi/store';
import type { CaContext } from '../context.js';
import { lockResident } from '../issuance/second-issue.js';
import type { CaReason, Ground } from '../reasons.js';
import { insertRevocation, type RecordKey, tellRevoked } from '../revocation/ledger.js';
import { publishSoon } from '../revocation/publish.js';
import { livingTwins, twinReason } from '../tokens/twins.js';
import { type NewRecord, recordAct } from './record-act.js';

/** Whose certificates end: all of a person's, or one. */
type Which =
  | { readonly municipality: string; readonly resident: string }
  | { readonly municipality: string; readonly alias: string };

export interface Ended {
  /** 受付番号. */
  readonly number: string;
  readonly revoked: number;
}

/**
 * Ends certificates and records the act in one commit: neither is ever there without the other. Whatever could still be used ends, also what
 * is signed but not handed over, on a card or on another medium. OCSP tells it at once; the lists are published before this returns.
 */
export async function endCertificates(
  ctx: CaContext,
  which: Which,
  what: { readonly reason: CaReason; readonly ground: Ground },
  act: Omit<NewRecord, 'municipality' | 'state' | 'revoked'>,
): Promise<Ended> {
  const now = ctx.clock();
  const at = new Date(Math.floor(now.getTime() / 1000) * 1000);
  const { number, ended } = await ctx.sql.begin(async (tx) => {
    if ('resident' in which) await lockResident(tx, which.resident);
    const ended: RecordKey[] = [];
    for (const key of await living(tx, which, now)) {
      if (await insertRevocation(ctx, tx, key, { ...what, at, actor: act.clerk })) ended.push(key);
    }
    // What came from this one certificate on smartphones ends in the same commit.
    const twins = 'alias' in which && ended.length > 0 ? await livingTwins(tx, which.alias, now) : [];
    for (const twin of twins) {
      const reason = twinReason(what.reason, twin);
      if (await insertRevocation(ctx, tx, twin, { ...what, reason, at, actor: act.clerk })) ended.push(twin);
    }
    const { municipality } = which;
    const { number } = await recordAct(tx, now, {
      ...act,
      municipality,
      state: 'done',
      revoked: ended.length,
    });
    return { number, ended };
  });
  for (const key of ended) await tellRevoked(ctx, key);
  if (ended.length > 0) await publishSoon(ctx);
  return { number, revoked: ended.length };
}

function living(tx: Tx, which: Which, now: Date) {
  const whose = 'alias' in which ? tx`c.alias = ${which.alias}` : tx`c.resident = ${which.resident}`;
  return tx<RecordKey[]>`
    select municipality, authority, serial, alias from ca.certificate c
    where municipality = ${which.municipality} and ${whose} and state <> 'reserved' and not_after > ${now}
      and not exists (select 1 from ca.revocation r
        where r.municipality = c.municipality and r.authority = c.authority and r.serial = c.serial)`;
}
