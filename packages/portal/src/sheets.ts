import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** A style sheet of the portal's own (`assets/`), for one page; its address carries its hash, so it may stay in caches for ever. */
export function portalSheet(name: string): { address: string; text: string } {
  const text = readFileSync(new URL(`../assets/${name}`, import.meta.url), 'utf8').replace(
    /\/\*.*?\*\//gs,
    '',
  );
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 12);
  return { address: `/materials/${name.replace('.css', '')}.${hash}.css`, text };
}
