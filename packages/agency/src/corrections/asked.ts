import type { ProcedureDefinition } from '@madoguchi/procedure';
import { type Application, type ClaimedAttachment, isGroup, type Words } from '@madoguchi/procedure';
import type { Sql } from '@madoguchi/store';

/** What the agency asks the applicant to correct; `reason` in a line for each office that asks. */
export interface AskedCorrection {
  readonly reason: string;
  /** Names of answers and attachment rules. */
  readonly fields: readonly string[];
  /** YYYY-MM-DD; absent where the officer gave none. */
  readonly until: string | undefined;
}

/** What a case asks its applicant to correct now: all that was asked since the last correction came, by each office of a one-stop application. */
export async function askedCorrection(
  sql: Sql,
  agency: string,
  receiptNumber: string,
): Promise<AskedCorrection | undefined> {
  const rows = await sql<{ detail: Record<string, string> }[]>`select detail from agency.actions
    where agency = ${agency} and receipt_number = ${receiptNumber} and kind = 'correctionAsked'
      and seq > (select coalesce(max(seq), 0) from agency.actions
        where agency = ${agency} and receipt_number = ${receiptNumber} and kind = 'corrected')
    order by seq`;
  if (rows.length === 0) return undefined;
  const all = rows.map(({ detail }) => detail);
  const fields = all.flatMap((detail) => (detail.fields ? detail.fields.split(',') : []));
  return {
    reason: all
      .map(({ office, reason = '' }) => (office === undefined ? reason : `${office}: ${reason}`))
      .join('\n'),
    fields: [...new Set(fields)],
    until: all
      .flatMap(({ until }) => until ?? [])
      .sort()
      .at(-1),
  };
}

type Content = Pick<Application, 'answers'> & { attachments: readonly ClaimedAttachment[] };

/** Names of the answers and attachment rules in which two applications differ: what a correction says it changed. */
export function changedNames(earlier: Content, later: Content): string[] {
  const names = new Set([...Object.keys(earlier.answers), ...Object.keys(later.answers)]);
  const changed = [...names].filter((name) => read(earlier.answers, name) !== read(later.answers, name));
  const rules = new Set([...earlier.attachments, ...later.attachments].map(({ rule }) => rule ?? ''));
  return [...changed, ...[...rules].filter((rule) => filesOf(earlier, rule) !== filesOf(later, rule))].sort();
}

function read(answers: Application['answers'], name: string): string | undefined {
  return Object.hasOwn(answers, name) ? answers[name] : undefined;
}

function filesOf({ attachments }: Content, rule: string): string {
  return JSON.stringify(
    attachments
      .filter((file) => (file.rule ?? '') === rule)
      .map(({ name, sha256 }) => [name, sha256])
      .sort(),
  );
}

/** What a name of an answer or attachment rule is called; the name itself where the definition does not know it. */
export function labelOf(definition: ProcedureDefinition, name: string): Words | string {
  const [top = '', , inner] = name.split('.');
  const entry = definition.fields.find(({ id }) => id === top);
  const field = entry && isGroup(entry) ? entry.fields.find(({ id }) => id === inner) : entry;
  if (field !== undefined && !isGroup(field)) return field.term ?? field.label;
  return definition.attachments.find(({ id }) => id === name)?.label ?? name;
}
