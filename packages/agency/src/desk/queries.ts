import type { Sql, Tx } from '@madoguchi/store';
import type { CaseState } from '../cases/state.js';
import type { Lights } from '../verification/lights.js';

/** The piles on the desk, by the states in them. */
export const piles = {
  waiting: ['arrived', 'opened', 'verified', 'tryLater'],
  correction: ['correction'],
  refused: ['refused'],
  done: ['accepted', 'rejected', 'withdrawn'],
} as const satisfies Record<string, readonly CaseState[]>;
export type Pile = keyof typeof piles;

export interface QueueRow {
  readonly receiptNumber: string;
  readonly procedureId: string | null;
  readonly applicantName: string | null;
  readonly arrivedAt: Date;
  readonly state: CaseState;
  /** States of the three lights at the newest look; null before the first. */
  readonly lights: Record<keyof Lights, { state: Lights['signature']['state'] }> | null;
}

export const PAGE_SIZE = 50;

/** One page of a pile, oldest first; `after` is the last receipt number of the page before. */
export async function listCases(
  sql: Sql,
  agency: string,
  pile: Pile,
  after: string | undefined,
): Promise<QueueRow[]> {
  return sql<QueueRow[]>`
    select c.receipt_number as "receiptNumber", c.procedure_id as "procedureId", c.applicant_name as "applicantName",
      c.arrived_at as "arrivedAt", c.state, v.lights
    from agency.cases c
    left join lateral (
      select lights from agency.verifications v
      where v.agency = c.agency and v.receipt_number = c.receipt_number order by v.seq desc limit 1) v on true
    where c.agency = ${agency} and c.state = any(${[...piles[pile]]})
      ${
        after === undefined
          ? sql``
          : sql`and (c.arrived_at, c.receipt_number) > (
              select arrived_at, receipt_number from agency.cases where agency = ${agency} and receipt_number = ${after})`
      }
    order by c.arrived_at, c.receipt_number limit ${PAGE_SIZE}`;
}

/** How many lie on each pile, and how many of the undecided are due by the end of this day in Japan. */
export async function countPiles(
  sql: Sql,
  agency: string,
  now: Date,
): Promise<Record<Pile, number> & { due: number }> {
  const rows = await sql<{ state: CaseState; count: number; due: number }[]>`
    select state, count(*)::int as count,
      (count(*) filter (where due_on <= (${now}::timestamptz at time zone 'Asia/Tokyo')::date))::int as due
    from agency.cases where agency = ${agency} group by state`;
  const sum = (states: readonly CaseState[], of: 'count' | 'due') =>
    rows.filter((row) => states.includes(row.state)).reduce((total, row) => total + row[of], 0);
  return {
    waiting: sum(piles.waiting, 'count'),
    correction: sum(piles.correction, 'count'),
    refused: sum(piles.refused, 'count'),
    done: sum(piles.done, 'count'),
    due: sum([...piles.waiting, ...piles.correction], 'due'),
  };
}

export interface ActionRow {
  readonly seq: number;
  readonly at: Date;
  readonly actor: string;
  readonly kind: string;
  readonly detail: Record<string, string>;
}

export async function listActions(
  sql: Sql | Tx,
  agency: string,
  receiptNumber: string,
): Promise<ActionRow[]> {
  return sql<ActionRow[]>`select seq::int as seq, at, actor, kind, detail from agency.actions
    where agency = ${agency} and receipt_number = ${receiptNumber} order by seq`;
}
