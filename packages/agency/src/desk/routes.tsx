import { isLoadedAhead, sameOriginPosts } from '@madoguchi/ui';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { loginPageHeaders } from '../login/routes.js';
import { variantRoutes } from '../own-variants/routes.js';
import { partRoutes } from '../parts/desk-routes.js';
import { caseRoutes } from './case-routes.js';
import { connectRoutes } from './connect-routes.js';
import { EntryPage } from './entry-page.js';
import { deskLogin, loginScript } from './login.js';
import type { DeskOptions } from './options.js';
import { type DeskPlace, type Env, lookOf } from './place.js';
import { queueRoutes } from './queue-routes.js';
import { enter, isCsrf, leave, readSession } from './session.js';
import { staffRoutes } from './staff-routes.js';
import { texts } from './texts.js';

/**
 * The officer's desk: queue, one application, decisions. Mount it at `/desk` of the agency. Entered by the officer's card, the first time by a one-time
 * link (`createDeskLink`); what an officer may do there their roles say, asked anew at each request; every form carries a token of the session and comes
 * from our own pages. Works without JavaScript.
 */
export function deskRoutes(options: DeskOptions): Hono {
  const { sql, agency, clock, login } = options;
  const desk = `${agency.basePath}/desk`;
  const place: DeskPlace = { ...options, desk };
  const app = new Hono<Env>();
  const entry = (c: Context, why: 'none' | 'used' | 'left' | 'card') => {
    // Only the desk's first page carries the headers that the form of a login needs.
    const here = login !== undefined && new URL(c.req.url).pathname === desk;
    const form = here ? { agency, desk, script: loginScript(agency) } : undefined;
    return <EntryPage look={lookOf(c, place)} why={why} login={form} desk={desk} />;
  };

  if (login !== undefined) {
    app.route('/', deskLogin({ ...options, login }));
    for (const headers of loginPageHeaders(agency)) app.use('/', headers);
  }
  app.use(bodyLimit({ maxSize: 64 * 1024 }), sameOriginPosts({ origins: [agency.origin] }));

  app.get('/enter', async (c) => {
    c.header('Referrer-Policy', 'no-referrer');
    if (isLoadedAhead(c)) return c.body(null, 503);
    const inside = options.linksOpen ? desk : `${desk}/card`;
    const isIn = (await readSession(c, sql, agency, clock())) !== undefined;
    // Nobody is put into another officer's place by a link that somebody sent them; at the one machine of the demo one person sits at every desk in turn.
    if (isIn && !options.linksOpen) return c.redirect(inside, 303);
    const entered = await enter(c, sql, agency, c.req.query('token') ?? '', clock());
    return entered || isIn ? c.redirect(inside, 303) : c.html(entry(c, 'used'), 403);
  });

  app.use(async (c, next) => {
    const session = await readSession(c, sql, agency, clock());
    if (session === undefined) return c.html(entry(c, 'none'), 401);
    if (session.openedBy === 'link' && !options.linksOpen) return c.html(entry(c, 'card'), 401);
    c.set('session', session);
    return next();
  });

  // What changes something carries the form's own token, besides the origin.
  app.use(async (c, next) => {
    if (c.req.method !== 'POST') return next();
    const { csrf } = await c.req.parseBody();
    return isCsrf(c.get('session'), csrf) ? next() : c.text(texts.badForm.ja, 403);
  });

  app.post('/leave', async (c) => {
    await leave(c, sql, agency);
    return c.html(entry(c, 'left'));
  });

  app.route('/', queueRoutes(place));
  app.route('/cases', caseRoutes(place));
  app.route('/parts', partRoutes(place));
  app.route('/', connectRoutes(place));
  app.route('/officers', staffRoutes(place));
  if (options.variants) app.route('/variants', variantRoutes(place, options.variants));
  app.get('*', (c) => (c.req.path === `${desk}/` ? c.redirect(desk, 308) : c.notFound()));
  return new Hono().route('/', app);
}
