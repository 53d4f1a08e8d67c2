import type { DrawnRow, PartRule, ProcedureDefinition, Submission } from '@madoguchi/procedure';
import type { Markable } from '../desk/markable.js';

/** What one office sees of an application: the applicant, the fields and files that its part names, and nothing else. */
export function rowsOfPart(part: PartRule, rows: readonly DrawnRow[]): DrawnRow[] {
  return rows.filter(({ id, source }) => source === 'card' || source === 'relation' || isOfPart(part, id));
}

/** Attachments of the part, each with its place among all. */
export function attachmentsOfPart(
  part: PartRule,
  { application, attachments }: Pick<Submission, 'application' | 'attachments'>,
): { index: number; name: string; bytes: Uint8Array }[] {
  return attachments.flatMap(({ name, bytes }, index) => {
    const rule = application.attachments.find((file) => file.name === name)?.rule;
    return rule !== undefined && part.fields.includes(rule) ? [{ index, name, bytes }] : [];
  });
}

/** What an office may ask to correct. */
export function markablesOfPart(part: PartRule, markables: readonly Markable[]): Markable[] {
  return markables.filter(({ name }) => isOfPart(part, name));
}

/** Does the part show everybody who is typed into the application? Then its office may see what was found of them. */
export function seesPeople(definition: ProcedureDefinition, part: PartRule): boolean {
  return (definition.persons ?? []).every(({ group, name }) => part.fields.includes(group ?? name));
}

function isOfPart(part: PartRule, name: string): boolean {
  return part.fields.includes(name.split('.')[0] ?? name);
}
