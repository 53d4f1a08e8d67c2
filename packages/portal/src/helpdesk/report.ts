import { z } from 'zod';

/** Neither NUL nor half a character, which no database takes. */
const line = z
  .string()
  .max(600)
  .refine((text) => !/[\0\p{Cs}]/u.test(text));
const words = z.object({ ja: line, jaEasy: line, en: line });

/** The report of the client's environment check (`madoguchi doctor --json`), as far as a helper needs it; anything else in it is dropped. */
const schema = z.object({
  state: z.enum(['ok', 'warn', 'fail']),
  checks: z
    .array(
      z.object({
        id: z.string().regex(/^[a-z-]{1,40}$/),
        state: z.enum(['ok', 'warn', 'fail', 'skip']),
        title: words,
        found: words,
      }),
    )
    .max(40),
});

export type EnvironmentReport = z.infer<typeof schema>;

export const reportLimit = 64 * 1024;

/** Reads a report; undefined where it is none. */
export function readReport(text: string): EnvironmentReport | undefined {
  if (text.length > reportLimit) return undefined;
  try {
    const parsed = schema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
