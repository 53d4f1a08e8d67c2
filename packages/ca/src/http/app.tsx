import { installErrorPages, operations, securityHeaders, uiRoutes } from '@madoguchi/ui';
import { Hono } from 'hono';
import type { Ca } from '../ca.js';
import type { CounterEquipment } from '../counter/act-routes.js';
import { counterRoutes } from '../counter/routes.js';
import { siteName } from '../counter/words.js';
import { publishedLines } from '../revocation/published.js';
import type { VerifierAccess } from './access.js';
import { crlRoutes } from './crl-routes.js';
import { countedOnce } from './figures.js';
import { createCounters } from './metrics.js';
import { type OcspAnswerer, ocspAnswerer, ocspRoutes } from './ocsp-routes.js';
import { type CaLimits, paceRoutes } from './pace.js';
import { renewalRoutes } from './renewal-routes.js';
import { revocationRoutes } from './revocation-routes.js';
import { tokenRoutes } from './token-routes.js';
import { tsaRoutes } from './tsa-routes.js';

/** One line of the log. `route` is the pattern, never the path: an OCSP path holds a serial number. */
export interface LogLine {
  readonly at: string;
  readonly method: string;
  readonly route: string;
  readonly status: number;
  readonly ms: number;
}

export interface CaAppOptions {
  /** Who gets citizens' revocation data: `{ open: true }` in the demo. */
  readonly access: VerifierAccess;
  readonly log?: (line: LogLine) => void;
  /** Told of a defect under the number that the reader sees. */
  readonly onFault?: (number: string, error: unknown) => void;
  /** The counter's reader, cards and printer; without, it shows and revokes only. */
  readonly counter?: CounterEquipment;
  /** How often one address may ask for what costs a signature. */
  readonly limits?: CaLimits;
  /** Whether `/metrics` is served here. Default true; false where the listener is public. */
  readonly metrics?: boolean;
}

/** The HTTP side of the authority, with the paths of the contract. Mount it at the root of its own origin. */
export function caApp(ca: Ca, options: CaAppOptions): Hono {
  return authorityHttp(ca, options).app;
}

/** The app, and how it answers OCSP: a server may ask that directly. */
export function authorityHttp(ca: Ca, options: CaAppOptions): { app: Hono; answerOcsp: OcspAnswerer } {
  const counters = createCounters();
  const { count, routes } = operations({
    room: 'ca',
    ready: async () => (await publishedLines(ca.context)).every((crl) => crl.nextUpdate > ca.context.clock()),
    ...(options.metrics === undefined ? {} : { metrics: options.metrics }),
    more: () => counters.text(),
  });
  const app = new Hono();

  app.use(count);
  app.use(async (c, next) => {
    const start = performance.now();
    await next();
    options.log?.({
      at: ca.context.clock().toISOString(),
      method: c.req.method,
      route: routeOf(c.req.path),
      status: c.res.status,
      ms: Math.round(performance.now() - start),
    });
  });
  app.use(securityHeaders({ noStore: false }));
  paceRoutes(app, options.limits);

  app.route('/', crlRoutes(ca, options.access, counters));
  const answerOcsp = ocspAnswerer(ca, counters, (error) => options.onFault?.('OCSP', error));
  app.route('/', ocspRoutes(options.access, answerOcsp));
  app.route(
    '/',
    tsaRoutes(ca, counters, (error) => options.onFault?.('TSA', error)),
  );
  app.route('/', renewalRoutes(ca));
  app.route('/', tokenRoutes(ca));
  app.route('/', revocationRoutes(ca));
  app.route(
    '/',
    counterRoutes(ca, counters, async (request) => answerOcsp(request, true), options.counter),
  );
  app.route('/assets', uiRoutes());
  app.get('/', (c) => c.redirect('/counter'));

  const figures = countedOnce(() => ca.stats());
  app.get('/stats.json', async (c) => c.json(await figures()));
  app.route('/', routes);

  installErrorPages(app, {
    siteName,
    siteHref: '/counter',
    ...(options.onFault === undefined ? {} : { log: options.onFault }),
  });
  return { app, answerOcsp };
}

/** The first part of the path is enough for a log, and holds nothing about anybody. */
function routeOf(path: string): string {
  const first = path.split('/')[1] ?? '';
  return /^[a-z.]{1,20}$/.test(first) ? `/${first}` : '/…';
}
