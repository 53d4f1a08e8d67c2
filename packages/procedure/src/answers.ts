import type { Condition, Field, ProcedureDefinition } from './definition.js';
import { fieldValues, unreadable } from './field-values.js';
import { say, type Words } from './words.js';

export type Answers = Record<string, string>;

export interface AnswerError {
  /** Field id. */
  field: string;
  message: Words;
}

export type CheckedAnswers =
  | { ok: true; answers: Answers }
  /** `answers` is what was typed, so that a form can show it again. */
  | { ok: false; errors: AnswerError[]; answers: Answers };

/** Whether a field or attachment is asked for, given the answers so far. */
export function isAsked(when: Condition | undefined, answers: Answers): boolean {
  if (!when) return true;
  const value = own(answers, when.field);
  return value !== undefined && when.is.includes(value);
}

/**
 * Checks what was typed against the definition: the one validator of form, agent and reception. Answers come out in the
 * definition's order; an empty optional field and a field that is not asked for are left out; unknown names are dropped.
 */
export function checkAnswers(definition: ProcedureDefinition, raw: Record<string, string>): CheckedAnswers {
  const answers: Answers = {};
  const errors: AnswerError[] = [];
  for (const field of definition.fields) {
    if (!isAsked(field.when, answers)) continue;
    const typed = own(raw, field.id);
    const value = typeof typed === 'string' ? fieldValues[field.kind].tidy(typed) : '';
    if (value.trim() === '') {
      if (field.required) errors.push({ field: field.id, message: missing(field) });
      continue;
    }
    const fault = unreadable(value) ? illegible : fieldValues[field.kind].fault(value, field);
    if (fault) errors.push({ field: field.id, message: fault });
    answers[field.id] = value;
  }
  if (errors.length === 0) return { ok: true, answers };
  const typed: Answers = {};
  for (const field of definition.fields) {
    const value = own(raw, field.id);
    if (typeof value === 'string') typed[field.id] = value;
  }
  return { ok: false, errors, answers: typed };
}

/**
 * Whether answers are exactly what the definition shows: each one asked for, well formed and in its signed form, none
 * missing. Returns the ids of those that are not.
 */
export function strangeAnswers(definition: ProcedureDefinition, answers: Answers): string[] {
  const checked = checkAnswers(definition, answers);
  const strange = new Set<string>();
  if (!checked.ok) for (const error of checked.errors) strange.add(error.field);
  else {
    for (const [id, value] of Object.entries(answers))
      if (own(checked.answers, id) !== value) strange.add(id);
  }
  const known = new Set(definition.fields.map((field) => field.id));
  for (const id of Object.keys(answers)) if (!known.has(id)) strange.add(id);
  return [...strange];
}

function own(record: Record<string, string>, key: string): string | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

function missing(field: Field): Words {
  const { ja, jaEasy, en } = field.label;
  return field.kind === 'choice'
    ? say(`「${ja}」を選んでください。`, `「${jaEasy}」を えらんで ください。`, `Choose an answer: ${en}`)
    : say(`「${ja}」を書いてください。`, `「${jaEasy}」を 書いて ください。`, `Fill in: ${en}`);
}

const illegible = say(
  '読めない文字が入っています。書き直してください。',
  'よめない 文字が あります。もういちど 書いて ください。',
  'There is an unreadable character. Please type it again.',
);
