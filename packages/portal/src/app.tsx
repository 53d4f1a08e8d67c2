import { installErrorPages, operations, securityHeaders, uiRoutes } from '@madoguchi/ui';
import { type Context, Hono } from 'hono';
import { adminRoutes } from './admin/routes.js';
import { readBrowser } from './browser.js';
import { classRoutes } from './classes/routes.js';
import { clientRoutes } from './client-routes.js';
import { textsOf } from './content/content.js';
import { publishedTexts } from './content/versions.js';
import { figureRoutes } from './figures/routes.js';
import { demoBanner, siteName } from './frame.js';
import { helpRoutes } from './help-routes.js';
import { helpdeskRoutes } from './helpdesk/routes.js';
import { materialRoutes } from './material-routes.js';
import type { PortalOptions } from './options.js';
import { Accessibility } from './pages/accessibility.js';
import { FirstPage } from './pages/first.js';
import { Procedures } from './pages/procedures.js';
import { Readers } from './pages/readers.js';
import { Shops } from './pages/shops.js';
import { readResult, Start } from './pages/start.js';
import { type ViewOf, views } from './views.js';

/** The portal as a Hono app, to be mounted at `/`. Without a database (`sql`) it holds no state, and has no helpdesk. */
export function portalApp(options: PortalOptions): Hono {
  const { sql, origin } = options;
  const clock = options.clock ?? (() => new Date());
  const base = textsOf(options.content);
  const shown = publishedTexts(sql, base, clock, (error) => options.log?.('content', error));
  const { view, see } = views(options, { base, shown, clock });
  const { count, routes } = operations({ room: 'portal', metrics: options.metrics ?? true });
  const app = new Hono();
  app.use(count);
  app.use(securityHeaders({ hsts: origin?.startsWith('https:') ?? false }));
  app.route('/', routes);
  app.route('/assets', uiRoutes());
  app.use(see);
  app.get('/', (c) => c.html(<FirstPage view={view(c)} />));
  app.route('/', startRoutes(options, view));
  app.route('/', searchRoutes(view));
  app.route('/', clientRoutes(options.downloads, view));
  if (sql !== undefined) {
    app.route('/', helpdeskRoutes({ sql, clock, view, origin }));
    app.route('/', adminRoutes({ sql, clock, view, origin, base, shown }));
  }
  app.route('/', classRoutes({ sql, clock, view, origin: (c) => originOf(options, c) }));
  app.route('/', helpRoutes(view));
  app.route('/', figureRoutes(options, { clock, view }));
  app.get('/accessibility', (c) => c.html(<Accessibility view={view(c)} />));
  app.route('/', materialRoutes(view));
  installErrorPages(app, {
    siteName,
    ...(options.demo ? { banner: demoBanner } : {}),
    ...(options.contact === undefined ? {} : { contact: options.contact }),
    ...(options.log === undefined ? {} : { log: options.log }),
  });
  return app;
}

/** The portal's own origin: as it was told, else as it is asked. */
function originOf({ origin }: PortalOptions, c: Context): string {
  return origin ?? new URL(c.req.url).origin;
}

/** `/start`: getting ready, and the way to the signing client's check and back. */
function startRoutes(options: PortalOptions, view: ViewOf): Hono {
  const app = new Hono();
  // The agent believes the browser's Origin header: any other referrer policy would make it `null`.
  const agent = options.agentUrl ?? 'http://127.0.0.1:24787';
  app.use('/start', securityHeaders({ formAction: [agent], referrerPolicy: 'origin' }));
  app.get('/start', (c) => {
    const browser = readBrowser(c.req.header('user-agent'));
    const result = readResult(c.req.query('environment'));
    const back = `${originOf(options, c)}/start`;
    return c.html(<Start view={view(c)} {...{ browser, back, result }} />);
  });
  return app;
}

/** What is searched: procedures, card readers, and shops that sell them. */
function searchRoutes(view: ViewOf): Hono {
  const app = new Hono();
  app.get('/procedures', (c) => {
    const { q: query = '', level, agency, place, post } = c.req.query();
    return c.html(<Procedures view={view(c)} wanted={{ query, level, agency, place, post }} />);
  });
  app.get('/readers', (c) => {
    const { q: query = '', maker } = c.req.query();
    return c.html(<Readers view={view(c)} search={{ query, maker }} />);
  });
  app.get('/readers/shops', (c) => {
    const seen = view(c);
    return c.html(<Shops view={seen} shops={seen.content.shops} prefecture={c.req.query('pref') ?? ''} />);
  });
  return app;
}
