import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { browserLogic } from '@madoguchi/procedure';
import { type Compressed, compressed } from '@madoguchi/ui';

const folder = new URL('../../assets/form/', import.meta.url);
const sources = new Map(
  [
    ...readdirSync(folder)
      .filter((name) => name.endsWith('.js'))
      .map((name) => ({ name, file: new URL(name, folder) })),
    ...browserLogic,
    // What is said of a file at once is said by the very code by which the agency looks again.
    ...['early.js', 'kind.js'].map((name) => ({
      name,
      file: new URL(`../attachments/${name}`, import.meta.url),
    })),
  ].map(({ name, file }) => [name, readFileSync(file, 'utf8')]),
);
const hash = createHash('sha256')
  .update(JSON.stringify([...sources]))
  .digest('hex')
  .slice(0, 12);

const modules: ReadonlyMap<string, Compressed> = new Map(
  [...sources].map(([name, text]) => [name, compressed(text)]),
);

/** The form page's scripts, modules that import each other. Their addresses change with their content, so they may be kept for ever. */
export const island = { path: `/form.${hash}`, entry: `/form.${hash}/form.js`, modules };
