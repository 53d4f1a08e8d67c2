import { type Preferences, preferencesQuery } from '@madoguchi/ui';
import { type Context, Hono } from 'hono';
import { TroublePage } from './pages/trouble-page.js';
import { lookOf, pageGuard, pathFor, type RoomBindings, type RoomOptions } from './room-env.js';
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
async function visited<Found extends Visited>(
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

/** The pattern of an unguessable path, and what is known of a request below it. */
export const underPath = '/:path{[0-9a-f]{32}}';
export type VisitEnv<Found> = { Bindings: RoomBindings; Variables: { found: Found } };

type VisitHandler<Found> = (
  c: Context<VisitEnv<Found>>,
  options: RoomOptions,
  found: Found,
) => Response | Promise<Response>;

/**
 * Pages that lie under the unguessable path of what they show: a request from elsewhere is refused, and one for what is no more is told `ended`, before any
 * handler sees it. `get` and `post` take addresses below that path.
 */
export function pagesUnderPath<Found extends Visited>(
  options: RoomOptions,
  { find, ended }: { find(path: string): Found | undefined; ended: Trouble },
) {
  const app = new Hono<VisitEnv<Found>>();
  for (const path of [underPath, `${underPath}/*`] as const)
    app.use(path, pageGuard(options), async (c, next) => {
      const found = await visited(c, options, find(c.req.param('path') ?? ''), ended);
      if (found instanceof Response) return found;
      c.set('found', found);
      return next();
    });
  const handled = (handle: VisitHandler<Found>) => (c: Context<VisitEnv<Found>>) =>
    handle(c, options, c.get('found'));
  return {
    app,
    get: (below: string, handle: VisitHandler<Found>) => app.get(underPath + below, handled(handle)),
    post: (below: string, handle: VisitHandler<Found>) => app.post(underPath + below, handled(handle)),
  };
}

/** Back to the page of what was worked on: as it is by now. */
export function toPageOf(c: Context, { path }: Visited): Response {
  return c.redirect(pathFor(c, path), 303);
}
