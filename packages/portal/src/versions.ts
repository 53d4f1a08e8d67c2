import { z } from 'zod';
import { contentFile } from './content-files.js';

const wordsSchema = z.strictObject({ ja: z.string(), jaEasy: z.string(), en: z.string() });

/** What changed for the holder of a card, the newest version first: `content/versions.json`. */
export const versions = z
  .strictObject({
    versions: z.array(
      z.strictObject({ version: z.string().regex(/^\d+\.\d+\.\d+$/), changes: z.array(wordsSchema) }),
    ),
  })
  .parse(JSON.parse(contentFile('versions.json'))).versions;
