import type { Sql } from '@madoguchi/store';
import { pausable } from '../cases/pause.js';
import type { CaseState } from '../cases/state.js';

/** An application of the holder, as its list shows it. */
export interface OwnCase {
  receiptNumber: string;
  procedureId: string | null;
  arrivedAt: Date;
  state: CaseState;
  /** YYYY-MM-DD, while the holder is asked for a correction. */
  correctBy: string | null;
  /** Of a one-stop application: how many offices work on it, and how many are done. */
  parts: number;
  partsDone: number;
  /** Filed by somebody else, and signed by the holder too: under which number. */
  signature: string | null;
  /** The office waits for something outside. */
  paused: boolean;
  /** Reception found something in its files. */
  files: boolean;
}

const mostRows = 100;

/** The applications that name this authentication key, and those that its holder signed together with somebody; the newest first. */
export async function listOwnCases(sql: Sql, agency: string, authenticationKey: string): Promise<OwnCase[]> {
  return sql<OwnCase[]>`
    with own as (
      select distinct on (coalesce(c.joins, c.receipt_number)) coalesce(c.joins, c.receipt_number) as number,
        case when c.joins is not null then c.receipt_number end as signature
      from agency.cases c left join agency.requests r on r.agency = c.agency and r.jti = c.jti
      where c.agency = ${agency} and c.authentication_key = ${authenticationKey}
        and (c.joins is null or r.relation->>'kind' = 'cosigns')
      order by coalesce(c.joins, c.receipt_number), (c.joins is not null), c.arrived_at desc)
    select c.receipt_number as "receiptNumber", c.procedure_id as "procedureId",
      c.arrived_at as "arrivedAt", c.state, c.correct_by::text as "correctBy", own.signature, (c.paused_at is not null and c.state = any(${[...pausable]})) as paused,
      exists (select 1 from agency.actions o where o.agency = ${agency} and o.kind = 'opened' and o.detail ? 'files'
        and o.receipt_number = coalesce((select a.detail->>'receipt' from agency.actions a where a.agency = ${agency}
          and a.receipt_number = c.receipt_number and a.kind = 'corrected' order by a.seq desc limit 1), c.receipt_number)) as files,
      (select count(*)::int from agency.parts p
        where p.agency = ${agency} and p.receipt_number = c.receipt_number) as parts,
      (select count(*)::int from agency.parts p where p.agency = ${agency}
        and p.receipt_number = c.receipt_number and p.state in ('accepted', 'rejected')) as "partsDone"
    from own join agency.cases c on c.agency = ${agency} and c.receipt_number = own.number
    order by c.arrived_at desc limit ${mostRows}`;
}

export async function isOwnCase(
  sql: Sql,
  agency: string,
  authenticationKey: string,
  receiptNumber: string,
): Promise<boolean> {
  const rows = await sql`select 1 from agency.cases where agency = ${agency}
    and receipt_number = ${receiptNumber} and authentication_key = ${authenticationKey}`;
  return rows.length === 1;
}
