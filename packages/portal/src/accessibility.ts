import { z } from 'zod';
import { contentFile } from './content-files.js';

const wordsSchema = z.strictObject({ ja: z.string(), jaEasy: z.string(), en: z.string() });

const schema = z.strictObject({
  day: z.iso.date(),
  pages: wordsSchema,
  technologies: z.string(),
  tools: wordsSchema,
  /** The tests that show a result: where each stands and its name. A test proves that they exist. */
  tests: z.record(z.string(), z.strictObject({ file: z.string(), name: z.string().optional() })),
  notes: z.record(z.string(), wordsSchema),
  criteria: z.array(
    z.strictObject({
      id: z.string().regex(/^[1-4]\.\d\.\d{1,2}$/),
      level: z.enum(['A', 'AA']),
      /** WCAG's version that brought it; those of 2.0 are JIS X 8341-3:2016. */
      since: z.enum(['2.0', '2.1', '2.2']),
      title: z.strictObject({ ja: z.string(), en: z.string() }),
      /** `none`: nothing on the pages that it speaks of. */
      result: z.enum(['met', 'none', 'not']),
      tests: z.array(z.string()),
      note: z.string().optional(),
    }),
  ),
  /** What has not been tried. */
  open: z.array(wordsSchema),
});

/** The result table of the accessibility test: `content/accessibility.json`. */
export const accessibility = schema.parse(JSON.parse(contentFile('accessibility.json')));
export type Criterion = (typeof accessibility.criteria)[number];
