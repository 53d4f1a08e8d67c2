import { appendAudit } from '@madoguchi/store';
import { csv } from '@madoguchi/ui';
import { type Context, Hono } from 'hono';
import { auditChain } from '../cases/audit-chain.js';
import type { LoadedProcedure } from '../options.js';
import { auditPage } from './audit-page.js';
import { EXPORT_LIMIT, exportTable } from './export-table.js';
import { FiguresPage, readFigures } from './figures.js';
import { readFilter } from './filter.js';
import { allowed, backToQueue, type DeskPlace, type Env, lookOf } from './place.js';
import { countPiles, listCases } from './queries.js';
import { QueuePage } from './queue-page.js';
import { reach, reachParts } from './roles.js';
import type { DeskSession } from './session.js';

/** What lies on the desk, as far as an officer's roles reach: the queue, its export, the figures. */
export function queueRoutes(place: DeskPlace): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/', (c) => showQueue(c, place));
  app.get('/figures', allowed(place, 'figures'), (c) => showFigures(c, place));
  app.get('/audit', allowed(place, 'audit'), (c) => showAudit(c, place));
  app.post('/export.csv', allowed(place, 'export'), (c) => exportQueue(c, place));
  return app;
}

async function showQueue(c: Context<Env>, place: DeskPlace): Promise<Response> {
  const { sql, agency, desk, clock } = place;
  const session = c.get('session');
  const seen = reachParts(session.grants, 'view');
  // Who only has an office's parts has no whole applications to look at.
  if (seen.procedures !== 'all' && seen.procedures.length === 0 && seen.offices.length > 0)
    return c.redirect(`${desk}/parts`, 303);
  const procedures = proceduresSeen(place, session);
  const filter = filterOf(c, procedures);
  const who = { officer: session.officer, now: clock(), reach: reach(session.grants, 'view') };
  const [counts, rows] = await Promise.all([
    countPiles(sql, agency.code, who),
    listCases(sql, agency.code, filter, who),
  ]);
  return c.html(
    <QueuePage
      look={lookOf(c, place)}
      {...{ desk, session, procedures, filter, counts, rows }}
      now={clock()}
      variants={place.variants !== undefined}
      cards={place.login !== undefined}
    />,
  );
}

async function showFigures(c: Context<Env>, place: DeskPlace): Promise<Response> {
  const reached = reach(c.get('session').grants, 'figures');
  return c.html(
    <FiguresPage
      look={lookOf(c, place)}
      back={backToQueue(place)}
      figures={await readFigures(place.sql, place.agency.code, reached)}
      procedures={place.procedures}
    />,
  );
}

async function showAudit(c: Context<Env>, place: DeskPlace): Promise<Response> {
  const verify = c.req.query('verify') !== undefined;
  const page = { look: lookOf(c, place), back: backToQueue(place), desk: place.desk, verify };
  return c.html(await auditPage(place.sql, place.agency.code, page));
}

/** The queue as it is narrowed, as a table to take away. That it was taken is kept, and how many cases stood in it. */
async function exportQueue(c: Context<Env>, place: DeskPlace): Promise<Response> {
  const { sql, agency, clock, procedures } = place;
  const session = c.get('session');
  const { officer } = session;
  const filter = { ...filterOf(c, proceduresSeen(place, session)), after: undefined };
  const at = clock();
  const who = { officer, now: at, reach: reach(session.grants, 'export') };
  const rows = await listCases(sql, agency.code, filter, who, EXPORT_LIMIT);
  const table = await exportTable(sql, agency.code, { filter, rows, procedures });
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
}

function proceduresSeen({ procedures }: DeskPlace, { grants }: DeskSession): readonly LoadedProcedure[] {
  const reached = reach(grants, 'view');
  return reached === 'all'
    ? procedures
    : procedures.filter(({ definition }) => reached.includes(definition.id));
}

/** How the address narrows the queue; only by a procedure that this officer sees. */
function filterOf(c: Context, procedures: readonly LoadedProcedure[]) {
  return readFilter(
    c.req.query(),
    procedures.map(({ definition }) => definition.id),
  );
}
