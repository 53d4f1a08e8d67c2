import { sha256Hex } from '@madoguchi/procedure/basics';
import { appendAudit, type Sql } from '@madoguchi/store';
import { auditChain } from '../cases/audit-chain.js';
import { appendAction, findCase } from '../cases/queries.js';
import { manifestOf, piecesOf, submissionNumbers } from './pieces.js';
import { stampsOf } from './stamps.js';

/** How many years after the decision a case is kept, by procedure id; `default` for all others. Where nothing applies it is kept for ever. */
export type Retention = Readonly<Record<string, number>>;

const mostAtOnce = 100;
const ended = ['accepted', 'rejected', 'withdrawn', 'duplicate', 'refused'];

/** Cases whose time is over at `now`, which may be a day to come: decided, held by nobody, not erased. Whose time ends first comes first. */
export async function casesToErase(
  sql: Sql,
  agency: string,
  retention: Retention,
  now: Date,
): Promise<{ receiptNumber: string; decidedAt: Date; years: number; endsAt: Date }[]> {
  const shortest = Math.min(...Object.values(retention));
  if (!Number.isFinite(shortest)) return [];
  const rows = await sql<{ receiptNumber: string; procedureId: string | null; decidedAt: Date }[]>`
    select c.receipt_number as "receiptNumber", c.procedure_id as "procedureId", max(a.at) as "decidedAt"
    from agency.cases c join agency.actions a on a.agency = c.agency and a.receipt_number = c.receipt_number
    where c.agency = ${agency} and c.erased_at is null and c.held_at is null and c.joins is null
      and c.arrived_at <= ${yearsAfter(now, -shortest)} and c.state = any(${ended}) and a.kind = any(${ended})
    group by c.receipt_number, c.procedure_id order by max(a.at)`;
  return rows
    .flatMap(({ receiptNumber, procedureId, decidedAt }) => {
      const years = retention[procedureId ?? ''] ?? retention.default;
      if (years === undefined) return [];
      const endsAt = yearsAfter(decidedAt, years);
      return endsAt <= now ? [{ receiptNumber, decidedAt, years, endsAt }] : [];
    })
    .sort((a, b) => a.endsAt.getTime() - b.endsAt.getTime());
}

function yearsAfter(at: Date, years: number): Date {
  const later = new Date(at);
  later.setUTCFullYear(later.getUTCFullYear() + years);
  return later;
}

/** Why a case is not erased. */
export type ErasureFault = 'erase.unknown' | 'erase.undecided' | 'erase.held' | 'erase.done';

/**
 * Erases a case: envelopes, containers, looks, notice, stamps, names, and every text typed about it, also of what joined it. What stays is a tombstone (numbers, times, the
 * signed receipt, kinds of actions) and an entry in the audit chain with the digest over the list of all files that were there: a bundle that was exported before
 * can still be shown to be the one. The chain itself stays whole.
 */
export async function eraseCase(
  sql: Sql,
  agency: string,
  receiptNumber: string,
  input: { at: Date; actor: string; why: Readonly<Record<string, string | number>> },
): Promise<{ ok: true } | { ok: false; rule: ErasureFault }> {
  const pieces = await piecesOf(sql, agency, receiptNumber);
  const newest = (await stampsOf(sql, agency, receiptNumber)).at(-1);
  const numbers = await submissionNumbers(sql, agency, receiptNumber);
  return sql.begin(async (tx) => {
    const [row] = await tx<{ state: string; heldAt: Date | null; erasedAt: Date | null }[]>`
      select state, held_at as "heldAt", erased_at as "erasedAt" from agency.cases
      where agency = ${agency} and receipt_number = ${receiptNumber} for update`;
    if (row === undefined) return { ok: false, rule: 'erase.unknown' };
    if (row.erasedAt !== null) return { ok: false, rule: 'erase.done' };
    if (row.heldAt !== null) return { ok: false, rule: 'erase.held' };
    if (!ended.includes(row.state)) return { ok: false, rule: 'erase.undecided' };
    const joined = await tx<{ number: string }[]>`select receipt_number as number from agency.cases
      where agency = ${agency} and joins = ${receiptNumber} for update`;
    const all = [...new Set([...numbers, receiptNumber, ...joined.map(({ number }) => number)])];
    for (const table of [
      'envelope_chunks',
      'submissions',
      'verifications',
      'replies',
      'evidence_stamps',
      'evidence_due',
      'mail_addresses',
      'mail_outbox',
    ])
      await tx`delete from agency.${tx(table)} where agency = ${agency} and receipt_number = any(${all})`;
    await tx`delete from agency.requests where agency = ${agency}
      and jti in (select jti from agency.cases where agency = ${agency} and receipt_number = any(${all}))`;
    await tx`update agency.match_decisions set reason = '' where agency = ${agency} and receipt_number = any(${all})`;
    await tx`update agency.handover_items set reason = null where agency = ${agency} and receipt_number = any(${all})`;
    await tx`update agency.actions set detail = '{}' where agency = ${agency} and receipt_number = any(${all})`;
    await tx`update agency.cases set applicant_name = null, authentication_key = null, assigned_to = null, person = null, resident_id = null, erased_at = ${input.at}
      where agency = ${agency} and receipt_number = any(${all})`;
    await appendAction(tx, agency, receiptNumber, { at: input.at, actor: input.actor, kind: 'erased' });
    await appendAudit(tx, auditChain(agency), {
      at: input.at,
      actor: input.actor,
      action: 'case.erased',
      subject: receiptNumber,
      detail: {
        ...input.why,
        files: pieces.length,
        manifest: sha256Hex(Buffer.from(manifestOf(pieces))),
        ...(newest === undefined ? {} : { stamped: sha256Hex(Buffer.from(newest.manifest)) }),
      },
    });
    return { ok: true };
  });
}

/** Erases whose time is over, a hundred at most; gives the receipt numbers. Safe to run again at any time. */
export async function eraseDue(sql: Sql, agency: string, retention: Retention, now: Date): Promise<string[]> {
  const erased: string[] = [];
  const due = await casesToErase(sql, agency, retention, now);
  for (const { receiptNumber, decidedAt, years } of due.slice(0, mostAtOnce)) {
    const why = { rule: 'retention', years, decided: decidedAt.toISOString() };
    const { ok } = await eraseCase(sql, agency, receiptNumber, { at: now, actor: 'retention', why });
    if (ok) erased.push(receiptNumber);
  }
  return erased;
}

/** Holds a case (a lawsuit, an audit) or lets it go again; false where there is no such case, or nothing to change. The reason goes to the audit chain. */
export async function holdCase(
  sql: Sql,
  agency: string,
  receiptNumber: string,
  input: { hold: boolean; at: Date; actor: string; reason: string },
): Promise<boolean> {
  const { hold, at, actor, reason } = input;
  if ((await findCase(sql, agency, receiptNumber)) === undefined) return false;
  return sql.begin(async (tx) => {
    const rows =
      await tx`update agency.cases set held_at = ${hold ? at : null}, held_by = ${hold ? actor : null}
      where agency = ${agency} and receipt_number = ${receiptNumber} and erased_at is null and (held_at is null) = ${hold} returning 1`;
    if (rows.length === 0) return false;
    await appendAction(tx, agency, receiptNumber, { at, actor, kind: hold ? 'held' : 'holdEnded' });
    await appendAudit(tx, auditChain(agency), {
      at,
      actor,
      action: hold ? 'case.held' : 'case.released',
      subject: receiptNumber,
      detail: { reason },
    });
    return true;
  });
}
