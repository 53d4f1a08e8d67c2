import { appendAudit, type Sql } from '@madoguchi/store';
import { CaError } from '../error.js';
import { auditChain } from '../issuance/record.js';

/** A certificate whose key another has too, the one that keeps the key first among those of one key: in force before ended, older before newer. */
interface Shared {
  readonly key: Uint8Array;
  readonly municipality: string;
  readonly authority: string;
  /** Hex. */
  readonly serial: string;
  readonly ended: boolean;
  readonly leaked: boolean;
}

/** So many keys are named at most. */
const most = 10;

/**
 * Before migration 0046 lets a key have one certificate: a database of an earlier version may hold one key in two, issued by two processes at the
 * same moment. Which of two in force goes is an operator's decision: throws CaError `key.shared` (69) that names them. Of revoked and expired
 * ones the entry of the key is taken away, the certificate itself stays; a key that was reported as leaked stays refused.
 */
export async function partSharedKeys(sql: Sql): Promise<void> {
  const rows = await sql<Shared[]>`
    select c.spki_sha256 as key, c.municipality, c.authority, encode(c.serial, 'hex') as serial,
      r.serial is not null or c.not_after < now() as ended, coalesce(r.reason = 'keyCompromise', false) as leaked
    from ca.certificate c left join ca.revocation r using (municipality, authority, serial)
    where c.profile not in ('ocsp', 'link', 'cross') and c.spki_sha256 in (
      select spki_sha256 from ca.certificate where profile not in ('ocsp', 'link', 'cross') group by 1 having count(*) > 1)
    order by c.spki_sha256, ended, c.reserved_at, c.serial`;
  const byKey = new Map<string, Shared[]>();
  for (const row of rows) {
    const key = Buffer.from(row.key).toString('hex');
    byKey.set(key, [...(byKey.get(key) ?? []), row]);
  }
  const open = [...byKey.values()]
    .map((shared) => shared.filter(({ ended }) => !ended))
    .filter((inForce) => inForce.length > 1);
  if (open.length > 0) throw keyShared(open);
  for (const [, ...others] of byKey.values()) for (const one of others) await part(sql, one);
}

async function part(sql: Sql, { key, municipality, authority, serial, leaked }: Shared): Promise<void> {
  if (leaked)
    await sql`insert into ca.blocked_key (spki_sha256, why) values (${key}, 'keyCompromise') on conflict do nothing`;
  const [row] = await sql<{ alias: string }[]>`update ca.certificate set spki_sha256 = null
    where municipality = ${municipality} and authority = ${authority} and serial = decode(${serial}, 'hex') returning alias`;
  const entry = { at: new Date(), actor: 'ca', action: 'keys.parted', subject: row?.alias ?? '' };
  await appendAudit(sql, auditChain, entry);
}

function keyShared(open: readonly (readonly Shared[])[]): CaError {
  const named = open
    .slice(0, most)
    .map((shared) => shared.map(({ authority, serial }) => `${authority} ${serial}`).join(' = '))
    .join('; ');
  const list = open.length > most ? `${named}; … (${open.length})` : named;
  return new CaError(
    'key.shared',
    {
      ja: `同じ鍵の証明書が、2枚以上有効なままです（認証局とシリアル番号）: ${list}。この版は、1つの鍵に1枚の証明書しか認めないため、始められません。データは前のままです。これまでの版で「madoguchi ca revoke --serial 番号 --reason superseded --data フォルダー」を使い、鍵ごとに1枚を残してほかを失効してから、もう一度始めてください。`,
      jaEasy: `おなじ かぎの {証明書|しょうめいしょ}が 2{枚|まい} あります: ${list}。{前|まえ}の プログラムで、1{枚|まい}だけ のこして ください。「madoguchi ca revoke」を {使|つか}います。`,
      en: `Certificates that are in force share a key (authority and serial number): ${list}. This version allows a key one certificate, so it does not start; the data is as before. With the version that ran until now, revoke all but one of each key, "madoguchi ca revoke --serial NUMBER --reason superseded --data DIR", then start again.`,
    },
    69,
  );
}
