import {
  type Application,
  drawApplication,
  holds,
  isGroup,
  type ProcedureDefinition,
  scopeOf,
  type Words,
} from '@madoguchi/procedure';
import type { Text } from '@madoguchi/ui';

/** Something that an officer can ask the applicant to correct. */
export interface Markable {
  /** Name of the answer or id of the attachment rule. */
  readonly name: string;
  readonly label: Words;
  readonly row: Words | undefined;
  /** As it stands; absent where nothing was answered or sent. */
  readonly value: Text | undefined;
}

/** What was answered and sent, and what was asked but left empty. Sums are not typed, so they cannot be asked for; the card's items neither. */
export function markables(definition: ProcedureDefinition, application: Application): Markable[] {
  const drawn = drawApplication(definition, application).rows.filter(
    ({ source }) => source === 'answer' || source === 'attachment',
  );
  const isTotal = (name: string) =>
    definition.fields.some((entry) =>
      isGroup(entry)
        ? entry.fields.some(
            ({ id, kind }) => kind === 'total' && name.startsWith(`${entry.id}.`) && name.endsWith(`.${id}`),
          )
        : entry.kind === 'total' && entry.id === name,
    );
  const found = new Map<string, Markable>();
  for (const { id, label, row, value } of drawn)
    if (!isTotal(id) && !found.has(id)) found.set(id, { name: id, label, row, value });
  const scope = scopeOf(definition, application.answers);
  for (const entry of definition.fields)
    if (!isGroup(entry) && !found.has(entry.id) && !isTotal(entry.id) && holds(entry.when, scope))
      found.set(entry.id, {
        name: entry.id,
        label: entry.term ?? entry.label,
        row: undefined,
        value: undefined,
      });
  for (const rule of definition.attachments)
    if (!found.has(rule.id) && holds(rule.when, scope))
      found.set(rule.id, { name: rule.id, label: rule.label, row: undefined, value: undefined });
  return [...found.values()];
}
