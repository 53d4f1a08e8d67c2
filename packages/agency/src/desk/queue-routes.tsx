import { appendAudit } from '@madoguchi/store';
import { csv } from '@madoguchi/ui';
import { Hono } from 'hono';
import { auditChain } from '../cases/audit-chain.js';
import { auditPage } from './audit-page.js';
import { EXPORT_LIMIT, exportTable } from './export-table.js';
import { FiguresPage, readFigures } from './figures.js';
import { readFilter } from './filter.js';
import { allowed, backToQueue, type DeskPlace, type Env, lookOf } from './place.js';
import { countPiles, listCases } from './queries.js';
import { QueuePage } from './queue-page.js';
import { type Act, reach, reachParts } from './roles.js';
import type { DeskSession } from './session.js';

/** What lies on the desk, as far as an officer's roles reach: the queue, its export, the figures. */
export function queueRoutes(place: DeskPlace): Hono<Env> {
  const { sql, agency, desk, clock } = place;
  const app = new Hono<Env>();
  const proceduresOf = (session: DeskSession, act: Act) => {
    const reached = reach(session.grants, act);
    return reached === 'all'
      ? place.procedures
      : place.procedures.filter(({ definition }) => reached.includes(definition.id));
  };
  const filterOf = (query: Record<string, string>, session: DeskSession) =>
    readFilter(
      query,
      proceduresOf(session, 'view').map(({ definition }) => definition.id),
    );

  app.get('/', async (c) => {
    const session = c.get('session');
    const seen = reachParts(session.grants, 'view');
    // Who only has an office's parts has no whole applications to look at.
    if (seen.procedures !== 'all' && seen.procedures.length === 0 && seen.offices.length > 0)
      return c.redirect(`${desk}/parts`, 303);
    const filter = filterOf(c.req.query(), session);
    const who = { officer: session.officer, now: clock(), reach: reach(session.grants, 'view') };
    const [counts, rows] = await Promise.all([
      countPiles(sql, agency.code, who),
      listCases(sql, agency.code, filter, who),
    ]);
    return c.html(
      <QueuePage
        look={lookOf(c, place)}
        desk={desk}
        session={session}
        procedures={proceduresOf(session, 'view')}
        filter={filter}
        counts={counts}
        rows={rows}
        now={clock()}
        variants={place.variants !== undefined}
        cards={place.login !== undefined}
      />,
    );
  });

  app.get('/figures', allowed(place, 'figures'), async (c) => {
    const reached = reach(c.get('session').grants, 'figures');
    return c.html(
      <FiguresPage
        look={lookOf(c, place)}
        back={backToQueue(place)}
        figures={await readFigures(sql, agency.code, reached)}
        procedures={place.procedures}
      />,
    );
  });

  app.get('/audit', allowed(place, 'audit'), async (c) => {
    const verify = c.req.query('verify') !== undefined;
    const page = { look: lookOf(c, place), back: backToQueue(place), desk, verify };
    return c.html(await auditPage(sql, agency.code, page));
  });

  app.post('/export.csv', allowed(place, 'export'), async (c) => {
    const session = c.get('session');
    const { officer } = session;
    const filter = { ...filterOf(c.req.query(), session), after: undefined };
    const at = clock();
    const who = { officer, now: at, reach: reach(session.grants, 'export') };
    const rows = await listCases(sql, agency.code, filter, who, EXPORT_LIMIT);
    const table = await exportTable(sql, agency.code, { filter, rows, procedures: place.procedures });
    await sql.begin((tx) =>
      appendAudit(tx, auditChain(agency.code), {
        at,
        actor: `officer:${officer}`,
        action: 'desk.exported',
        subject: agency.code,
        detail: { cases: String(rows.length) },
      }),
    );
    return c.body(csv(table), 200, {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': 'attachment; filename="applications.csv"',
    });
  });
  return app;
}
