import { appendAudit, type Tx } from '@madoguchi/store';
import type { CaContext } from '../context.js';
import { auditChain } from '../issuance/record.js';

/** Half an hour for the check of the person, a quarter for the work with the card. */
const brokenAfterMs = 45 * 60_000;

/**
 * After a crash: acts at the counter whose card work nobody will end any more are closed as failed, with their line in the audit chain.
 * What they made of certificates, `recover` of the issue record has revoked. Returns how many.
 */
export async function closeBrokenActs(ctx: CaContext, olderThanMs = brokenAfterMs): Promise<number> {
  const now = ctx.clock();
  return ctx.sql.begin(async (tx: Tx) => {
    const rows = await tx<{ id: string; kind: string; clerk: string }[]>`
      update ca.counter_act set state = 'failed', ended_at = ${now}
      where state = 'working' and created_at <= ${new Date(now.getTime() - olderThanMs)}
      returning id, kind, clerk`;
    if (rows.length > 0) {
      await appendAudit(
        tx,
        auditChain,
        ...rows.map(({ id, kind, clerk }) => ({
          at: now,
          actor: clerk,
          action: `counter.${kind}.failed`,
          subject: id,
          detail: { rule: 'broken off' },
        })),
      );
    }
    return rows.length;
  });
}
