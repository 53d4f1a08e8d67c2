import { existsSync, readFileSync } from 'node:fs';

const at = (name: string) => new URL(`../content/${name}`, import.meta.url);

/** The portal's own texts and lists, which an operator may edit: `packages/portal/content/<name>`, as UTF-8. */
export function contentFile(name: string): string {
  return readFileSync(at(name), 'utf8');
}

export function hasContentFile(name: string): boolean {
  return existsSync(at(name));
}
