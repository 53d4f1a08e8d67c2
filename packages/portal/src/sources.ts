import { z } from 'zod';

/** Pages of others that say what stands here, with the day each was read. */
export const sourcesSchema = z
  .array(z.strictObject({ url: z.string().startsWith('https://'), seen: z.iso.date() }))
  .min(1);
export type Sources = z.infer<typeof sourcesSchema>;
