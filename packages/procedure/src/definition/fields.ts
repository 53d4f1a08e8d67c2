import { z } from 'zod';
import type { Words } from '../words.js';
import type { Condition } from './conditions.js';
import type { Expression } from './expressions.js';
import { conditionSchema, expressionSchema } from './logic-schema.js';
import { idSchema, text, wordsSchema } from './texts.js';

const fieldKinds = [
  /** One of several. */
  'choice',
  /** Any of several. */
  'choices',
  /** A box that must be ticked: 同意します. */
  'consent',
  'number',
  /** With at most `decimals` digits behind the point. */
  'decimal',
  'money',
  /** Not typed but calculated from other answers, and signed with them. */
  'total',
  'date',
  /** Year and month. */
  'month',
  /** A year of the Japanese calendar or of the western one. */
  'year',
  'text',
  'longText',
  'name',
  'kana',
  'address',
  'postcode',
  'telephone',
  'email',
  /** A number that is a name: account, insured person, corporation. Leading zeros stay. */
  'digits',
] as const;
export type FieldKind = (typeof fieldKinds)[number];

/** A question of a form. */
export interface Field {
  id: string;
  kind: FieldKind;
  /** The question on the form: だれの分ですか. */
  label: Words;
  /** What the completed application calls it: 対象. The label, where there is none. */
  term?: Words | undefined;
  hint?: Words | undefined;
  /** Said after the value: 通, 円. */
  unit?: Words | undefined;
  required: boolean;
  /** Of choice and choices. */
  options?: { value: string; label: Words; hint?: Words | undefined }[] | undefined;
  /** Of number, decimal and money the value's bounds; of choices, how many. */
  min?: number | undefined;
  max?: number | undefined;
  /** Of decimal; default 2. */
  decimals?: number | undefined;
  /** Of date: the earliest and the latest day, YYYY-MM-DD. */
  from?: string | undefined;
  until?: string | undefined;
  /** In UTF-16 code units, as browsers count `maxlength`. */
  maxLength?: number | undefined;
  /** Of digits: how many, or which numbers of digits are good. */
  lengths?: number[] | undefined;
  /** Of digits: its check digit's rule. `corporate` is the 法人番号. */
  checkDigit?: 'corporate' | undefined;
  /** Of postcode: the address field it fills in. */
  fills?: string | undefined;
  /** Of total. */
  value?: Expression | undefined;
  /** Of total: shown with 円 (default), or as a number with the unit. */
  as?: 'money' | 'number' | undefined;
  default?: string | undefined;
  when?: Condition | undefined;
}

/** Several of the same: children, cars, buildings. Its rows' answers are named `id.0.field`, `id.1.field` … */
export interface Group {
  id: string;
  kind: 'group';
  label: Words;
  hint?: Words | undefined;
  /** What one row is called: 子 {number}. `{number}` counts from 1. */
  row: Words;
  min: number;
  max: number;
  fields: Field[];
  when?: Condition | undefined;
}

/** What may stand in a form: a question, or a group of questions that is answered once a row. */
export type Entry = Field | Group;

/** Whether this entry of a form is a group of questions. */
export function isGroup(entry: Entry): entry is Group {
  return entry.kind === 'group';
}

const day = z.string().regex(/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/, 'must be a day, YYYY-MM-DD');

const fieldSchema = z.strictObject({
  id: idSchema,
  kind: z.enum(fieldKinds),
  label: wordsSchema,
  term: wordsSchema.optional(),
  hint: wordsSchema.optional(),
  unit: wordsSchema.optional(),
  required: z.boolean(),
  options: z
    .array(
      z.strictObject({
        value: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'must be 1 to 64 of A-Z a-z 0-9 _ -'),
        label: wordsSchema,
        hint: wordsSchema.optional(),
      }),
    )
    .min(1)
    .max(200)
    .optional(),
  min: z.int().min(0).optional(),
  max: z.int().min(0).optional(),
  decimals: z.int().min(1).max(6).optional(),
  from: day.optional(),
  until: day.optional(),
  maxLength: z.int().min(1).max(10_000).optional(),
  lengths: z.array(z.int().min(1).max(30)).min(1).max(10).optional(),
  checkDigit: z.literal('corporate').optional(),
  fills: idSchema.optional(),
  value: expressionSchema.optional(),
  as: z.enum(['money', 'number']).optional(),
  default: z.string().max(1000).optional(),
  when: conditionSchema.optional(),
}) satisfies z.ZodType<Field>;

const groupSchema = z.strictObject({
  id: idSchema,
  kind: z.literal('group'),
  label: wordsSchema,
  hint: wordsSchema.optional(),
  row: z.strictObject({ ja: text(200), jaEasy: text(200), en: text(200) }),
  min: z.int().min(0).max(50),
  max: z.int().min(1).max(50),
  fields: z.array(fieldSchema).min(1).max(40),
  when: conditionSchema.optional(),
}) satisfies z.ZodType<Group>;

/** Told apart by `kind`, so that a fault names the member and not the union. */
export const entrySchema: z.ZodType<Entry> = z.discriminatedUnion('kind', [fieldSchema, groupSchema]);
