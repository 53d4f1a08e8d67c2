import { z } from 'zod';
import { contentFile } from './content-files.js';
import { type Indexed, indexed } from './ranking.js';
import { sourcesSchema } from './sources.js';
import { spoken } from './spoken.js';

const wordsSchema = z.strictObject({
  ja: z.string().min(1),
  jaEasy: z.string().min(1),
  en: z.string().min(1),
});

const schema = z.array(
  z.strictObject({
    id: z.string().regex(/^[a-z-]+$/),
    title: wordsSchema,
    /** Who receives it. */
    where: wordsSchema,
    url: z.string().startsWith('https://').optional(),
    needed: wordsSchema,
    /** How long it takes, or until when it is to be done. */
    time: wordsSchema,
    cost: wordsSchema,
    /** Where the day or the fee stands, where a law says it. */
    basis: wordsSchema.optional(),
    /** Without any, the entry is general knowledge and the page says so. */
    sources: sourcesSchema.optional(),
    /** What people say when they mean it. */
    keywords: z.array(z.string().min(1).max(60)).min(1),
  }),
);
export type Elsewhere = z.infer<typeof schema>[number];

/** What people look for and cannot do here, and where they can: `content/elsewhere.json`. */
export const elsewhere: readonly { item: Elsewhere; index: Indexed }[] = schema
  .parse(JSON.parse(contentFile('elsewhere.json')))
  .map((item) => ({
    item,
    index: indexed({ titles: spoken(item.title), keywords: item.keywords, text: spoken(item.where) }),
  }));
