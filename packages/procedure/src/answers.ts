import { fieldsOfCondition, holds } from './definition/conditions.js';
import type { ProcedureDefinition } from './definition/definition.js';
import { evaluate, type Scope } from './definition/expressions.js';
import { type Field, type Group, isGroup } from './definition/fields.js';
import type { Rule, Step } from './definition/parts.js';
import { fieldValues, unreadable } from './field-values.js';
import { say, type Words } from './words.js';

/** Answers by field id; those in the rows of a group by `group.0.field`, rows counted from 0 without a gap. */
export type Answers = Record<string, string>;

/** What is wrong with one answer, in words for whoever typed it. */
export interface AnswerError {
  /** Field id, or the name of the answer in a row: `children.0.name`. */
  field: string;
  message: Words;
}

export type CheckedAnswers =
  | { ok: true; answers: Answers }
  /** `answers` is what was typed, so that a form can show it again. */
  | { ok: false; errors: AnswerError[]; answers: Answers };

/** What conditions and sums may ask of answers. `row` is `children.0.` inside a row, else empty. */
export function scopeOf(definition: ProcedureDefinition, answers: Answers, row = ''): Scope {
  return {
    read: (field) => (row === '' ? undefined : own(answers, `${row}${field}`)) ?? own(answers, field),
    rows: (id) => {
      const group = row === '' ? definition.fields.find((entry) => entry.id === id) : undefined;
      if (group === undefined || !isGroup(group)) return [];
      return rowNumbers(answers, group).map((number) => scopeOf(definition, answers, `${id}.${number}.`));
    },
  };
}

/** Which rows of a group hold an answer, in their order. */
export function rowNumbers(answers: Answers, group: Group): number[] {
  const found: number[] = [];
  for (let number = 0; number < group.max; number += 1) {
    if (group.fields.some(({ id }) => own(answers, `${group.id}.${number}.${id}`) !== undefined))
      found.push(number);
  }
  return found;
}

/**
 * Checks what was typed against the definition: the one validator of form, agent and reception. Answers come out in the
 * definition's order; an empty optional field, a field that is not asked for and a row that is all blank are left out, totals are
 * calculated; unknown names are dropped.
 */
export function checkAnswers(definition: ProcedureDefinition, raw: Record<string, string>): CheckedAnswers {
  const { answers, errors, typedAs } = gather(definition, raw);
  if (errors.length === 0) errors.push(...brokenRules(definition, answers, typedAs));
  if (errors.length === 0) return { ok: true, answers };
  return { ok: false, errors, answers: known(definition, raw) };
}

/**
 * The same for a long form of which only the steps up to this one are typed: what is wrong in this step. Rules that read a later answer wait.
 */
export function checkStep(
  definition: ProcedureDefinition,
  raw: Record<string, string>,
  step: Step,
): AnswerError[] {
  const steps = definition.steps ?? [];
  const here = new Set(steps.slice(0, steps.indexOf(step) + 1).flatMap(({ fields }) => fields));
  const top = (name: string) => name.split('.')[0] ?? '';
  const isHere = (rule: Rule) => {
    const read = [
      rule.field,
      ...[rule.must, rule.when].flatMap((part) => (part ? fieldsOfCondition(part) : [])),
    ];
    const owner = (name: string) =>
      definition.fields.find((entry) => entry.id === top(name))?.id ??
      definition.fields.find((entry) => isGroup(entry) && entry.fields.some(({ id }) => id === name))?.id;
    return read.every((name) => here.has(owner(name) ?? ''));
  };
  const checked = checkAnswers(
    {
      ...definition,
      fields: definition.fields.filter(({ id }) => here.has(id)),
      rules: definition.rules?.filter(isHere),
    },
    raw,
  );
  return checked.ok ? [] : checked.errors.filter(({ field }) => step.fields.includes(top(field)));
}

/** The totals as they stand while the form is still being filled in, by the names of what was typed. */
export function previewTotals(definition: ProcedureDefinition, raw: Record<string, string>): Answers {
  const { answers, typedAs } = gather(definition, raw);
  const totals: Answers = {};
  for (const [name, typedName] of typedAs) {
    const id = name.split('.').at(-1);
    const field = definition.fields
      .flatMap((entry) => (isGroup(entry) ? entry.fields : [entry]))
      .find((one) => one.id === id && one.kind === 'total');
    const value = own(answers, name);
    if (field && value !== undefined) totals[typedName] = value;
  }
  return totals;
}

interface Gathered {
  answers: Answers;
  errors: AnswerError[];
  /** Where a signed name was typed: rows close up when one was left blank. */
  typedAs: Map<string, string>;
}

