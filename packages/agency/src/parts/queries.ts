import type { Sql } from '@madoguchi/store';
import type { CaseState } from '../cases/state.js';
import type { OfficeReach } from '../desk/roles.js';
import type { Lights } from '../verification/lights.js';
import type { PartState } from './progress.js';

/** What an office's queue is sorted into. `notYet`: another part comes first, or somebody has not signed. */
export const partPiles = ['waiting', 'notYet', 'correction', 'done'] as const;
export type PartPile = (typeof partPiles)[number];

export interface PartRow {
  readonly receiptNumber: string;
  readonly procedureId: string | null;
  readonly part: string;
  readonly office: string;
  readonly applicantName: string | null;
  readonly arrivedAt: Date;
  readonly state: PartState;
  readonly caseState: CaseState;
  /** YYYY-MM-DD */
  readonly dueOn: string | null;
  readonly lights: Record<keyof Lights, { state: Lights['signature']['state'] }> | null;
}

const pageSize = 100;
const open = ['opened', 'verified', 'tryLater', 'correction'] as const satisfies CaseState[];

function within(sql: Sql, reach: OfficeReach) {
  return reach.procedures === 'all'
    ? sql``
    : sql`and (c.procedure_id = any(${[...reach.procedures]}) or p.office = any(${[...reach.offices]}))`;
}

function pileOf(sql: Sql) {
  return sql`case
    when p.state in ('accepted', 'rejected', 'ended') or c.state in ('accepted', 'rejected', 'withdrawn') then 'done'
    when c.state = 'cosigning' or p.state = 'blocked' then 'notYet'
    when p.state = 'correction' then 'correction'
    when c.state = any(${[...open]}) then 'waiting' end`;
}

/** The parts in an office's pile, the nearest day first. */
export async function listParts(
  sql: Sql,
  agency: string,
  pile: PartPile,
  reach: OfficeReach,
): Promise<PartRow[]> {
  return sql<
    PartRow[]
  >`select p.receipt_number as "receiptNumber", c.procedure_id as "procedureId", p.part, p.office,
      c.applicant_name as "applicantName", c.arrived_at as "arrivedAt", p.state, c.state as "caseState",
      p.due_on::text as "dueOn", v.lights
    from agency.parts p join agency.cases c on c.agency = p.agency and c.receipt_number = p.receipt_number
    left join lateral (
      select lights from agency.verifications v
      where v.agency = c.agency and v.receipt_number = c.receipt_number order by v.seq desc limit 1) v on true
    where p.agency = ${agency} and ${pileOf(sql)} = ${pile} ${within(sql, reach)}
    order by p.due_on nulls last, c.arrived_at, p.receipt_number, p.position limit ${pageSize}`;
}

export async function countParts(
  sql: Sql,
  agency: string,
  reach: OfficeReach,
): Promise<Record<PartPile, number>> {
  const rows = await sql<
    { pile: PartPile | null; count: number }[]
  >`select ${pileOf(sql)} as pile, count(*)::int as count
    from agency.parts p join agency.cases c on c.agency = p.agency and c.receipt_number = p.receipt_number
    where p.agency = ${agency} ${within(sql, reach)} group by 1`;
  const of = (pile: PartPile) => rows.find((row) => row.pile === pile)?.count ?? 0;
  return {
    waiting: of('waiting'),
    notYet: of('notYet'),
    correction: of('correction'),
    done: of('done'),
  };
}
