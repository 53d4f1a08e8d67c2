import { type AuditHead, appendAudit, auditHead } from './audit.js';
import type { Sql, Tx } from './database.js';

const joined = 'audit.joined';

/**
 * Ties a chain that is no longer written to into the one that goes on: entries cannot move (each names its chain in its hash), so the end of the old
 * one is written down in the other. Does nothing unless the old chain has grown since, as it may while a process of the version before still runs.
 */
export async function joinAuditChain(
  sql: Sql,
  chains: { from: string; into: string; at: Date },
): Promise<void> {
  const { from, into, at } = chains;
  await sql.begin(async (tx) => {
    const head = await auditHead(tx, from);
    if (head === undefined) return;
    // Two processes that start at once: the second one waits here and then sees the first one's entry.
    await tx`select pg_advisory_xact_lock(hashtext(${`audit.joined ${from}`}))`;
    const known = await joinedHead(tx, from);
    if (known?.seq === head.seq && known.hash === head.hash) return;
    const detail = { seq: head.seq.toString(), hash: head.hash };
    await appendAudit(tx, into, { at, actor: 'system', action: joined, subject: from, detail });
  });
}

/** The end of a chain as another one holds it: `verifyAudit` takes it as the remembered head. Undefined where it was never tied into another. */
export async function joinedHead(sql: Sql | Tx, chain: string): Promise<AuditHead | undefined> {
  const [row] = await sql<{ detail: string }[]>`select detail from store.audit_entries
    where action = ${joined} and subject = ${chain} and chain <> ${chain} order by at desc, seq desc limit 1`;
  if (row === undefined) return undefined;
  const head: unknown = JSON.parse(row.detail);
  if (typeof head !== 'object' || head === null || !('seq' in head) || !('hash' in head)) return undefined;
  const seq = String(head.seq);
  return /^\d{1,18}$/.test(seq) ? { seq: BigInt(seq), hash: String(head.hash) } : undefined;
}
