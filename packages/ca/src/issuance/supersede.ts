import type { CaContext } from '../context.js';
import { recordRevocation } from '../revocation/ledger.js';
import { publishSoon } from '../revocation/publish.js';

/** Revokes whatever a registered resident has but `except` (aliases): `superseded`, or `unspecified` where it was never handed over. */
export async function supersede(
  ctx: CaContext,
  municipality: string,
  resident: string,
  except: readonly string[] = [],
): Promise<void> {
  const now = ctx.clock();
  const rows = await ctx.sql<
    { municipality: string; authority: string; serial: Uint8Array; alias: string; state: string }[]
  >`
    select municipality, authority, serial, alias, state from ca.certificate c
    where municipality = ${municipality} and resident = ${resident} and state <> 'reserved' and not_after > ${now}
      and not exists (select 1 from ca.revocation r
        where r.municipality = c.municipality and r.authority = c.authority and r.serial = c.serial)`;
  for (const row of rows.filter(({ alias }) => !except.includes(alias))) {
    const reason = row.state === 'delivered' ? 'superseded' : 'unspecified';
    await recordRevocation(ctx, row, { reason, ground: 'request', at: now, actor: 'counter' });
  }
  if (rows.length > 0) await publishSoon(ctx);
}
