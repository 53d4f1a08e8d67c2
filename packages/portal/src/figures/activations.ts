import { z } from 'zod';
import { contentFile, hasContentFile } from '../content-files.js';

const wordsSchema = z.strictObject({ ja: z.string(), jaEasy: z.string(), en: z.string() });

const schema = z.strictObject({
  rule: wordsSchema,
  journeys: z.array(
    z.strictObject({
      /** The journey test's journal of that name; what it counted stands in `content/counted/<journal>.json`. */
      journal: z.string().regex(/^[a-z-]+$/),
      limit: z.int().min(1),
      name: wordsSchema,
    }),
  ),
});

/** What a test run counted and wrote (`UPDATE_FIGURES=1 npm test -- newcomer journey independent`); each later run fails where it counts otherwise. */
const countedSchema = z.strictObject({
  /** Day of the run. */
  day: z.iso.date(),
  /** The controls that were pressed, in order, as the page calls them. */
  pressed: z.array(z.string()).min(1),
  /** Fields typed. */
  fields: z.int().min(0),
});

const { rule, journeys } = schema.parse(JSON.parse(contentFile('activations.json')));

/** Activations per journey with the counting rule; a journey that no run has counted yet is not told. */
export const activations = {
  rule,
  journeys: journeys.flatMap((journey) => {
    const file = `counted/${journey.journal}.json`;
    return hasContentFile(file)
      ? [{ ...journey, ...countedSchema.parse(JSON.parse(contentFile(file))) }]
      : [];
  }),
};
