// Imports nothing but the expressions, so that a browser can run this very file.
import { type Expression, evaluate, fieldsOfExpression, isAnswered, type Scope } from './expressions.js';

/** A question or rule that holds only sometimes. Fields named here stand earlier in the definition, or earlier in the same row of a group. */
export type Condition =
  /** The field holds one of these values; a `choices` field: at least one of them is chosen. */
  | { field: string; is: string[] }
  /** The field is answered at all, or is not. */
  | { field: string; answered: boolean }
  /** Whole numbers compared, e.g. a sum with a limit. False while a field that is named is not answered. */
  | { number: Expression; op: Comparison; than: Expression }
  /** Two days compared; `than` is a field of kind date or a day YYYY-MM-DD. False while one of them is not answered. */
  | { date: string; op: Comparison; than: string }
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition };

export const comparisons = ['<', '<=', '=', '>=', '>'] as const;
type Comparison = (typeof comparisons)[number];

/** A day of the calendar, as a literal in a condition. */
export const dayPattern = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/;

/** Whether a condition holds for the answers so far; without a condition, always. */
export function holds(when: Condition | undefined, scope: Scope): boolean {
  if (when === undefined) return true;
  if ('all' in when) return when.all.every((part) => holds(part, scope));
  if ('any' in when) return when.any.some((part) => holds(part, scope));
  if ('not' in when) return !holds(when.not, scope);
  if ('number' in when) {
    if (!isAnswered(when.number, scope) || !isAnswered(when.than, scope)) return false;
    const [left, right] = [evaluate(when.number, scope), evaluate(when.than, scope)];
    return compare(left < right ? -1 : left > right ? 1 : 0, when.op);
  }
  if ('date' in when) {
    const left = scope.read(when.date);
    const right = dayPattern.test(when.than) ? when.than : scope.read(when.than);
    if (left === undefined || right === undefined) return false;
    return compare(left < right ? -1 : left > right ? 1 : 0, when.op);
  }
  const value = scope.read(when.field);
  if ('answered' in when) return (value !== undefined) === when.answered;
  return value !== undefined && chosen(value).some((one) => when.is.includes(one));
}

/** The values of a `choices` answer; of any other, the answer itself. No option holds a comma. */
export function chosen(value: string): string[] {
  return value.split(',');
}

function compare(order: -1 | 0 | 1, op: Comparison): boolean {
  switch (op) {
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '=':
      return order === 0;
    case '>=':
      return order >= 0;
    case '>':
      return order > 0;
  }
}

/** Every field that a condition reads. */
export function fieldsOfCondition(when: Condition): string[] {
  if ('all' in when) return when.all.flatMap(fieldsOfCondition);
  if ('any' in when) return when.any.flatMap(fieldsOfCondition);
  if ('not' in when) return fieldsOfCondition(when.not);
  if ('number' in when) return [...fieldsOfExpression(when.number), ...fieldsOfExpression(when.than)];
  if ('date' in when) return dayPattern.test(when.than) ? [when.date] : [when.date, when.than];
  return [when.field];
}
