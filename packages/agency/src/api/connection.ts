/** What a core system is connected by: a key with which it asks, an address at which it is told. Officers name, make and end both. */
import { appendAudit, type Tx } from '@madoguchi/store';
import { auditChain } from '../cases/audit-chain.js';

export const connectionName = /^[a-z0-9][a-z0-9-]{0,39}$/;

/** Who makes or ends a connection, and when. */
export interface ConnectionAct {
  readonly name: string;
  readonly officer: string;
  readonly now: Date;
}

/** Keeps in the audit chain that an officer made or ended one, in the transaction that does it. `detail`: besides its name. */
export async function recordConnection(
  tx: Tx,
  agency: string,
  action: 'api.keyCreated' | 'api.keyRevoked' | 'webhook.added' | 'webhook.ended',
  { name, officer, now }: ConnectionAct,
  detail: Record<string, string> = {},
): Promise<void> {
  await appendAudit(tx, auditChain(agency), {
    ...{ at: now, actor: `officer:${officer}`, action, subject: agency },
    detail: { name, ...detail },
  });
}
