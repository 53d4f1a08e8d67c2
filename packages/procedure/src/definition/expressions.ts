// No import, so that a browser can run this very file.

/**
 * Sums and rates as data: what a form says in its small print (税率, 千円未満切捨て) without a line of code. Exact: fractions of whole numbers,
 * never floating point. A field that is not answered counts as 0.
 */
export type Expression =
  /** A whole number. */
  | number
  /** The value of a field of kind number, decimal, money or total. */
  | string
  | { sum: Expression[] }
  /** The first less all others. */
  | { minus: Expression[] }
  | { times: Expression[] }
  /** `percent` is a decimal number as text: "10.21". */
  | { of: Expression; percent: string }
  | { of: Expression; dividedBy: number }
  | { least: Expression[] }
  | { most: Expression[] }
  /** To a multiple of `unit` (1, 100, 1000): 100円未満切捨て is `{ round: …, unit: 100, by: "down" }`. Down and up are towards and away from 0. */
  | { round: Expression; unit: number; by: 'down' | 'up' | 'nearest' }
  /**
   * 速算表: the first row whose `upTo` is not below the value (the last row has none) gives value × percent − minus. With `unit` the row takes the
   * value rounded down to a multiple of it, as the table of employment income does (4,000 yen).
   */
  | { table: Expression; rows: TableRow[] }
  /** By the chosen option of a field. */
  | { field: string; cases: Record<string, Expression>; otherwise: Expression }
  /** Over all rows of a group. */
  | { over: string; sum: Expression }
  | { count: string }
  /** Whole months begun from one day to another, both counted (占用期間の月数); days likewise. 0 when the second is earlier. */
  | { months: [string, string] }
  | { days: [string, string] };

interface TableRow {
  upTo?: number | undefined;
  percent: string;
  minus: number;
  unit?: number | undefined;
}

/** What an expression or condition may ask: the answer to a field by its id, first in the row it stands in; the rows of a group. */
export interface Scope {
  read(field: string): string | undefined;
  rows(group: string): Scope[];
}

/** The value as a whole number; what is left of a fraction is cut off towards 0, so a form that rounds otherwise says so. */
export function evaluate(expression: Expression, scope: Scope): bigint {
  const { over, under } = exact(expression, scope);
  return over / under;
}

interface Fraction {
  over: bigint;
  /** Above 0. */
  under: bigint;
}

const whole = (over: bigint): Fraction => ({ over, under: 1n });

function exact(expression: Expression, scope: Scope): Fraction {
  if (typeof expression === 'number') return whole(BigInt(expression));
  if (typeof expression === 'string') return readNumber(scope.read(expression));
  if ('over' in expression)
    return scope
      .rows(expression.over)
      .map((row) => exact(expression.sum, row))
      .reduce(add, whole(0n));
  if ('sum' in expression) return expression.sum.map((part) => exact(part, scope)).reduce(add);
  if ('minus' in expression)
    return expression.minus.map((part) => exact(part, scope)).reduce((a, b) => add(a, negative(b)));
  if ('times' in expression) return expression.times.map((part) => exact(part, scope)).reduce(multiply);
  if ('least' in expression)
    return expression.least.map((part) => exact(part, scope)).reduce((a, b) => (less(b, a) ? b : a));
  if ('most' in expression)
    return expression.most.map((part) => exact(part, scope)).reduce((a, b) => (less(a, b) ? b : a));
  if ('percent' in expression) return multiply(exact(expression.of, scope), rate(expression.percent));
  if ('dividedBy' in expression) {
    const { over, under } = exact(expression.of, scope);
    return reduced(over, under * BigInt(expression.dividedBy));
  }
  if ('round' in expression)
    return round(exact(expression.round, scope), BigInt(expression.unit), expression.by);
  if ('table' in expression) return byTable(exact(expression.table, scope), expression.rows);
  if ('cases' in expression) {
    const value = scope.read(expression.field);
    const own =
      value !== undefined && Object.hasOwn(expression.cases, value) ? expression.cases[value] : undefined;
    return exact(own ?? expression.otherwise, scope);
  }
  if ('count' in expression) return whole(BigInt(scope.rows(expression.count).length));
  if ('months' in expression) return whole(months(scope, expression.months));
  return whole(days(scope, expression.days));
}

function byTable(value: Fraction, rows: TableRow[]): Fraction {
  const row = rows.find(({ upTo }) => upTo === undefined || !less(whole(BigInt(upTo)), value)) ?? rows.at(-1);
  if (row === undefined) return whole(0n);
  const taken = row.unit === undefined ? value : round(value, BigInt(row.unit), 'down');
  return add(multiply(taken, rate(row.percent)), whole(-BigInt(row.minus)));
}

