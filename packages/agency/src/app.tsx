import { defectOf, installErrorPages, operations, securityHeaders, uiRoutes } from '@madoguchi/ui';
import { Hono } from 'hono';
import { apiRoutes } from './api/routes.js';
import { countCases } from './cases/queries.js';
import { correctionRoutes } from './corrections/routes.js';
import { formRoutes } from './forms/routes.js';
import { intakeRoutes } from './intake/routes.js';
import type { LoginSite } from './login/options.js';
import { mailRoutes } from './mail/routes.js';
import { myRoutes } from './my/routes.js';
import type { ReceptionOptions } from './options.js';
import { dailyFigures } from './public-figures.js';
import { receiptRoutes, returnRoute } from './receipts/routes.js';
import { requestRoutes } from './requests/routes.js';
import { cosignEntryRoutes } from './signers/entry-routes.js';
import { cosignRoutes } from './signers/routes.js';

/** What one agency is made of; see agencyApp. */
export interface AgencyAppOptions extends ReceptionOptions {
  /** The officer's desk, mounted at `/desk`. */
  desk?: Hono;
  /** Whom a login by card is believed: opens the citizen's own page, `/my`. */
  login?: LoginSite;
  /** False where the address is public. */
  metrics?: boolean;
}

/**
 * One agency as a web application: forms, signing requests, intake, receipts, the citizen's own page, the officer's desk. Mount it at the agency's
 * `basePath`. It keeps no state of its own: several may run over one database.
 */
export function agencyApp(options: AgencyAppOptions): Hono {
  const { agency, db, log } = options;
  const { count, routes } = operations({
    room: 'agency',
    ready: async () => (await db.sql`select 1 as one`).length === 1,
    metrics: options.metrics ?? true,
    more: () => caseMetrics(options),
  });
  const app = new Hono();
  installErrorPages(app, {
    siteName: agency.siteName,
    siteHref: `${agency.basePath}/`,
    contact: agency.contact,
    assets: `${agency.basePath}/assets`,
    log: (number, error) => log?.('defect', { number, ...defectOf(error) }),
  });
  app.use(count, securityHeaders({ hsts: agency.origin.startsWith('https:') }));
  app.route('/', routes);
  const figures = dailyFigures(options);
  app.get('/stats.json', async (c) => {
    c.header('cache-control', 'public, max-age=600');
    return c.json(await figures());
  });
  app.route('/assets', uiRoutes());
  app.route('/', formRoutes(options));
  app.route('/requests', requestRoutes(options));
  app.route('/intake', intakeRoutes(options));
  app.route('/receipt', returnRoute(options));
  app.route('/api/v1', apiRoutes(options));
  app.route('/cosign', cosignEntryRoutes(options));
  app.route('/applications', cosignRoutes(options));
  app.route('/applications', correctionRoutes(options));
  app.route('/applications', receiptRoutes(options));
  if (options.mail) app.route('/mail', mailRoutes(options));
  if (options.login) app.route('/my', myRoutes({ ...options, site: options.login }));
  if (options.desk) app.route('/desk', options.desk);
  return app;
}

async function caseMetrics({ db, agency }: ReceptionOptions): Promise<string> {
  const counts = await countCases(db.sql, agency.code);
  return [
    '# HELP madoguchi_agency_cases Cases by state.',
    '# TYPE madoguchi_agency_cases gauge',
    ...counts.map(({ state, count }) => `madoguchi_agency_cases{state="${state}"} ${count}`),
    '',
  ].join('\n');
}
