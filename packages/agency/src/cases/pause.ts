import { appendAudit, type Sql, type Tx } from '@madoguchi/store';
import { japaneseDay } from '@madoguchi/ui/words';
import { auditChain } from './audit-chain.js';
import { daysBetween } from './due-date.js';
import { appendAction } from './queries.js';
import type { CaseState } from './state.js';

/** States in which an examination can wait: the applicant's own answer, or others' signatures, are waited for already in the others. */
export const pausable: readonly CaseState[] = ['arrived', 'opened', 'verified', 'tryLater'];

/** Why a case is not put on hold, or does not go on. */
export type PauseFault = 'changed' | 'locked' | 'decided' | 'pauseReason' | 'pauseUntil' | 'parts';

/** What stands on a case that is on hold. */
export interface Pause {
  /** YYYY-MM-DD: the day on which it goes on by itself. */
  readonly until: string | null;
  readonly reason: string;
}

/** The newest reason among the actions of a case that is on hold. */
export function pauseOf(
  row: { pausedAt: Date | null; pausedUntil: string | null; state: CaseState },
  actions: readonly { kind: string; detail: Record<string, string> }[],
): Pause | undefined {
  if (row.pausedAt === null || !pausable.includes(row.state)) return undefined;
  const reason = actions.findLast(({ kind }) => kind === 'paused')?.detail.reason ?? '';
  return { until: row.pausedUntil, reason };
}

/** Puts a case on hold, in the caller's transaction, which holds its row. */
export async function pauseCase(
  tx: Tx,
  agency: string,
  receiptNumber: string,
  input: { reason: string; until: string | undefined; actor: string; at: Date },
): Promise<void> {
  const { reason, until, actor, at } = input;
  await tx`update agency.cases set paused_at = ${at}, paused_until = ${until ?? null}
    where agency = ${agency} and receipt_number = ${receiptNumber}`;
  const detail = { reason, ...(until === undefined ? {} : { until }) };
  await appendAction(tx, agency, receiptNumber, { at, actor, kind: 'paused', detail });
  await appendAudit(tx, auditChain(agency), {
    ...{ at, actor, action: 'case.paused', subject: receiptNumber },
    detail: until === undefined ? {} : { until },
  });
}

/** Lets a case go on: its day moves by the days it waited. Nothing happens where it does not wait. */
export async function resumeCase(
  tx: Tx,
  agency: string,
  receiptNumber: string,
  { actor, at }: { actor: string; at: Date },
): Promise<void> {
  const [row] = await tx<{ pausedAt: Date }[]>`select paused_at as "pausedAt" from agency.cases
    where agency = ${agency} and receipt_number = ${receiptNumber} and paused_at is not null for update`;
  if (row === undefined) return;
  const days = daysBetween(row.pausedAt, at);
  await tx`update agency.cases set paused_at = null, paused_until = null, due_on = due_on + ${days}::int
    where agency = ${agency} and receipt_number = ${receiptNumber}`;
  const detail = { days: String(days) };
  await appendAction(tx, agency, receiptNumber, { at, actor, kind: 'resumed', detail });
  await appendAudit(tx, auditChain(agency), {
    ...{ at, actor, action: 'case.resumed', subject: receiptNumber, detail },
  });
}

/** Lets everything go on whose day has come, in Japan; gives how many. Safe to run again at any time. */
export async function resumeDue(sql: Sql, agency: string, now: Date): Promise<number> {
  const rows = await sql<{ receipt: string }[]>`select receipt_number as receipt from agency.cases
    where agency = ${agency} and paused_at is not null and paused_until <= ${japaneseDay(now)}::date
      and state = any(${[...pausable]})
    order by receipt_number limit 100`;
  for (const { receipt } of rows)
    await sql.begin((tx) => resumeCase(tx, agency, receipt, { actor: 'system', at: now }));
  return rows.length;
}
