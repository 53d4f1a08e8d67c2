import { type Preferences, preferencesQuery } from '@madoguchi/ui';
import type { Context } from 'hono';
import { TroublePage } from './pages/trouble-page.js';
import { lookOf, type RoomOptions } from './room-env.js';
import type { Trouble } from './trouble.js';

/** What stands behind an unguessable path of this start: a signing, a login, a check, a job of the counter. */
interface Visited {
  readonly path: string;
  readonly preferences: Preferences;
}

/**
 * What this request's path stands for, or the answer where its pages do not come yet: nothing stands there any more, or the reader's choice is to
 * come into the address first.
 */
export async function visited<Found extends Visited>(
  c: Context,
  options: RoomOptions,
  found: Found | undefined,
  ended: Trouble,
): Promise<Found | Response> {
  if (found === undefined)
    return c.html(<TroublePage {...lookOf(c, options, c.req.path)} trouble={ended} />, 404);
  const isFirst =
    c.req.method === 'GET' && c.req.path === `/${found.path}` && c.req.query('lang') === undefined;
  return isFirst ? c.redirect(`/${found.path}?${preferencesQuery(found.preferences)}`, 303) : found;
}
