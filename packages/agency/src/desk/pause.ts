import type { Sql } from '@madoguchi/store';
import { japaneseDay } from '@madoguchi/ui';
import { type PauseFault, pausable, pauseCase, resumeCase } from '../cases/pause.js';
import type { CaseState } from '../cases/state.js';
import { hasParts } from '../parts/case-parts.js';
import { isLater, REASON_LIMIT } from './decide.js';

/** What an officer's form says: on hold for a reason, which the applicant reads, until a day or until somebody resumes it; or on again. */
export interface PauseInput {
  readonly pause: boolean;
  readonly reason: string;
  /** YYYY-MM-DD, or empty. */
  readonly until: string;
  readonly seen: number;
  readonly officer: string;
  readonly at: Date;
}

/** Puts an application on hold or lets it go on, unless something came since what the officer has seen. */
export async function setPause(
  sql: Sql,
  agency: string,
  receiptNumber: string,
  input: PauseInput,
): Promise<PauseFault | undefined> {
  const { reason, until, officer, at } = input;
  const actor = `officer:${officer}`;
  return sql.begin(async (tx) => {
    const [row] = await tx<{ state: CaseState; assignedTo: string | null; pausedAt: Date | null }[]>`
      select state, assigned_to as "assignedTo", paused_at as "pausedAt" from agency.cases
      where agency = ${agency} and receipt_number = ${receiptNumber} for update`;
    const [newest] = await tx<{ seq: number }[]>`select coalesce(max(seq), 0)::int as seq from agency.actions
      where agency = ${agency} and receipt_number = ${receiptNumber}`;
    if (row === undefined || newest?.seq !== input.seen) return 'changed';
    if (row.assignedTo !== null && row.assignedTo !== officer) return 'locked';
    if (!pausable.includes(row.state)) return 'decided';
    if ((row.pausedAt !== null) === input.pause) return 'changed';
    if (!input.pause) {
      await resumeCase(tx, agency, receiptNumber, { actor, at });
      return undefined;
    }
    if (await hasParts(tx, agency, receiptNumber)) return 'parts';
    if (reason === '' || reason.length > REASON_LIMIT) return 'pauseReason';
    // Today would be no wait.
    if (until !== '' && !(isLater(until, at) && until > japaneseDay(at))) return 'pauseUntil';
    await pauseCase(tx, agency, receiptNumber, {
      ...{ reason, actor, at },
      until: until === '' ? undefined : until,
    });
    return undefined;
  });
}
