import { hiddenBelow, startOfToday, told, type Waiting, waitingOf } from '@madoguchi/procedure/basics';
import type { CaContext } from '../context.js';
import { countOpenActs } from './open-acts.js';

/** The counters of all municipalities in numbers that point to nobody. */
export interface CounterFigures {
  readonly hiddenBelow: number;
  /** Acts that wait now: for the applicant's PINs, or for somebody to see to them. null: fewer than `hiddenBelow`, but some. */
  readonly waiting: number | null;
  /** Up to this moment, the last midnight in Japan, months are counted. */
  readonly until: string;
  /** Acts with a card by the month (YYYY-MM, Japan) in which they were done: minutes from the clerk's check to the end. */
  readonly months: readonly { readonly month: string; readonly minutes: Waiting }[];
}

export async function counterFigures(ctx: CaContext): Promise<CounterFigures> {
  const until = startOfToday(ctx.clock());
  const months = await ctx.sql<{ month: string; number: number; median: number; ninety: number }[]>`
    select to_char(ended_at at time zone 'Asia/Tokyo', 'YYYY-MM') as month, count(*)::int as number,
      percentile_cont(0.5) within group (order by extract(epoch from ended_at - created_at) / 60)::float8 as median,
      percentile_cont(0.9) within group (order by extract(epoch from ended_at - created_at) / 60)::float8 as ninety
    from ca.counter_act
    where state = 'done' and kind in ('issue', 'renew', 'pin') and ended_at < ${until}
    group by 1 order by 1`;
  return {
    hiddenBelow,
    waiting: told(await countOpenActs(ctx)),
    until: until.toISOString(),
    months: months.map(({ month, number, ...spread }) => ({ month, minutes: waitingOf([number], spread) })),
  };
}
