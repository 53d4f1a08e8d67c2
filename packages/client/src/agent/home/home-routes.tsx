import { type Context, Hono } from 'hono';
import { doctor } from '../../doctor/doctor.js';
import { addFilesRoutes } from '../files/files-routes.js';
import { TroublePage } from '../pages/trouble-page.js';
import { nearEnd } from '../renewal/renewal-pages.js';
import { addRenewalRoutes, renewalLook } from '../renewal/renewal-routes.js';
import { addRevocationRoutes } from '../revocation/revocation-routes.js';
import { lookOf, pageGuard, pathFor, type RoomBindings, type RoomOptions } from '../room-env.js';
import { addTokenRoutes, offersPhones } from '../tokens/token-routes.js';
import { trouble } from '../trouble.js';
import { pagesUnderPath, underPath } from '../visited.js';
import { CheckPage } from './check-page.js';
import { HomePage } from './home-page.js';
import type { CheckVisit } from './visits.js';
import { nextReport } from './watch.js';

type HomeEnv = { Bindings: RoomBindings };

/** How long the page's question for something new may wait. */
const lookWaitMs = 20_000;

/** The check as a page of `path`, with its live part and, where a portal may be told, its answer. */
function checker(options: RoomOptions) {
  const look = () =>
    doctor({ now: options.clock(), channels: options.look, agentPort: options.entrancePort() });
  return {
    look,
    /** The report as a file for whoever helps: the lines of the page, no name, number or password. */
    report: async (c: Context) => {
      c.header('Content-Disposition', 'attachment; filename="madoguchi-check.json"');
      return c.json(await look());
    },
    page: async (c: Context, path: string, { returnTo, home }: { returnTo?: string; home?: string } = {}) => {
      const seen = c.req.query('seen');
      const report = seen === undefined ? await look() : await nextReport(look, seen, lookWaitMs);
      const tells = returnTo === undefined ? undefined : new URL(returnTo).host;
      return c.html(
        <CheckPage
          {...lookOf(c, options, path)}
          {...{ report, tells }}
          {...(home === undefined ? {} : { home })}
        />,
      );
    },
  };
}

/** The agent's own start page and what it leads to: under one path of this start, which the `madoguchi` command tells its user. */
export function homeRoutes(options: RoomOptions): Hono<HomeEnv> {
  const { home } = options;
  const check = checker(options);
  const app = new Hono<HomeEnv>();
  for (const path of [underPath, `${underPath}/*`] as const)
    app.use(path, pageGuard(options), async (c, next) => {
      if (`home/${c.req.param('path')}` !== home.path) return ended(c, options);
      return next();
    });
  const at = (page = '') => `/${home.path}${page}`;
  app.get(underPath, async (c) => {
    const renews = options.authorities.renewal !== undefined;
    const now = options.clock();
    const end = renews ? nearEnd(await renewalLook(options), now) : undefined;
    return c.html(
      <HomePage {...lookOf(c, options, at())} {...{ renews, end, now }} phones={offersPhones(options)} />,
    );
  });
  const ownCheck = (c: Context) => check.page(c, at('/check'), { home: pathFor(c, home.path) });
  app.get(`${underPath}/check`, ownCheck);
  app.get(`${underPath}/check/report`, check.report);
  app.get(`${underPath}/check/look`, ownCheck);
  addFilesRoutes(app, underPath, options);
  addRenewalRoutes(app, underPath, options);
  addTokenRoutes(app, underPath, options);
  addRevocationRoutes(app, underPath, options);
  return app;
}

/** The check that a portal's page opened: it may be told green or red, by the citizen's click and not otherwise. */
export function checkRoutes(options: RoomOptions) {
  const check = checker(options);
  const find = (path: string) => options.home.get(`check/${path}`);
  const { app, get, post } = pagesUnderPath(options, { find, ended: trouble('check-ended') });
  const page = (c: Context, _options: RoomOptions, { path, returnTo }: CheckVisit) => {
    if (returnTo !== undefined) c.header('Content-Security-Policy', tellPolicy(new URL(returnTo).origin));
    return check.page(c, `/${path}`, returnTo === undefined ? {} : { returnTo });
  };
  get('', page);
  get('/look', page);
  get('/report', check.report);
  post('/tell', async (c, _options, { returnTo }) => {
    if (returnTo === undefined) return ended(c, options);
    const { state } = await check.look();
    return c.redirect(`${returnTo}?environment=${state === 'fail' ? 'red' : 'green'}`, 303);
  });
  return app;
}

function ended(c: Context, options: RoomOptions) {
  return c.html(<TroublePage {...lookOf(c, options, c.req.path)} trouble={trouble('check-ended')} />, 404);
}

/** As every page here, but that the answer to a form may lead to the portal. */
function tellPolicy(origin: string): string {
  const sources =
    "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'";
  return `${sources}; base-uri 'none'; form-action 'self' ${origin}; frame-ancestors 'none'`;
}
