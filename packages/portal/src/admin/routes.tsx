import { carriesCsrf, type Sql } from '@madoguchi/store';
import { isLoadedAhead, sameOriginPosts } from '@madoguchi/ui';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { HTTPException } from 'hono/http-exception';
import { checkFile, editable, type Texts } from '../content/content.js';
import { draftsOf, listVersions } from '../content/versions.js';
import { createLink, type LinkPlace, linkSessions } from '../link-sessions.js';
import { fileRoutes } from './file-routes.js';
import { AdminEntryPage, AdminPage } from './pages.js';
import { procedureRoutes } from './procedure-routes.js';
import { rowRoutes } from './row-routes.js';
import { type AdminEnv, type AdminPlace, mostOctets } from './working.js';

/** The cookie goes to every page: an operator sees their drafts on all of them. */
const place: LinkPlace = { scope: 'portal.admin', cookie: 'mado_admin', path: '/', enter: '/admin/enter' };

export interface AdminOptions extends AdminPlace {
  /** The portal's public origin, where it is known. */
  origin: string | undefined;
}

/** Path of a one-time link that lets an operator in. `admin`: an account, never a name. */
export async function createAdminLink(sql: Sql, admin: string, now: Date): Promise<string> {
  return createLink(sql, place, admin, now);
}

/** What the operator whose browser this is works at: they see it on every page. */
export async function ownDrafts(
  { sql, clock, origin }: Pick<AdminOptions, 'sql' | 'clock' | 'origin'>,
  c: Context,
): Promise<Partial<Texts>> {
  const admin = await linkSessions(place, { sql, clock, origin }).read(c);
  return admin === undefined ? {} : draftsOf(sql, admin.subject);
}

/** `/admin`: texts and lists changed, looked at before, published, and brought back. Works without a script. */
export function adminRoutes({ sql, clock, view, origin, base, shown }: AdminOptions): Hono<AdminEnv> {
  const sessions = linkSessions(place, { sql, clock, origin });
  const app = new Hono<AdminEnv>();
  const noSize = () => {
    throw new HTTPException(413);
  };
  app.use(
    '/admin/*',
    bodyLimit({ maxSize: 2 * mostOctets + 65_536, onError: noSize }),
    sameOriginPosts(origin === undefined ? {} : { origins: [origin] }),
  );

  app.get('/admin/enter', async (c) => {
    c.header('Referrer-Policy', 'no-referrer');
    if (isLoadedAhead(c)) return c.body(null, 503);
    if (await sessions.enter(c)) return c.redirect('/admin', 303);
    return c.html(<AdminEntryPage view={view(c)} used />, 403);
  });

  const inside = async (c: Context<AdminEnv>, next: () => Promise<void>) => {
    const session = await sessions.read(c);
    if (session === undefined) return c.html(<AdminEntryPage view={view(c)} used={false} />, 401);
    if (c.req.method === 'POST') {
      const { csrf } = await c.req.parseBody();
      if (!carriesCsrf(session, csrf)) throw new HTTPException(403);
    }
    c.set('session', session);
    c.header('Cache-Control', 'no-store');
    return next();
  };
  app.use('/admin', inside);
  app.use('/admin/*', inside);

  app.get('/admin', async (c) => {
    const { subject, csrf } = c.get('session');
    const [now, drafts] = await Promise.all([shown.read(), draftsOf(sql, subject)]);
    const files = await Promise.all(
      editable.map(async (file) => ({
        file,
        rows: checkFile(file, now[file], clock()).rows,
        version: (await listVersions(sql, file))[0]?.version ?? 0,
        draft: drafts[file] !== undefined,
      })),
    );
    return c.html(<AdminPage view={view(c)} files={files} csrf={csrf} />);
  });
  app.post('/admin/leave', async (c) => {
    await sessions.leave(c);
    return c.redirect('/', 303);
  });

  const own = { sql, clock, view, base, shown };
  procedureRoutes(app, own);
  rowRoutes(app, own);
  fileRoutes(app, own);
  return app;
}
