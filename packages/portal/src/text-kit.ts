import { z } from 'zod';
import { contentFile } from './content-files.js';

const schema = z.array(
  z.strictObject({
    id: z.string().regex(/^[a-z-]+$/),
    title: z.strictObject({ ja: z.string(), jaEasy: z.string(), en: z.string() }),
    /** Paragraphs, in Japanese. */
    body: z.array(z.string().min(1)).min(1),
  }),
);

/** Texts for magazines, associations and shops: `content/text-kit.json`. */
export const textKit = schema.parse(JSON.parse(contentFile('text-kit.json')));

/** All of them as one plain text. */
export function textKitAsText(): string {
  return `${textKit.map(({ title, body }) => `■ ${title.ja}\r\n${body.join('\r\n')}\r\n`).join('\r\n')}`;
}
