import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

const body = readFileSync(new URL('../../assets/hand-over.js', import.meta.url), 'utf8');
const hash = createHash('sha256').update(body).digest('hex').slice(0, 12);

/** The form page's script. Its address changes with its content, so it may be kept for ever. */
export const island = { body, path: `/hand-over.${hash}.js` };
