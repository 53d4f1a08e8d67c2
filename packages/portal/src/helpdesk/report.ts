import { z } from 'zod';

const words = z.object({
  ja: z.string().max(600),
  jaEasy: z.string().max(600),
  en: z.string().max(600),
});

/** The report of the client's environment check (`madoguchi doctor --json`), as far as a helper needs it; anything else in it is dropped. */
const schema = z.object({
  state: z.enum(['ok', 'warn', 'fail']),
  checks: z
    .array(
      z.object({
        id: z.string().max(40),
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
