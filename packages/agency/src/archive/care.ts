import type { Stamp } from '@madoguchi/pki';
import { appendAudit, enqueue, type Sql, type Task, withAdvisoryLock } from '@madoguchi/store';
import { z } from 'zod';
import { auditChain } from '../cases/audit-chain.js';
import { resumeDue } from '../cases/pause.js';
import type { Log } from '../options.js';
import { eraseDue, type Retention } from './retention.js';
import { stampDue } from './stamps.js';

/** What is looked after in one agency's archive without anybody asking. */
export interface ArchiveCare {
  readonly sql: Sql;
  readonly agency: { readonly code: string };
  readonly clock: () => Date;
  readonly stamp?: Stamp;
  readonly retention?: Retention;
  /** Decryption keys: the retired ones are destroyed when nothing can need them any more. */
  readonly keys?: { prune?(waits: boolean): Promise<string[]> };
  readonly log?: Log;
}

const job = 'agency.archive';
const everyMs = 60_000;

/** Asks for the first look of a process; one is due at a time, whoever asks. */
export async function beginCare({ sql, agency }: ArchiveCare): Promise<void> {
  await enqueue(sql, job, { agency: agency.code }, { key: keyOf(agency.code) });
}

const keyOf = (code: string) => `${job}:${code}`;

/** One look at the archive: evidence that is due is stamped, stamps that end are renewed, cases whose time is over are erased. */
async function lookAfter({ sql, agency, clock, stamp, retention, keys, log }: ArchiveCare): Promise<void> {
  await withAdvisoryLock(sql, keyOf(agency.code), async () => {
    if (stamp !== undefined) {
      const { stamped, failed } = await stampDue({ sql, agency: agency.code, stamp, clock });
      if (stamped + failed > 0) log?.('archive.stamped', { stamped, failed });
    }
    const resumed = await resumeDue(sql, agency.code, clock());
    if (resumed > 0) log?.('cases.resumed', { cases: resumed });
    if (retention !== undefined) {
      const erased = await eraseDue(sql, agency.code, retention, clock());
      if (erased.length > 0) log?.('archive.erased', { cases: erased.length });
    }
    if (keys?.prune !== undefined) {
      const waiting =
        await sql`select 1 from agency.cases where agency = ${agency.code} and state = 'arrived' limit 1`;
      const destroyed = await keys.prune(waiting.length > 0);
      if (destroyed.length > 0) {
        const detail = { keys: destroyed };
        await recordKeys(sql, agency.code, {
          action: 'keys.destroyed',
          actor: 'archive',
          at: clock(),
          detail,
        });
      }
    }
  });
}

/** The job that looks after the archives of this process, and asks for its next look a minute later. */
export function careTasks(cares: readonly ArchiveCare[]): Record<string, Task> {
  return {
    [job]: async (payload) => {
      const { agency } = z.object({ agency: z.string() }).parse(payload);
      const care = cares.find((one) => one.agency.code === agency);
      if (care === undefined) throw new Error(`no agency ${agency} in this process`);
      try {
        await lookAfter(care);
      } finally {
        await enqueue(
          care.sql,
          job,
          { agency },
          { key: keyOf(agency), runAt: new Date(Date.now() + everyMs) },
        );
      }
    },
  };
}

/** What happened to decryption keys, in the agency's audit chain. */
export async function recordKeys(
  sql: Sql,
  agency: string,
  entry: {
    action: 'keys.rotated' | 'keys.destroyed';
    actor: string;
    at: Date;
    detail: Record<string, unknown>;
  },
): Promise<void> {
  await sql.begin((tx) => appendAudit(tx, auditChain(agency), { ...entry, subject: agency }));
}
