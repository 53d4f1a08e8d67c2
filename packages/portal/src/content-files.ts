import { readFileSync } from 'node:fs';

/** The portal's own texts and lists, which an operator may edit: `packages/portal/content/<name>`, as UTF-8. */
export function contentFile(name: string): string {
  return readFileSync(new URL(`../content/${name}`, import.meta.url), 'utf8');
}