function gather(definition: ProcedureDefinition, raw: Record<string, string>): Gathered {
  const answers: Answers = {};
  const errors: AnswerError[] = [];
  const typedAs = new Map<string, string>();
  const take = (field: Field, typedName: string, name: string, row: string) => {
    const scope = scopeOf(definition, answers, row);
    if (!holds(field.when, scope)) return;
    typedAs.set(name, typedName);
    if (field.kind === 'total') {
      if (field.value !== undefined) answers[name] = evaluate(field.value, scope).toString();
      return;
    }
    const typed = own(raw, typedName);
    const value = typeof typed === 'string' ? fieldValues[field.kind].tidy(typed, field) : '';
    if (value.trim() === '') {
      if (field.required) errors.push({ field: typedName, message: missing(field) });
      return;
    }
    const fault = unreadable(value) ? illegible : fieldValues[field.kind].fault(value, field);
    if (fault) errors.push({ field: typedName, message: fault });
    answers[name] = value;
  };
  for (const entry of definition.fields) {
    if (!isGroup(entry)) {
      take(entry, entry.id, entry.id, '');
      continue;
    }
    if (!holds(entry.when, scopeOf(definition, answers))) continue;
    rowsTyped(raw, entry).forEach((typedRow, row) => {
      for (const field of entry.fields)
        take(
          field,
          `${entry.id}.${typedRow}.${field.id}`,
          `${entry.id}.${row}.${field.id}`,
          `${entry.id}.${row}.`,
        );
    });
  }
  return { answers, errors, typedAs };
}

/** The rows in which something was typed, and as many more as must be there. */
function rowsTyped(raw: Record<string, string>, group: Group): number[] {
  const rows: number[] = [];
  for (let number = 0; number < group.max; number += 1) {
    const typed = group.fields.some(({ id, kind, default: preset }) => {
      const value = own(raw, `${group.id}.${number}.${id}`);
      // A row whose only content is what the form itself put there is as good as blank.
      return typeof value === 'string' && value.trim() !== '' && value !== preset && kind !== 'total';
    });
    if (typed) rows.push(number);
  }
  for (let number = 0; rows.length < group.min; number += 1) if (!rows.includes(number)) rows.push(number);
  return rows.sort((a, b) => a - b);
}

function brokenRules(
  definition: ProcedureDefinition,
  answers: Answers,
  typedAs: Map<string, string>,
): AnswerError[] {
  const errors: AnswerError[] = [];
  for (const rule of definition.rules ?? []) {
    const group = definition.fields.find(
      (entry): entry is Group => isGroup(entry) && entry.fields.some(({ id }) => id === rule.field),
    );
    const rows =
      group === undefined || definition.fields.some(({ id }) => id === rule.field)
        ? ['']
        : rowNumbers(answers, group).map((number) => `${group.id}.${number}.`);
    for (const row of rows) {
      const scope = scopeOf(definition, answers, row);
      if (!holds(rule.when, scope) || holds(rule.must, scope)) continue;
      const name = `${row}${rule.field}`;
      errors.push({ field: typedAs.get(name) ?? name, message: rule.message });
    }
  }
  return errors;
}

/** What was typed, as far as the definition knows the names. */
function known(definition: ProcedureDefinition, raw: Record<string, string>): Answers {
  const typed: Answers = {};
  for (const name of answerNames(definition)) {
    const value = own(raw, name);
    if (typeof value === 'string') typed[name] = value;
  }
  return typed;
}

/** Every name that an answer may have. */
function answerNames(definition: ProcedureDefinition): string[] {
  return definition.fields.flatMap((entry) =>
    isGroup(entry)
      ? Array.from({ length: entry.max }, (_, row) =>
          entry.fields.map(({ id }) => `${entry.id}.${row}.${id}`),
        ).flat()
      : [entry.id],
  );
}

/**
 * Whether answers are exactly what the definition shows: each one asked for, well formed and in its signed form, none
 * missing, every total right. Returns the names of those that are not.
 */
export function strangeAnswers(definition: ProcedureDefinition, answers: Answers): string[] {
  const checked = checkAnswers(definition, answers);
  const strange = new Set<string>();
  if (!checked.ok) for (const error of checked.errors) strange.add(error.field);
  else {
    for (const [id, value] of Object.entries(answers))
      if (own(checked.answers, id) !== value) strange.add(id);
    for (const id of Object.keys(checked.answers)) if (own(answers, id) === undefined) strange.add(id);
  }
  const names = new Set(answerNames(definition));
  for (const id of Object.keys(answers)) if (!names.has(id)) strange.add(id);
  return [...strange];
}

function own(record: Record<string, string>, key: string): string | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

function missing(field: Field): Words {
  const { ja, jaEasy, en } = field.label;
  if (field.kind === 'consent')
    return say(
      `「${ja}」に印をつけてください。`,
      `「${jaEasy}」に しるしを つけて ください。`,
      `Tick the box: ${en}`,
    );
  return field.kind === 'choice' || field.kind === 'choices'
    ? say(`「${ja}」を選んでください。`, `「${jaEasy}」を えらんで ください。`, `Choose an answer: ${en}`)
    : say(`「${ja}」を書いてください。`, `「${jaEasy}」を 書いて ください。`, `Fill in: ${en}`);
}

const illegible = say(
  '読めない文字が入っています。書き直してください。',
  'よめない 文字が あります。もういちど 書いて ください。',
  'There is an unreadable character. Please type it again.',
);