/** Digits, perhaps a sign, perhaps a fraction; anything else, an empty answer too, is 0. */
function readNumber(value: string | undefined): Fraction {
  const [, sign = '', digits, fraction = ''] =
    /^(-?)([0-9]{1,15})(?:\.([0-9]{1,6}))?$/.exec(value ?? '') ?? [];
  if (digits === undefined) return whole(0n);
  return reduced(BigInt(`${sign}${digits}${fraction}`), 10n ** BigInt(fraction.length));
}

function rate(text: string): Fraction {
  const { over, under } = readNumber(text);
  return reduced(over, under * 100n);
}

function add(a: Fraction, b: Fraction): Fraction {
  return reduced(a.over * b.under + b.over * a.under, a.under * b.under);
}

function negative({ over, under }: Fraction): Fraction {
  return { over: -over, under };
}

function multiply(a: Fraction, b: Fraction): Fraction {
  return reduced(a.over * b.over, a.under * b.under);
}

function less(a: Fraction, b: Fraction): boolean {
  return a.over * b.under < b.over * a.under;
}

function round({ over, under }: Fraction, unit: bigint, by: 'down' | 'up' | 'nearest'): Fraction {
  const step = under * unit;
  const size = over < 0n ? -over : over;
  const rest = size % step;
  let steps = size / step;
  if (rest > 0n && (by === 'up' || (by === 'nearest' && rest * 2n >= step))) steps += 1n;
  return whole((over < 0n ? -steps : steps) * unit);
}

/** Products of products must not grow without bound: beyond 400 digits nothing of an application is left, and the value is 0. */
const longest = 10n ** 400n;

function reduced(over: bigint, under: bigint): Fraction {
  if (over > longest || over < -longest || under > longest) return whole(0n);
  let [a, b] = [over < 0n ? -over : over, under];
  while (b > 0n) [a, b] = [b, a % b];
  return a > 1n ? { over: over / a, under: under / a } : { over, under };
}

function period(scope: Scope, [from, until]: [string, string]): [Date, Date] | undefined {
  const [first, last] = [scope.read(from), scope.read(until)].map((day) => new Date(`${day}T00:00:00Z`));
  if (!first || !last || Number.isNaN(first.getTime()) || Number.isNaN(last.getTime()) || last < first)
    return undefined;
  return [first, last];
}

function months(scope: Scope, fields: [string, string]): bigint {
  const [from, until] = period(scope, fields) ?? [];
  if (!from || !until) return 0n;
  const between =
    (until.getUTCFullYear() - from.getUTCFullYear()) * 12 + until.getUTCMonth() - from.getUTCMonth();
  return BigInt(between + (until.getUTCDate() >= from.getUTCDate() ? 1 : 0));
}

function days(scope: Scope, fields: [string, string]): bigint {
  const [from, until] = period(scope, fields) ?? [];
  if (!from || !until) return 0n;
  return BigInt(Math.round((until.getTime() - from.getTime()) / 86_400_000) + 1);
}

/** Whether everything it reads directly is answered. */
export function isAnswered(expression: Expression, scope: Scope): boolean {
  if (typeof expression === 'string') return scope.read(expression) !== undefined;
  if (typeof expression === 'number' || 'over' in expression || 'count' in expression) return true;
  return fieldsOfExpression(expression).some((field) => scope.read(field) !== undefined);
}

/** Every field and group that an expression reads; those of a group's rows are written `group.field`. */
export function fieldsOfExpression(expression: Expression): string[] {
  if (typeof expression === 'number') return [];
  if (typeof expression === 'string') return [expression];
  if ('over' in expression)
    return [
      expression.over,
      ...fieldsOfExpression(expression.sum).map((field) => `${expression.over}.${field}`),
    ];
  if ('sum' in expression) return expression.sum.flatMap(fieldsOfExpression);
  if ('minus' in expression) return expression.minus.flatMap(fieldsOfExpression);
  if ('times' in expression) return expression.times.flatMap(fieldsOfExpression);
  if ('least' in expression) return expression.least.flatMap(fieldsOfExpression);
  if ('most' in expression) return expression.most.flatMap(fieldsOfExpression);
  if ('of' in expression) return fieldsOfExpression(expression.of);
  if ('round' in expression) return fieldsOfExpression(expression.round);
  if ('table' in expression) return fieldsOfExpression(expression.table);
  if ('cases' in expression)
    return [
      expression.field,
      ...[...Object.values(expression.cases), expression.otherwise].flatMap(fieldsOfExpression),
    ];
  if ('count' in expression) return [expression.count];
  return 'months' in expression ? [...expression.months] : [...expression.days];
}
