import { Hono } from 'hono';
import { helpdeskFigures } from '../helpdesk/figures.js';
import type { PortalAgency, PortalOptions } from '../options.js';
import type { ViewOf } from '../views.js';
import { agencyFiguresReader } from './agencies.js';
import { figuresCsv } from './csv.js';
import { Figures } from './page.js';
import { statsReader } from './stats.js';

/** `/figures`: what authority, agencies and helpdesk publish, as a page and as tables. A source that does not answer is left out. */
export function figureRoutes(
  { sql, origin, statsUrl, fetch: asked }: PortalOptions,
  { clock, view }: { clock: () => Date; view: ViewOf },
): Hono {
  const place = { fetch: asked ?? fetch, clock, sql };
  const stats = statsReader(statsUrl, place);
  const agencyFigures = agencyFiguresReader({ ...place, origin });
  const sourcesOf = async (agencies: readonly PortalAgency[]) => {
    const [known, ofAgencies, helpdesk] = await Promise.all([
      stats(),
      agencyFigures(agencies),
      sql === undefined ? undefined : helpdeskFigures(sql, clock()).catch(() => undefined),
    ]);
    return { stats: known, agencies: ofAgencies, helpdesk };
  };
  const app = new Hono();
  app.get('/figures', async (c) => {
    const sources = await sourcesOf(view(c).options.agencies);
    return c.html(<Figures view={view(c)} {...sources} chosen={c.req.query('agency') ?? ''} />);
  });
  app.get('/figures/:file', async (c) => {
    const sources = await sourcesOf(view(c).options.agencies);
    const text = figuresCsv(c.req.param('file'), { ...sources, stats: sources.stats?.value });
    if (text === undefined) return c.notFound();
    return c.body(text, 200, { 'Content-Type': 'text/csv; charset=utf-8' });
  });
  return app;
}
