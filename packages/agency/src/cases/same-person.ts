import { createHmac } from 'node:crypto';
import type { Application } from '@madoguchi/procedure';
import type { Sql } from '@madoguchi/store';
import { undecided } from './state.js';

/**
 * What stands for a person in the table of cases: HMAC-SHA-256 by the agency's secret over normalised name, birth date and address (hexadecimal). The
 * certificate's own names change at each renewal; without the secret nobody can find a person by guessing.
 */
export function personDigest(
  secret: Uint8Array,
  agency: string,
  { name, birthDate, address }: Application['applicant'],
): string {
  return createHmac('sha256', secret)
    .update(JSON.stringify(['person', agency, plain(name), birthDate, plain(address)]))
    .digest('hex');
}

/** Width, spaces, hyphens and capitals say nothing about who it is. */
function plain(text: string): string {
  return text
    .normalize('NFKC')
    .replaceAll(/\s/gu, '')
    .replaceAll(/[\p{Pd}−ー]/gu, '-')
    .toLowerCase();
}

/** An earlier application of the same person for the same procedure. */
export interface EarlierCase {
  readonly receiptNumber: string;
  readonly arrivedAt: Date;
}

/** Applications of the same person for the same procedure that are not decided, the oldest first; not this one, nor what belongs to it. */
export async function openCasesOfSamePerson(
  sql: Sql,
  agency: string,
  receiptNumber: string,
): Promise<EarlierCase[]> {
  return sql<
    EarlierCase[]
  >`select o.receipt_number as "receiptNumber", o.arrived_at as "arrivedAt" from agency.cases c
    join agency.cases o on o.agency = c.agency and o.person = c.person and o.procedure_id = c.procedure_id
    where c.agency = ${agency} and c.receipt_number = ${receiptNumber} and o.receipt_number <> c.receipt_number
      and o.joins is null and o.state = any(${[...undecided]})
    order by o.arrived_at, o.receipt_number limit 20`;
}
