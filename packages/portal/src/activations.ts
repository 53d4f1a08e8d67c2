import { z } from 'zod';
import { contentFile } from './content-files.js';

const wordsSchema = z.strictObject({ ja: z.string(), jaEasy: z.string(), en: z.string() });

const schema = z.strictObject({
  rule: wordsSchema,
  journeys: z.array(
    z.strictObject({
      /** The journey test's journal of that name holds exactly so many, or the test fails. */
      journal: z.string(),
      activations: z.int().min(1),
      limit: z.int().min(1),
      name: wordsSchema,
    }),
  ),
});

/** Activations per journey with the counting rule: `content/activations.json`. */
export const activations = schema.parse(JSON.parse(contentFile('activations.json')));
