import type { CaContext } from './context.js';
import { findMunicipality } from './places.js';

/** Figures without any personal data: what `/stats.json` shows. */
export interface CaStats {
  readonly at: string;
  readonly certificates: readonly {
    readonly profile: string;
    readonly municipality: string;
    readonly place: string;
    readonly issued: number;
    readonly valid: number;
    readonly revoked: number;
    readonly expired: number;
  }[];
  readonly revocations: Readonly<Record<string, number>>;
  /** Month of issue in Japan, YYYY-MM. */
  readonly issuedByMonth: readonly {
    readonly month: string;
    readonly profile: string;
    readonly issued: number;
  }[];
  readonly crls: number;
}

export async function stats(ctx: CaContext): Promise<CaStats> {
  const now = ctx.clock();
  const certificates = await ctx.sql<
    {
      profile: string;
      municipality: string;
      issued: number;
      valid: number;
      revoked: number;
      expired: number;
    }[]
  >`
    select c.profile, c.municipality, count(*)::int as issued,
      count(*) filter (where r.serial is null and c.not_after >= ${now})::int as valid,
      count(r.serial)::int as revoked,
      count(*) filter (where r.serial is null and c.not_after < ${now})::int as expired
    from ca.certificate c left join ca.revocation r using (municipality, authority, serial)
    where c.state in ('issued', 'delivered')
    group by 1, 2 order by 2, 1`;
  const revocations = await ctx.sql<{ reason: string; count: number }[]>`
    select reason, count(*)::int as count from ca.revocation group by 1 order by 1`;
  const months = await ctx.sql<{ month: string; profile: string; issued: number }[]>`
    select to_char(not_before at time zone 'Asia/Tokyo', 'YYYY-MM') as month, profile, count(*)::int as issued
    from ca.certificate where state in ('issued', 'delivered') group by 1, 2 order by 1, 2`;
  const [crls] = await ctx.sql<{ count: number }[]>`select count(*)::int as count from ca.crl`;
  return {
    at: now.toISOString(),
    certificates: certificates.map((row) => ({
      ...row,
      place: findMunicipality(row.municipality)?.name ?? '',
    })),
    revocations: Object.fromEntries(revocations.map((row) => [row.reason, row.count])),
    issuedByMonth: months.map((row) => ({ ...row })),
    crls: crls?.count ?? 0,
  };
}
