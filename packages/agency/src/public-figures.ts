import {
  type AgencyFigures,
  hiddenBelow,
  startOfToday,
  told,
  toldSum,
  waitingOf,
} from '@madoguchi/procedure';
import type { Sql } from '@madoguchi/store';
import { outsideReceiver } from './forms/outside-page.js';
import type { LoadedProcedure, ReceptionOptions } from './options.js';

interface ArrivedRow {
  id: string;
  month: string;
  arrived: number;
}
/** `month` null: all months together. */
interface DecidedRow {
  id: string;
  month: string | null;
  decided: number;
  median: number;
  ninety: number;
}

async function countUntil(sql: Sql, agency: string, until: Date) {
  const arrived = await sql<ArrivedRow[]>`
    select procedure_id as id, to_char(arrived_at at time zone 'Asia/Tokyo', 'YYYY-MM') as month, count(*)::int as arrived
    from agency.cases
    where agency = ${agency} and joins is null and state <> 'refused' and procedure_id is not null and arrived_at < ${until}
    group by 1, 2 order by 1, 2`;
  const decided = await sql<DecidedRow[]>`
    with first as (
      select receipt_number, min(at) as at from agency.actions
      where agency = ${agency} and kind in ('accepted', 'rejected') group by receipt_number)
    select id, month, count(*)::int as decided,
      percentile_cont(0.5) within group (order by days)::float8 as median,
      percentile_cont(0.9) within group (order by days)::float8 as ninety
    from (
      select c.procedure_id as id, to_char(f.at at time zone 'Asia/Tokyo', 'YYYY-MM') as month,
        extract(epoch from f.at - c.arrived_at) / 86400 as days
      from agency.cases c join first f using (receipt_number)
      where c.agency = ${agency} and c.joins is null and c.procedure_id is not null and f.at < ${until}) as t
    group by grouping sets ((id, month), (id)) order by id, month`;
  return { arrived, decided };
}

/**
 * Applications by procedure and month, and how long they waited for their first decision (acceptance or rejection; the days in which an applicant
 * corrects are in it). Months are those of Japan, counted to the last midnight. What reception refused is not counted; a procedure that is
 * no longer offered is left out.
 */
async function publicFigures(
  { db, agency }: ReceptionOptions,
  procedures: readonly LoadedProcedure[],
  until: Date,
): Promise<AgencyFigures> {
  const { arrived, decided } = await countUntil(db.sql, agency.code, until);
  const figuresOf = ({ definition: { id, title } }: LoadedProcedure) => {
    const came = arrived.filter((row) => row.id === id);
    const went = decided.filter((row) => row.id === id && row.month !== null);
    const all = decided.find((row) => row.id === id && row.month === null);
    const months = [...new Set([...came, ...went].map(({ month }) => month ?? ''))].sort();
    const none = { median: null, ninety: null };
    return {
      id,
      title,
      arrived: toldSum(came.map((row) => row.arrived)),
      decided: waitingOf(
        went.map((row) => row.decided),
        all ?? none,
      ),
      months: months.map((month) => {
        const done = went.find((row) => row.month === month);
        return {
          month,
          arrived: told(came.find((row) => row.month === month)?.arrived ?? 0),
          decided: waitingOf(done === undefined ? [] : [done.decided], done ?? none),
        };
      }),
    };
  };
  const rows = procedures
    .filter(({ definition }) => outsideReceiver(agency, definition) === undefined)
    .map(figuresOf);
  return { until: until.toISOString(), agency: agency.code, hiddenBelow, procedures: rows };
}

/** The figures of the day, counted once however many ask; a count that failed is tried again. */
export function dailyFigures(options: ReceptionOptions): () => Promise<AgencyFigures> {
  let counted: { until: number; figures: Promise<AgencyFigures> } | undefined;
  return () => {
    const until = startOfToday(options.clock());
    if (counted?.until !== until.getTime()) {
      const figures = publicFigures(options, options.procedures, until);
      counted = { until: until.getTime(), figures };
      figures.catch(() => {
        if (counted?.figures === figures) counted = undefined;
      });
    }
    return counted.figures;
  };
}
