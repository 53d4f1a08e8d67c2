import { startOfToday, told, type Waiting, waitingOf } from '@madoguchi/procedure';
import type { Sql } from '@madoguchi/store';

/** How long people wait for the helpdesk's call, in numbers that point to nobody. */
export interface HelpdeskFigures {
  /** Who asked for a call and got none yet. null: a few. */
  waiting: number | null;
  /** By the month (YYYY-MM, Japan) of the first call, to the last midnight: hours since the question. */
  months: { month: string; hours: Waiting }[];
}

export async function helpdeskFigures(sql: Sql, now: Date): Promise<HelpdeskFigures> {
  const [open] = await sql<{ count: number }[]>`
    select count(*)::int as count from portal.tickets t
    where call_at <> 'none' and telephone is not null
      and not exists (select 1 from portal.ticket_actions a where a.ticket = t.number and a.kind = 'called')
      and coalesce((select a.kind from portal.ticket_actions a
        where a.ticket = t.number and a.kind in ('closed', 'reopened') order by position desc limit 1), '') <> 'closed'`;
  const months = await sql<{ month: string; number: number; median: number; ninety: number }[]>`
    select to_char(called at time zone 'Asia/Tokyo', 'YYYY-MM') as month, count(*)::int as number,
      percentile_cont(0.5) within group (order by hours)::float8 as median,
      percentile_cont(0.9) within group (order by hours)::float8 as ninety
    from (
      select min(a.at) as called, extract(epoch from min(a.at) - t.opened_at) / 3600 as hours
      from portal.tickets t join portal.ticket_actions a on a.ticket = t.number and a.kind = 'called'
      where t.call_at <> 'none' group by t.number, t.opened_at) as calls
    where called < ${startOfToday(now)}
    group by 1 order by 1`;
  return {
    waiting: told(open?.count ?? 0),
    months: months.map(({ month, number, ...spread }) => ({ month, hours: waitingOf([number], spread) })),
  };
}
