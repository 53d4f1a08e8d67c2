import { auditHeadOfCrl } from '@madoguchi/ca/authority';
import {
  type AuditHead,
  type AuditRule,
  type AuditVerdict,
  joinedHead,
  listAuditChains,
  verifyAudit,
} from '@madoguchi/store';
import { type Command, CommandError, optional } from '../cli/command.js';
import { dataOption } from '../cli/data-path.js';
import { existingFolder, withFolder } from '../cli/folder.js';
import { readInput } from '../cli/input.js';

function headOf(file: string | undefined): AuditHead | undefined {
  if (file === undefined) return undefined;
  const inList = auditHeadOfCrl(readInput(file));
  if (inList !== undefined) return inList;
  const wrong = new CommandError(
    'usage',
    `${file} is neither a revocation list of this authority (DER or PEM) nor a remembered head: {"seq": "12", "hash": "…"}.`,
  );
  let head: unknown;
  try {
    head = JSON.parse(Buffer.from(readInput(file)).toString('utf8'));
  } catch (error) {
    throw error instanceof CommandError ? error : wrong;
  }
  if (typeof head !== 'object' || head === null || !('seq' in head) || !('hash' in head)) throw wrong;
  const [seq, hash] = [String(head.seq), String(head.hash)];
  if (!/^\d{1,18}$/.test(seq) || !/^[0-9a-f]{64}$/.test(hash)) throw wrong;
  return { seq: BigInt(seq), hash };
}

/** Sequence numbers as text: they may outgrow what JSON readers keep exactly. */
function plainVerdict(chain: string, verdict: AuditVerdict): Record<string, unknown> {
  return verdict.ok
    ? {
        chain,
        ok: true,
        entries: verdict.entries,
        head: { seq: String(verdict.head.seq), hash: verdict.head.hash },
      }
    : { chain, ok: false, rule: verdict.rule, seq: String(verdict.seq) };
}

const faults = {
  'audit.gap': 'an entry before it is missing',
  'audit.link': 'it does not follow the entry before it',
  'audit.hash': 'it was changed after it was written',
  'audit.tail': 'the chain was cut before it',
  'audit.head': 'it is not the remembered entry',
} as const satisfies Record<AuditRule, string>;

function told(chain: string, verdict: AuditVerdict): string {
  return verdict.ok
    ? `ok   ${chain}: ${verdict.entries} entries, head ${verdict.head.seq} ${verdict.head.hash}`
    : `FAIL ${chain}: entry ${verdict.seq} is the first broken link: ${faults[verdict.rule]} (${verdict.rule}).`;
}

/** Walks every audit chain of the folder. */
export const auditVerify: Command = {
  options: { ...dataOption, chain: { type: 'string' }, head: { type: 'string' }, json: { type: 'boolean' } },
  run: ({ values, print, printJson }) =>
    withFolder(existingFolder(values), async ({ database }) => {
      const head = headOf(optional(values, 'head'));
      // A head without a name is the authority's: its lists carry it.
      const chain = optional(values, 'chain') ?? (head === undefined ? undefined : 'ca');
      const chains = chain === undefined ? await listAuditChains(database.sql) : [chain];
      const found: { chain: string; verdict: AuditVerdict }[] = [];
      for (const name of chains)
        found.push({
          chain: name,
          // A chain that another one took over is held against the end that the other remembers.
          verdict: await verifyAudit(database.sql, name, head ?? (await joinedHead(database.sql, name))),
        });
      if (values.json === true) printJson(found.map(({ chain, verdict }) => plainVerdict(chain, verdict)));
      else for (const { chain: name, verdict } of found) print(told(name, verdict));
      return found.every(({ verdict }) => verdict.ok) ? 'good' : 'no';
    }),
};
