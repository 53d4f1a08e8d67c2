import type { Sql, Tx } from '@madoguchi/store';
import { CaError } from '../error.js';

/** What is asked for: a certificate of one authority's kind for one resident, as part of one issue. */
interface Wanted {
  readonly municipality: string;
  readonly resident: string;
  readonly issue: string;
  readonly now: Date;
}

/** Makes the transaction the only one that decides about this resident, until its end. */
export async function lockResident(tx: Tx, resident: string): Promise<void> {
  await tx`select pg_advisory_xact_lock(hashtextextended(${`ca.issue:${resident}`}, 0))`;
}

/** No second certificate while one is valid or being made (二重発行の禁止), but for those of the same issue. */
export async function refuseSecondIssue(sql: Sql | Tx, wanted: Wanted): Promise<void> {
  const { municipality, resident, issue, now } = wanted;
  const others = await sql`
    select 1 from ca.certificate c
    where municipality = ${municipality} and resident = ${resident} and issue::text <> ${issue}
      and state <> 'reserved' and not_after > ${now}
      and not exists (select 1 from ca.revocation r
        where r.municipality = c.municipality and r.authority = c.authority and r.serial = c.serial)
    limit 1`;
  if (others.length === 0) return;
  throw new CaError(
    'issue.second',
    {
      ja: 'この方には有効な証明書がすでにあるか、いま発行しているところです。先に失効させるか、15分ほど待ってください。',
      jaEasy:
        'この{人|ひと}の {証明書|しょうめいしょ}は もう あります。{先|さき}に やめてから つくって ください。',
      en: 'This person already has a valid certificate, or one is being issued. Revoke it first, or wait a quarter of an hour.',
    },
    77,
  );
}
