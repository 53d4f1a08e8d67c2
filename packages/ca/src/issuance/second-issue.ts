import type { CaContext } from '../context.js';
import { CaError } from '../error.js';

/** No second certificate of a kind while one is valid (二重発行の禁止). */
export async function refuseSecondIssue(
  ctx: CaContext,
  municipality: string,
  resident: string,
): Promise<void> {
  const valid = await ctx.sql`
    select 1 from ca.certificate c
    where municipality = ${municipality} and resident = ${resident} and state = 'delivered'
      and not_after > ${ctx.clock()}
      and not exists (select 1 from ca.revocation r
        where r.municipality = c.municipality and r.authority = c.authority and r.serial = c.serial)
    limit 1`;
  if (valid.length === 0) return;
  throw new CaError(
    'issue.second',
    {
      ja: 'この方には有効な証明書がすでにあります。先に失効させるか、更新してください。',
      jaEasy: 'この人の 証明書は もう あります。先に やめてから つくって ください。',
      en: 'This person already has a valid certificate. Revoke it first.',
    },
    77,
  );
}
