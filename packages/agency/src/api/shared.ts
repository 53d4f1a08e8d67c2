import { appendAudit } from '@madoguchi/store';
import type { z } from 'zod';
import { auditChain } from '../cases/audit-chain.js';
import type { ReceptionOptions } from '../options.js';
import type { ApiKeyUsed } from './keys.js';
import type { problem } from './shapes.js';

export type ApiEnv = { Variables: { key: ApiKeyUsed } };

/** The one form of every refusal. */
export function refusal(rule: string, what: string): z.infer<typeof problem> {
  return { rule, what };
}

/** What was read by whom: one entry for each application. */
export async function recordReading(
  options: Pick<ReceptionOptions, 'db' | 'agency' | 'clock'>,
  key: ApiKeyUsed,
  receipts: readonly string[],
): Promise<void> {
  const entries = receipts.map((subject) => ({
    at: options.clock(),
    actor: `system:${key.name}`,
    action: 'api.read',
    subject,
  }));
  if (entries.length === 0) return;
  await options.db.sql.begin((tx) => appendAudit(tx, auditChain(options.agency.code), ...entries));
}
