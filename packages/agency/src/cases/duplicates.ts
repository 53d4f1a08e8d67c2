import type { Sql, Tx } from '@madoguchi/store';
import type { CaseState } from './state.js';

/** So many days apart may two applications be to be taken for the same one filed twice, where the agency does not say otherwise; 0 looks for none. */
const usualDuplicateDays = 30;

/** Another application that says the same. */
export interface Duplicate {
  readonly receiptNumber: string;
  readonly arrivedAt: Date;
  readonly state: CaseState;
  /** It arrived before the one that was asked about. */
  readonly isEarlier: boolean;
  /** Its files are the same too. */
  readonly sameFiles: boolean;
  /** Signature, identity and validity of both are good: no stranger wrote somebody's name into one of them. */
  readonly isCertain: boolean;
}

/**
 * Applications of the same person, for the same procedure, with the same answers, that arrived within so many days of this one: recognised when somebody
 * looks, so that reception does nothing for it. The person is known by the resident's number where both are settled, else by the digest of name, birth date
 * and address. What reception refused, what was erased, corrections and signatures under others are no applications. The oldest first, twenty at most.
 */
export async function duplicatesOf(
  sql: Sql | Tx,
  agency: string,
  receiptNumber: string,
  days: number = usualDuplicateDays,
): Promise<Duplicate[]> {
  if (days <= 0) return [];
  const isGood = (row: string) => sql`coalesce((select v.lights->'signature'->>'state' = 'good'
      and v.lights->'identity'->>'state' = 'good' and v.lights->'validity'->>'state' = 'good'
    from agency.verifications v where v.agency = ${agency} and v.receipt_number = ${sql(row)}.receipt_number
    order by v.seq desc limit 1), false)`;
  return sql<Duplicate[]>`select o.receipt_number as "receiptNumber", o.arrived_at as "arrivedAt", o.state,
      (o.arrived_at, o.receipt_number) < (c.arrived_at, c.receipt_number) as "isEarlier",
      q.attachments = r.attachments as "sameFiles", ${isGood('c')} and ${isGood('o')} as "isCertain"
    from agency.cases c
    join agency.requests r on r.agency = c.agency and r.jti = c.jti
    join agency.cases o on o.agency = c.agency and o.procedure_id = c.procedure_id
      and o.receipt_number <> c.receipt_number and (o.person = c.person or o.resident_id = c.resident_id)
    join agency.requests q on q.agency = o.agency and q.jti = o.jti
    where c.agency = ${agency} and c.receipt_number = ${receiptNumber} and c.state <> 'refused'
      and c.joins is null and o.joins is null and o.state <> 'refused' and o.erased_at is null
      and r.relation is null and q.relation is null and q.answers_digest = r.answers_digest
      and o.arrived_at between c.arrived_at - make_interval(days => ${days}::int)
        and c.arrived_at + make_interval(days => ${days}::int)
    order by o.arrived_at, o.receipt_number limit 20`;
}
