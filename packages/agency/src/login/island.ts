import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

const body = readFileSync(new URL('../../assets/login.js', import.meta.url), 'utf8');
const hash = createHash('sha256').update(body).digest('hex').slice(0, 12);

/** The script of a page with a login: its address changes with its content, so it may be kept for ever. */
export const loginIsland = { body, path: `/login.${hash}.js` };
