import { readFileSync } from 'node:fs';
import { type AuditHead, listAuditChains, verifyAudit } from '@madoguchi/store';
import { type Command, CommandError, optional } from '../cli/command.js';
import { dataOption, withFolder } from '../cli/folder.js';

function headOf(file: string | undefined): AuditHead | undefined {
  if (file === undefined) return undefined;
  const text = readFileSync(file, 'utf8');
  const head: unknown = JSON.parse(text);
  if (typeof head !== 'object' || head === null || !('seq' in head) || !('hash' in head)) {
    throw new CommandError('usage', `${file} is not a remembered head: {"chain": …, "seq": …, "hash": …}.`);
  }
  return { seq: BigInt(String(head.seq)), hash: String(head.hash) };
}

/** Walks every audit chain of the folder. */
export const auditVerify: Command = {
  name: 'audit verify',
  usage: '--data DIR [--chain NAME] [--head F] [--json]',
  summary: 'Walk the audit chains; name the first broken link, or a cut tail against a remembered head.',
  options: { ...dataOption, chain: { type: 'string' }, head: { type: 'string' }, json: { type: 'boolean' } },
  run: ({ values, print, printJson }) =>
    withFolder(values, async ({ database }) => {
      const chain = optional(values, 'chain');
      const head = headOf(optional(values, 'head'));
      if (head !== undefined && chain === undefined) throw new CommandError('usage', '--head needs --chain.');
      const chains = chain === undefined ? await listAuditChains(database.sql) : [chain];
      const verdicts = [];
      for (const name of chains)
        verdicts.push({ chain: name, ...(await verifyAudit(database.sql, name, head)) });
      const text = (value: unknown) =>
        JSON.stringify(value, (_key, each) => (typeof each === 'bigint' ? each.toString() : each));
      if (values.json === true) printJson(JSON.parse(text(verdicts)));
      else for (const verdict of verdicts) print(`${verdict.ok ? 'ok  ' : 'FAIL'} ${text(verdict)}`);
      return verdicts.every((verdict) => verdict.ok) ? 'good' : 'no';
    }),
};
