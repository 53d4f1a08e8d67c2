import { createCounterJob } from '@madoguchi/procedure';
import { readPreferences } from '@madoguchi/ui';
import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { Ca } from '../../ca.js';
import { residentById } from '../../register/find.js';
import { signPairs, substitutionsOf } from '../act-form.js';
import { type Act, actById } from '../acts.js';
import { type CounterEnv, needs } from '../guard.js';
import { type AskOcsp, type CounterLogin, officeKeys } from '../login.js';
import { sayLoginHeaders } from '../login-routes.js';
import { BackPage, DeskPage } from './desk-page.js';
import { newJob, writes } from './job.js';

/** Before the guards: the way back from the agent's page, which is another site. */
export function backRoutes(): Hono {
  const app = new Hono();
  app.get('/back/:id{[0-9a-f-]{36}}', (c) =>
    c.html(<BackPage prefs={readPreferences(c)} act={c.req.param('id')} />),
  );
  return app;
}

/** The card work of an act by the agent on the clerk's machine: the page that hands a fresh job over, as often as it is opened. */
export function deskRoutes(ca: Ca, ask: AskOcsp, login: CounterLogin): Hono<CounterEnv> {
  const app = new Hono<CounterEnv>();
  app.get('/desk/:id', needs('issue'), async (c) => {
    const { session, prefs } = c.var;
    const act = await actById(ca.context, c.req.param('id'), session.municipality);
    if (act === undefined) throw new HTTPException(404);
    if (act.state !== 'prepared') return c.redirect(`/counter/acts/${act.id}`, 303);
    sayLoginHeaders(c, login);
    const request = await jobFor(ca, ask, login, act);
    return c.html(<DeskPage {...{ prefs, login, request }} act={act.id} />);
  });
  return app;
}

/** A job for this act, signed by the office; undefined where the authority cannot vouch for the office now. */
async function jobFor(ca: Ca, ask: AskOcsp, login: CounterLogin, act: Act): Promise<string | undefined> {
  const [keys, resident] = await Promise.all([
    officeKeys(ca, ask, login),
    residentById(ca.context, act.resident, act.municipality),
  ]);
  if (keys === undefined || resident === undefined) return undefined;
  const { ticket, until } = await newJob(ca.context, act);
  const substituted = writes(act)
    ? substitutionsOf(resident).flatMap((one) =>
        signPairs(one).map(({ from, to }) => ({ item: one.item, from, to })),
      )
    : [];
  return createCounterJob(
    {
      iss: login.code,
      origin: login.origin,
      jti: ticket,
      iat: Math.floor(ca.context.clock().getTime() / 1000),
      exp: Math.floor(until.getTime() / 1000),
      exchange: `${login.origin}/counter/job`,
      return: `${login.origin}/counter/back/${act.id}`,
      act: {
        kind: act.kind,
        number: act.number,
        clerk: act.clerk,
        name: resident.name,
        byAgent: act.presenter === 'agent',
        pins: [...act.pins],
        substituted,
      },
    },
    keys,
  );
}
