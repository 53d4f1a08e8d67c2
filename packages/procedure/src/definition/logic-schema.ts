import { z } from 'zod';
import { type Condition, comparisons, dayPattern } from './conditions.js';
import type { Expression } from './expressions.js';
import { idSchema } from './texts.js';

const percent = z
  .string()
  .regex(/^(0|[1-9][0-9]{0,5})(\.[0-9]{1,6})?$/, 'must be a decimal number, e.g. "10.21"');
const limit = 999_999_999_999_999;
const amount = z.int().min(-limit).max(limit);

export const expressionSchema: z.ZodType<Expression> = z.lazy(() =>
  z.union([
    amount,
    idSchema,
    z.strictObject({ sum: list }),
    z.strictObject({ minus: list }),
    z.strictObject({ times: list }),
    z.strictObject({ of: expressionSchema, percent }),
    z.strictObject({ of: expressionSchema, dividedBy: z.int().min(1).max(limit) }),
    z.strictObject({ least: list }),
    z.strictObject({ most: list }),
    z.strictObject({
      round: expressionSchema,
      unit: z.int().min(1).max(1_000_000),
      by: z.enum(['down', 'up', 'nearest']),
    }),
    z.strictObject({
      table: expressionSchema,
      rows: z
        .array(
          z.strictObject({
            upTo: amount.optional(),
            percent,
            minus: amount,
            unit: z.int().min(1).max(1_000_000).optional(),
          }),
        )
        .min(1)
        .max(50),
    }),
    z.strictObject({
      field: idSchema,
      cases: z.record(z.string().max(64), expressionSchema),
      otherwise: expressionSchema,
    }),
    z.strictObject({ over: idSchema, sum: expressionSchema }),
    z.strictObject({ count: idSchema }),
    z.strictObject({ months: z.tuple([idSchema, idSchema]) }),
    z.strictObject({ days: z.tuple([idSchema, idSchema]) }),
  ]),
);
const list = z.array(expressionSchema).min(1).max(40);

const comparison = z.enum(comparisons);

export const conditionSchema: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    z.strictObject({ field: idSchema, is: z.array(z.string().max(200)).min(1).max(50) }),
    z.strictObject({ field: idSchema, answered: z.boolean() }),
    z.strictObject({ number: expressionSchema, op: comparison, than: expressionSchema }),
    z.strictObject({
      date: idSchema,
      op: comparison,
      than: z.union([z.string().regex(dayPattern, 'must be a day, YYYY-MM-DD, or a field'), idSchema]),
    }),
    z.strictObject({ all: z.array(conditionSchema).min(1).max(10) }),
    z.strictObject({ any: z.array(conditionSchema).min(1).max(10) }),
    z.strictObject({ not: conditionSchema }),
  ]),
);
