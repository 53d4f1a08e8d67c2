import type { CaContext } from './context.js';
import { type CounterFigures, counterFigures } from './counter/public-figures.js';
import { findMunicipality } from './places.js';

/** Figures without any personal data: what `/stats.json` shows. */
export interface CaStats {
  readonly at: string;
  readonly certificates: readonly {
    readonly profile: string;
    readonly municipality: string;
    readonly place: string;
    /** Handed over: what was begun and given up is none. */
    readonly issued: number;
    /** How many of them came by online renewal. */
    readonly renewed: number;
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
  /** The deck's chart: for each month, prefecture (two digits; empty for what is not citizens') and kind, what was issued and the sum so far. */
  readonly history: readonly {
    readonly month: string;
    readonly prefecture: string;
    readonly profile: string;
    readonly issued: number;
    readonly cumulative: number;
  }[];
  /** What is public about the real service (J-LIS and the ministry): all certificates issued until then. Not this demo's. */
  readonly publicHistory: readonly {
    readonly until: string;
    readonly certificates: number;
    readonly source: string;
  }[];
  /** The cards that the certificates live on since 2016, as published: delivered so far, or held at that day. Not this demo's. */
  readonly publicCards: readonly {
    readonly until: string;
    readonly cards: number;
    readonly counted: 'delivered' | 'held';
  }[];
  readonly crls: number;
  /** How busy the counters are; nothing about anybody. */
  readonly counter: CounterFigures;
}

/** Public figures, from the ministry’s white papers and the press of the time: forecasts are left out. */
const publicHistory = [
  { until: '2007-03', certificates: 250_000, source: '総務省（概数）' },
  { until: '2008-03', certificates: 710_000, source: '総務省（概数）' },
  { until: '2009-02-28', certificates: 1_041_294, source: '総務省' },
  { until: '2014-10', certificates: 2_840_000, source: '総務省（概数）' },
] as const;

/** My Number Cards: the ministry and the Digital Agency, by way of the press (lifecycle.md 8.1). */
const publicCards = [
  { until: '2016-03-27', cards: 2_040_000, counted: 'delivered' },
  { until: '2021-01-01', cards: 30_800_000, counted: 'delivered' },
  { until: '2021-10-01', cards: 48_700_000, counted: 'delivered' },
  { until: '2023-06-30', cards: 93_060_000, counted: 'delivered' },
  { until: '2023-06-30', cards: 88_160_000, counted: 'held' },
  { until: '2024-07-07', cards: 100_100_000, counted: 'delivered' },
  { until: '2024-07-07', cards: 92_780_000, counted: 'held' },
  { until: '2025-12-03', cards: 100_029_804, counted: 'held' },
] as const;

export async function stats(ctx: CaContext): Promise<CaStats> {
  const now = ctx.clock();
  const certificates = await ctx.sql<
    {
      profile: string;
      municipality: string;
      issued: number;
      renewed: number;
      valid: number;
      revoked: number;
      expired: number;
    }[]
  >`
    select c.profile, c.municipality, count(*)::int as issued, count(n.new_alias)::int as renewed,
      count(*) filter (where r.serial is null and c.not_after >= ${now})::int as valid,
      count(r.serial)::int as revoked,
      count(*) filter (where r.serial is null and c.not_after < ${now})::int as expired
    from ca.certificate c left join ca.revocation r using (municipality, authority, serial)
      left join ca.renewal n on n.new_alias = c.alias
    where c.state = 'delivered'
    group by 1, 2 order by 2, 1`;
  const revocations = await ctx.sql<{ reason: string; count: number }[]>`
    select reason, count(*)::int as count from ca.revocation group by 1 order by 1`;
  const months = await ctx.sql<{ month: string; profile: string; issued: number }[]>`
    select to_char(not_before at time zone 'Asia/Tokyo', 'YYYY-MM') as month, profile, count(*)::int as issued
    from ca.certificate where state = 'delivered' group by 1, 2 order by 1, 2`;
  const history = await ctx.sql<
    { month: string; prefecture: string; profile: string; issued: number; cumulative: number }[]
  >`
    select month, prefecture, profile, issued, (sum(issued) over (partition by prefecture, profile order by month))::int as cumulative
    from (
      select to_char(not_before at time zone 'Asia/Tokyo', 'YYYY-MM') as month, left(municipality, 2) as prefecture, profile,
        count(*)::int as issued
      from ca.certificate where state = 'delivered' group by 1, 2, 3) as t
    order by month, prefecture, profile`;
  const [crls] = await ctx.sql<{ count: number }[]>`select count(*)::int as count from ca.crl`;
  return {
    at: now.toISOString(),
    certificates: certificates.map((row) => ({
      ...row,
      place: findMunicipality(row.municipality)?.name ?? '',
    })),
    revocations: Object.fromEntries(revocations.map((row) => [row.reason, row.count])),
    issuedByMonth: months.map((row) => ({ ...row })),
    history: history.map((row) => ({ ...row })),
    publicHistory,
    publicCards,
    crls: crls?.count ?? 0,
    counter: await counterFigures(ctx),
  };
}
