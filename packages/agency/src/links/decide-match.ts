import { appendAudit, type Sql, type Tx } from '@madoguchi/store';
import { auditChain } from '../cases/audit-chain.js';
import { appendAction } from '../cases/queries.js';
import { type CaseState, undecided } from '../cases/state.js';
import type { Lights } from '../verification/lights.js';
import { latestVerification } from '../verification/queries.js';
import type { LinkBasis } from './resident-links.js';

export type MatchVerdict = 'same' | 'different';
const REASON_LIMIT = 2000;

/** Why a near match was not decided. */
export type MatchFault = 'decided' | 'changed' | 'locked' | 'reason' | 'signature' | 'nothing' | 'resident';

export interface MatchInput {
  readonly verdict: MatchVerdict;
  readonly reason: string;
  /** It holds for the resident's next certificate too. */
  readonly lasting: boolean;
  /** Where nobody was found in the register: whose record it is, as the officer found out. */
  readonly resident: string;
  readonly seen: number;
  readonly officer: string;
  readonly at: Date;
}

/** The rules, without a database. */
export function matchFault(
  input: Pick<MatchInput, 'verdict' | 'reason' | 'resident'>,
  state: CaseState,
  lights: Lights | undefined,
): MatchFault | undefined {
  if (!undecided.some((open) => open === state)) return 'decided';
  if (input.reason === '' || input.reason.length > REASON_LIMIT) return 'reason';
  const record = lights?.identity.record;
  if (lights === undefined || record === undefined) return 'nothing';
  // A link outlives the case: it is made only for a certificate that an authority stands behind.
  if (lights.signature.state === 'bad' || lights.validity.state === 'bad') return 'signature';
  if (record.resident !== undefined) return undefined;
  return input.verdict === 'same' && input.resident !== '' ? undefined : 'resident';
}

/**
 * An officer decides whether the certificate's holder and the resident on record are one person: an act of its own, with the reason, by whom, on which
 * look; an action, an entry in the audit chain (without reason and names). The same: certificate and resident are linked, and later filings with it find
 * the resident at once. Different: they never meet again, and a link there was is gone.
 */
export async function decideMatch(
  sql: Sql,
  agency: string,
  receiptNumber: string,
  input: MatchInput,
): Promise<MatchFault | undefined> {
  const { verdict, reason, officer, at } = input;
  return sql.begin(async (tx) => {
    const [row] = await tx<{ state: CaseState; assignedTo: string | null; seq: number }[]>`
      select state, assigned_to as "assignedTo",
        (select coalesce(max(a.seq), 0)::int from agency.actions a
          where a.agency = c.agency and a.receipt_number = c.receipt_number) as seq
      from agency.cases c where agency = ${agency} and receipt_number = ${receiptNumber} for update`;
    if (row?.seq !== input.seen) return 'changed';
    if (row.assignedTo !== null && row.assignedTo !== officer) return 'locked';
    const look = await latestVerification(tx, agency, receiptNumber);
    const fault = matchFault(input, row.state, look?.lights);
    if (fault !== undefined) return fault;
    const record = look?.lights.identity.record;
    if (record === undefined) return 'nothing';
    const resident = record.resident ?? input.resident;
    const known = await tx`select 1 from agency.residents
      where agency = ${agency} and resident_id = ${resident}`;
    if (known.length === 0) return 'resident';
    const certificate = Buffer.from(record.certificate, 'base64url');
    await tx`insert into agency.match_decisions
        (agency, receipt_number, at, officer, verdict, reason, certificate, resident_id, pairs, lasting)
      values (${agency}, ${receiptNumber}, ${at}, ${officer}, ${verdict}, ${reason}, ${certificate}, ${resident},
        ${record.differing.map(({ pair }) => pair)}, ${input.lasting})`;
    if (verdict === 'same')
      await link(tx, agency, { certificate, resident, basis: 'officer', by: `officer:${officer}`, at });
    else
      await tx`delete from agency.resident_links
        where agency = ${agency} and certificate = ${certificate} and resident_id = ${resident}`;
    const actor = `officer:${officer}`;
    const basis = { verdict, look: String(look?.seq ?? 0) };
    await appendAction(tx, agency, receiptNumber, {
      at,
      actor,
      kind: 'matched',
      detail: { ...basis, reason },
    });
    await appendAudit(tx, auditChain(agency), {
      at,
      actor,
      action: 'case.matched',
      subject: receiptNumber,
      detail: { ...basis, fields: record.differing.map(({ field }) => field).join(',') },
    });
    return undefined;
  });
}

/** Says whose certificate it is; a later word replaces an earlier one. */
async function link(
  tx: Tx,
  agency: string,
  input: { certificate: Uint8Array; resident: string; basis: LinkBasis; by: string; at: Date },
): Promise<void> {
  const { certificate, resident, basis, by, at } = input;
  await tx`insert into agency.resident_links (agency, certificate, resident_id, basis, linked_by, linked_at)
    values (${agency}, ${Buffer.from(certificate)}, ${resident}, ${basis}, ${by}, ${at})
    on conflict (agency, certificate) do update
      set resident_id = ${resident}, basis = ${basis}, linked_by = ${by}, linked_at = ${at}
      where resident_links.resident_id <> ${resident}`;
}

/** An application was accepted: whose it was stands with the case, and an exact match becomes a link. */
export async function settle(
  tx: Tx,
  agency: string,
  receiptNumber: string,
  input: { lights: Lights | undefined; by: string; at: Date },
): Promise<void> {
  const { lights, by, at } = input;
  const record = lights?.identity.record;
  if (record?.resident === undefined) return;
  await tx`update agency.cases set resident_id = ${record.resident}
    where agency = ${agency} and receipt_number = ${receiptNumber}`;
  if (lights === undefined || !Object.values(lights).every(({ state }) => state === 'good')) return;
  const certificate = Buffer.from(record.certificate, 'base64url');
  await link(tx, agency, { certificate, resident: record.resident, basis: 'match', by, at });
}
