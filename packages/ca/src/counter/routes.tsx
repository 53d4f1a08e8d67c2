import { sameOriginPosts, securityHeaders } from '@madoguchi/ui';
import { Hono } from 'hono';
import type { Ca } from '../ca.js';
import type { Counters } from '../http/metrics.js';
import { findResidents } from '../register/find.js';
import { actRoutes, type CounterEquipment } from './act-routes.js';
import { certificateRoutes } from './certificate-routes.js';
import { clerkRoutes } from './clerk-routes.js';
import { backRoutes, deskRoutes } from './desk-job/desk-routes.js';
import { jobRoutes } from './desk-job/job-routes.js';
import { cardLogins, entryRoutes } from './entry-routes.js';
import type { CounterEnv } from './guard.js';
import type { AskOcsp } from './login.js';
import { lossRoutes } from './loss-routes.js';
import { openActs } from './open-acts.js';
import { ListPage } from './pages.js';
import { recordRoutes } from './record-routes.js';
import { residentRoutes } from './resident-routes.js';
import { roles } from './roles.js';
import { may } from './session.js';

/** The counter (窓口): who is in and by which card, the resident register, the issue record, and what is done there. */
export function counterRoutes(
  ca: Ca,
  counters: Counters,
  ask: AskOcsp,
  equipment: CounterEquipment = {},
): Hono<CounterEnv> {
  const { login } = equipment;
  const app = new Hono<CounterEnv>();

  if (login !== undefined) {
    app.route('/counter', cardLogins(ca, ask, login));
    app.route('/counter/job', jobRoutes(ca));
    app.use('/counter/back/*', securityHeaders());
    app.route('/counter', backRoutes());
  }
  app.use(
    '/counter/*',
    securityHeaders({ hsts: login?.origin.startsWith('https:') ?? false }),
    sameOriginPosts(login === undefined ? {} : { origins: [login.origin] }),
  );
  app.route('/counter', entryRoutes(ca, login));
  // From here on somebody is in; what they may do stands at each route.
  for (const part of [
    residentRoutes(ca, counters, equipment),
    actRoutes({ ca, ...equipment }),
    certificateRoutes({ ca, counters, ...equipment }),
    lossRoutes(ca, counters),
    clerkRoutes(ca),
    recordRoutes(ca),
    ...(login === undefined ? [] : [deskRoutes(ca, ask, login)]),
  ])
    app.route('/counter', part);

  app.get('/counter', async (c) => {
    const { session, prefs } = c.var;
    if (session.by === 'register') return c.redirect('/counter/card', 303);
    if (!may(session, 'look')) return c.redirect(roles[session.role].home, 303);
    const { municipality } = session;
    const where = municipality === undefined ? {} : { municipality };
    const asked = c.req.query('q') ?? '';
    // Nobody is shown who was not looked for, unless the whole list is asked for.
    const isAsked = asked.trim() !== '' || c.req.query('all') === 'yes';
    const [people, open] = await Promise.all([
      isAsked ? findResidents(ca.context, { ...where, words: asked }) : undefined,
      openActs(ca.context, municipality),
    ]);
    const records = await ca.list({ ...where, residents: people?.found.map(({ id }) => id) ?? [] });
    const others = asked === '' && isAsked ? await ca.list({ ...where, residents: 'nobody', limit: 50 }) : [];
    return c.html(<ListPage {...{ prefs, people, open, records, others, asked }} />);
  });
  return app;
}
