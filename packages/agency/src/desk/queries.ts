import type { Sql } from '@madoguchi/store';
import { pausable } from '../cases/pause.js';
import type { CaseState } from '../cases/state.js';
import type { Lights } from '../verification/lights.js';
import type { Deadline, QueueFilter } from './filter.js';

/** The piles on the desk, by the states in them. */
export const piles = {
  waiting: ['arrived', 'opened', 'verified', 'tryLater'],
  cosigning: ['cosigning'],
  correction: ['correction'],
  refused: ['refused'],
  done: ['accepted', 'rejected', 'withdrawn', 'duplicate'],
} as const satisfies Record<string, readonly CaseState[]>;
export type Pile = keyof typeof piles;

export interface QueueRow {
  readonly receiptNumber: string;
  readonly procedureId: string | null;
  readonly applicantName: string | null;
  readonly arrivedAt: Date;
  readonly state: CaseState;
  readonly assignedTo: string | null;
  /** On hold: its deadline is the day on which it goes on, if any. */
  readonly paused: boolean;
  /** YYYY-MM-DD: of the office, or while the applicant corrects, theirs. */
  readonly deadline: string | null;
  /** States of the three lights at the newest look; null before the first. */
  readonly lights: Record<keyof Lights, { state: Lights['signature']['state'] }> | null;
}

export const PAGE_SIZE = 50;

/** Who looks, when, and over which procedures. */
export interface Viewer {
  readonly officer: string;
  readonly now: Date;
  readonly reach: 'all' | readonly string[];
}

/** A case that names no procedure is seen by those who have the whole agency. */
function within(sql: Sql, reach: Viewer['reach']) {
  return reach === 'all' ? sql`` : sql`and c.procedure_id = any(${[...reach]})`;
}

/** One page of what a filter leaves, oldest first. */
export async function listCases(
  sql: Sql,
  agency: string,
  filter: QueueFilter,
  who: Viewer,
  limit = PAGE_SIZE,
): Promise<QueueRow[]> {
  const { after } = filter;
  return sql<QueueRow[]>`${queueRows(sql)}
    where c.agency = ${agency} and c.state = any(${[...piles[filter.pile]]}) ${within(sql, who.reach)}
      ${filter.procedure === undefined ? sql`` : sql`and c.procedure_id = ${filter.procedure}`}
      ${filter.mine ? sql`and c.assigned_to = ${who.officer}` : sql``}
      ${filter.paused === undefined ? sql`` : sql`and ${isPaused(sql)} = ${filter.paused === 'only'}`}
      ${filter.deadline === undefined ? sql`` : sql`and ${dueWithin(sql, filter.deadline, who.now)}`}
      ${
        after === undefined
          ? sql``
          : sql`and (c.arrived_at, c.receipt_number) > (
              select arrived_at, receipt_number from agency.cases where agency = ${agency} and receipt_number = ${after})`
      }
    order by c.arrived_at, c.receipt_number limit ${limit}`;
}

/** The rows of these applications, in the order of arrival. */
export async function listByReceipt(
  sql: Sql,
  agency: string,
  receipts: readonly string[],
): Promise<QueueRow[]> {
  return sql<QueueRow[]>`${queueRows(sql)}
    where c.agency = ${agency} and c.receipt_number = any(${[...receipts]}) order by c.arrived_at, c.receipt_number`;
}

function queueRows(sql: Sql) {
  return sql`
    select c.receipt_number as "receiptNumber", c.procedure_id as "procedureId", c.applicant_name as "applicantName",
      c.arrived_at as "arrivedAt", c.state, v.lights, ${isPaused(sql)} as paused, c.assigned_to as "assignedTo",
      ${deadlineOf(sql)}::text as deadline
    from agency.cases c
    left join lateral (
      select lights from agency.verifications v
      where v.agency = c.agency and v.receipt_number = c.receipt_number order by v.seq desc limit 1) v on true`;
}

function isPaused(sql: Sql) {
  return sql`(c.paused_at is not null and c.state = any(${[...pausable]}))`;
}

/** The office's day, or while the applicant corrects or others sign, theirs; while it is on hold, none is over. */
function deadlineOf(sql: Sql) {
  return sql`case when ${isPaused(sql)} then c.paused_until when c.state in ('correction', 'cosigning') then c.correct_by else c.due_on end`;
}

function dueWithin(sql: Sql, deadline: Deadline, now: Date) {
  const today = sql`(${now}::timestamptz at time zone 'Asia/Tokyo')::date`;
  switch (deadline) {
    case 'overdue':
      return sql`${deadlineOf(sql)} < ${today}`;
    case 'today':
      return sql`${deadlineOf(sql)} = ${today}`;
    case 'week':
      return sql`${deadlineOf(sql)} between ${today} and ${today} + 7`;
  }
}

export type QueueCounts = Record<Pile, number> & { due: number; overdue: number; correctionOverdue: number };

/** How many lie on each pile; of those to examine, whose day is today, or over, in Japan; of those being corrected, whose day is over. */
export async function countPiles(sql: Sql, agency: string, who: Viewer): Promise<QueueCounts> {
  const rows = await sql<{ state: CaseState; count: number; due: number; overdue: number }[]>`
    select state, count(*)::int as count,
      (count(*) filter (where ${dueWithin(sql, 'today', who.now)}))::int as due,
      (count(*) filter (where ${dueWithin(sql, 'overdue', who.now)}))::int as overdue
    from agency.cases c where agency = ${agency} ${within(sql, who.reach)} group by state`;
  const sum = (states: readonly CaseState[], of: 'count' | 'due' | 'overdue') =>
    rows.filter((row) => states.includes(row.state)).reduce((total, row) => total + row[of], 0);
  return {
    waiting: sum(piles.waiting, 'count'),
    cosigning: sum(piles.cosigning, 'count'),
    correction: sum(piles.correction, 'count'),
    refused: sum(piles.refused, 'count'),
    done: sum(piles.done, 'count'),
    due: sum(piles.waiting, 'due'),
    overdue: sum(piles.waiting, 'overdue'),
    correctionOverdue: sum(piles.correction, 'overdue'),
  };
}
