import { appendAudit, enqueue, type Sql } from '@madoguchi/store';
import type { Words } from '@madoguchi/ui';
import { auditChain } from '../cases/audit-chain.js';
import { appendAction, findCase } from '../cases/queries.js';
import type { CaseState } from '../cases/state.js';
import { readSigning } from './signing.js';
import { type GivenMandate, mandateOf } from './standing.js';

/** A mandate as the one who gave it sees it. */
export interface OwnMandate extends GivenMandate {
  /** The representative's application. */
  readonly of: string;
  readonly title: Words;
  readonly givenAt: Date;
  readonly caseState: CaseState;
}

const mostRows = 50;

/** The mandates that were signed with the card of this authentication key, the newest first; one that a correction has voided is none any more. */
export async function listMandates(
  sql: Sql,
  agency: string,
  authenticationKey: string,
  now: Date,
): Promise<OwnMandate[]> {
  const rows = await sql<{ receipt: string; of: string; givenAt: Date; caseState: CaseState }[]>`
    select c.receipt_number as receipt, c.joins as of, c.arrived_at as "givenAt", main.state as "caseState"
    from agency.cases c
    join agency.requests r on r.agency = c.agency and r.jti = c.jti
    join agency.cases main on main.agency = c.agency and main.receipt_number = c.joins
    where c.agency = ${agency} and c.authentication_key = ${authenticationKey}
      and r.relation->>'kind' = 'cosigns' and c.procedure_id = 'ininjo' and main.erased_at is null
    order by c.arrived_at desc limit ${mostRows}`;
  const mandates: OwnMandate[] = [];
  for (const { receipt, of, givenAt, caseState } of rows) {
    const signing = await readSigning(sql, agency, of);
    const mandate = signing && (await mandateOf(sql, agency, of, now, signing));
    if (signing === undefined || mandate?.receipt !== receipt) continue;
    mandates.push({ ...mandate, of, givenAt, caseState, title: signing.submission.definition.title });
  }
  return mandates;
}

/**
 * Ends a mandate by the word of the one who gave it, from now on: what the representative filed stays, and an officer who has not decided yet sees it. False when it is not
 * this card's, or not in force any more.
 */
export async function revokeMandate(
  sql: Sql,
  agency: string,
  input: { authenticationKey: string; receipt: string; at: Date },
): Promise<boolean> {
  const { authenticationKey, receipt, at } = input;
  return sql.begin(async (tx) => {
    const [own] = await tx<{ of: string | null }[]>`select joins as of from agency.cases
      where agency = ${agency} and receipt_number = ${receipt} and authentication_key = ${authenticationKey}`;
    if (own?.of == null) return false;
    await tx`select 1 from agency.cases where agency = ${agency} and receipt_number = ${own.of} for update`;
    const signing = await readSigning(tx, agency, own.of);
    const mandate = signing && (await mandateOf(tx, agency, own.of, at, signing));
    const given = signing?.progress.find((one) => one.receipt === receipt);
    if (signing === undefined || given === undefined || mandate?.receipt !== receipt) return false;
    if (mandate.standing !== 'good') return false;
    const detail = { signer: given.wanted.id, application: signing.digest, receipt };
    await appendAction(tx, agency, own.of, { at, actor: 'cosigner', kind: 'cosignRevoked', detail });
    await appendAudit(tx, auditChain(agency), {
      ...{ at, actor: 'cosigner', action: 'case.mandateRevoked', subject: own.of },
      detail: { submission: receipt },
    });
    // The lights are those of a look: with the revocation it is another one.
    if ((await findCase(tx, agency, own.of))?.state === 'verified')
      await enqueue(tx, 'agency.verify', { agency, receiptNumber: own.of, again: true });
    return true;
  });
}
