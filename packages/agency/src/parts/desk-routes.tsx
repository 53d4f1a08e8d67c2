import { type Context, Hono } from 'hono';
import { attachmentInspector } from '../attachments/inspected.js';
import { backToQueue, type DeskPlace, type Env, lookOf } from '../desk/place.js';
import { reach, reachParts } from '../desk/roles.js';
import { PartsQueuePage } from './desk-pages.js';
import { decideItsPart, sendPartsFile } from './part-acts.js';
import { findPart, type PartHandler, type PartPlace, showPart } from './part-shown.js';
import { countParts, listParts, type PartPile, partPiles } from './queries.js';

/** The offices of one-stop applications: each its own queue, its own part, its own decision. Mount it at `/parts` of the desk. */
export function partRoutes(desk: DeskPlace): Hono<Env> {
  const place: PartPlace = { ...desk, inspect: attachmentInspector(desk.scan) };
  const app = new Hono<Env>();
  const about = (handle: PartHandler) => async (c: Context<Env>) => {
    const found = await findPart(c, place);
    return found === undefined ? c.notFound() : handle(c, place, found);
  };
  app.get('/', (c) => showQueue(c, place));
  app.get('/:receipt/:part', about(showPart));
  app.get('/:receipt/:part/attachments/:index', about(sendPartsFile));
  app.post('/:receipt/:part/decision', about(decideItsPart));
  return app;
}

/** The parts that this officer may see, by pile. */
async function showQueue(c: Context<Env>, place: PartPlace): Promise<Response> {
  const { sql, agency, desk, procedures } = place;
  const session = c.get('session');
  const within = reachParts(session.grants, 'view');
  const asked = c.req.query('pile');
  const pile: PartPile = partPiles.find((one) => one === asked) ?? 'waiting';
  const [counts, rows] = await Promise.all([
    countParts(sql, agency.code, within),
    listParts(sql, agency.code, pile, within),
  ]);
  const sees = reach(session.grants, 'view');
  const back = sees === 'all' || sees.length > 0 ? backToQueue(place) : undefined;
  return c.html(
    <PartsQueuePage
      look={lookOf(c, place)}
      {...{ desk, session, pile, counts, rows, procedures, back }}
      cards={place.login !== undefined}
    />,
  );
}
