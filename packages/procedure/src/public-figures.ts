import type { Words } from '@madoguchi/ui';
import { z } from 'zod';
import { idSchema, wordsSchema } from './definition/texts.js';
import type { Waiting } from './told.js';

/** One procedure in one month of Japan (YYYY-MM). */
interface MonthFigures {
  month: string;
  /** Applications that arrived in it. */
  arrived: number | null;
  /** Those decided in it for the first time; days from arrival to that decision. */
  decided: Waiting;
}

/** Published figures of one procedure. */
export interface ProcedureFigures {
  id: string;
  title: Words;
  /** Since the beginning; small months are in it only where nobody can work them out. */
  arrived: number | null;
  decided: Waiting;
  /** The oldest first; a month without any is left out. */
  months: MonthFigures[];
}

/** What an agency publishes at `<its pages>stats.json`: numbers that point to nobody. */
export interface AgencyFigures {
  /** Counted up to here: the last midnight in Japan, so that no single arrival can be watched. */
  until: string;
  /** Code of the agency. */
  agency: string;
  hiddenBelow: number;
  procedures: ProcedureFigures[];
}

const count = z.int().min(0).nullable();
const span = z.number().min(0).max(1_000_000).nullable();
/** A waiting time as it is published: how many, the median and the 90 % value; `null` where too few to be told. */
export const waitingSchema = z.object({
  number: count,
  median: span,
  ninety: span,
}) satisfies z.ZodType<Waiting>;
/** A month, `YYYY-MM`. */
export const monthSchema = z.string().regex(/^[0-9]{4}-(0[1-9]|1[0-2])$/);

const schema = z.object({
  until: z.iso.datetime({ offset: true }),
  agency: z.string().regex(/^[0-9]{2,6}$/),
  hiddenBelow: z.int().min(1).max(1000),
  procedures: z
    .array(
      z.object({
        id: idSchema,
        title: wordsSchema,
        arrived: count,
        decided: waitingSchema,
        months: z.array(z.object({ month: monthSchema, arrived: count, decided: waitingSchema })).max(240),
      }),
    )
    .max(500),
}) satisfies z.ZodType<AgencyFigures>;

/** Reads an agency's figures; undefined where they have another shape. Never throws. */
export function readAgencyFigures(value: unknown): AgencyFigures | undefined {
  const read = schema.safeParse(value);
  return read.success ? read.data : undefined;
}
