import { createHash } from 'node:crypto';
import { canonicalize } from '@madoguchi/procedure';
import { citizens } from './citizens.js';
import { counters } from './counters.js';
import type { Leaflet } from './leaflet.js';

/** All leaflets, in the order in which they are offered. */
export const leaflets: readonly Leaflet[] = [citizens, counters];

/** Names its words: a PDF that was printed from others is out of date. */
export function leafletDigest(leaflet: Leaflet): string {
  return createHash('sha256')
    .update(canonicalize(JSON.parse(JSON.stringify(leaflet))))
    .digest('hex')
    .slice(0, 16);
}
