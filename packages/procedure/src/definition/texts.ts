import { z } from 'zod';
import { hasInvisible } from '../marks.js';

/** Ids and texts as every part of a definition has them. */
export const idSchema = z
  .string()
  .regex(/^[a-z][A-Za-z0-9-]{0,63}$/, 'must be 1 to 64 of a-z A-Z 0-9 -, beginning with a small letter');

export const text = (max: number) =>
  z
    .string()
    .min(1, 'must not be empty')
    .max(max)
    .refine((value) => !hasInvisible(value), 'holds an invisible or unassigned character');

export const wordsSchema = z.strictObject({ ja: text(2000), jaEasy: text(2000), en: text(2000) });
