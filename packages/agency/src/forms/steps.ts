import {
  type AttachmentRule,
  checkAnswers,
  type Entry,
  type ProcedureDefinition,
  type Step,
} from '@madoguchi/procedure';

/** The page on which a reader is: the whole of a short form, or one step of a long one. */
export interface Place {
  /** Absent in a short form. */
  readonly step?: Step;
  /** From 0. */
  readonly number: number;
  readonly count: number;
  readonly entries: readonly Entry[];
  readonly attachments: readonly AttachmentRule[];
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

export function placeOf(definition: ProcedureDefinition, number: number): Place {
  const { steps, fields, attachments } = definition;
  const at = Math.min(Math.max(number, 0), (steps?.length ?? 1) - 1);
  const step = steps?.[at];
  if (steps === undefined || step === undefined)
    return { number: 0, count: 1, entries: fields, attachments, isFirst: true, isLast: true };
  return {
    step,
    number: at,
    count: steps.length,
    entries: fields.filter(({ id }) => step.fields.includes(id)),
    attachments: attachments.filter(({ id }) => step.fields.includes(id)),
    isFirst: at === 0,
    isLast: at === steps.length - 1,
  };
}

/** Number of the step with this id; 0 for a stranger. */
export function stepNumber(definition: ProcedureDefinition, id: unknown): number {
  return Math.max(0, definition.steps?.findIndex((step) => step.id === id) ?? 0);
}

/** The first step in which something is still wrong: where a reader must go back to. */
export function faultyStep(
  definition: ProcedureDefinition,
  values: Record<string, string>,
): number | undefined {
  const checked = checkAnswers(definition, values);
  if (checked.ok) return undefined;
  const tops = new Set(checked.errors.map(({ field }) => field.split('.')[0] ?? ''));
  const found = definition.steps?.findIndex((step) => step.fields.some((id) => tops.has(id)));
  return found === undefined || found < 0 ? undefined : found;
}
