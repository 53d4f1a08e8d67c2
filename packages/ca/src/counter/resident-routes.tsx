import { type Context, Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { Ca } from '../ca.js';
import type { Counters } from '../http/metrics.js';
import { type CounterResident, residentById } from '../register/find.js';
import type { CounterEquipment } from './act-routes.js';
import { smallForm } from './forms.js';
import { type CounterEnv, needs } from './guard.js';
import { beginAct, enterByHand, printLetter, reportLoss } from './resident-acts.js';
import { type CounterPlace, showResident } from './resident-shown.js';

type ResidentHandler = (
  c: Context<CounterEnv>,
  place: CounterPlace,
  resident: CounterResident,
) => Promise<Response>;

/** A resident's page, and the acts that begin or are done there. A resident of another municipality is as unknown as one that does not exist. */
export function residentRoutes(ca: Ca, counters: Counters, equipment: CounterEquipment): Hono<CounterEnv> {
  const place: CounterPlace = { ca, equipment, counters };
  const app = new Hono<CounterEnv>();
  const about = (handle: ResidentHandler) => async (c: Context<CounterEnv>) => {
    const found = await residentById(ca.context, c.req.param('id') ?? '', c.var.session.municipality);
    if (found === undefined) throw new HTTPException(404);
    return handle(c, place, found);
  };
  app.get('/residents/:id', needs('look'), about(showResident));
  app.post('/residents/:id/act', needs('issue'), smallForm, about(beginAct));
  app.post('/residents/:id/letter', needs('letter'), smallForm, about(printLetter));
  app.post('/residents/:id/report', needs('revoke'), smallForm, about(reportLoss));
  app.post('/residents/:id/event', needs('exOfficio'), smallForm, about(enterByHand));
  return app;
}
