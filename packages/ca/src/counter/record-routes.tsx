import { type Context, Hono } from 'hono';
import type { Ca } from '../ca.js';
import { isDay } from '../register/record.js';
import { type CounterEnv, needs } from './guard.js';
import { peopleActions, readPeople } from './people.js';
import { PeoplePage } from './people-page.js';
import { readRecord } from './record.js';
import { actKinds } from './record-act.js';
import { RecordPage } from './record-page.js';
import type { Checked } from './record-parts.js';

/** The record of acts and of people, for those who may read it. */
export function recordRoutes(ca: Ca): Hono<CounterEnv> {
  const app = new Hono<CounterEnv>();
  app.get('/record', needs('record'), (c) => showActs(c, ca));
  app.get('/record/people', needs('record'), (c) => showPeople(c, ca));
  return app;
}

async function showActs(c: Context<CounterEnv>, ca: Ca): Promise<Response> {
  const { session, prefs } = c.var;
  const { asked, before } = askedOf(c);
  const kind = actKinds.find((one) => one === asked.kind);
  const { acts, more } = await readRecord(ca.context, {
    municipality: session.municipality,
    ...(asked.clerk === '' ? {} : { clerk: asked.clerk }),
    ...(kind === undefined ? {} : { kind }),
    ...(isDay(asked.from) ? { from: asked.from } : {}),
    ...(isDay(asked.until) ? { until: asked.until } : {}),
    ...before,
  });
  const query = new URLSearchParams({ ...asked, before: acts.at(-1)?.number ?? '' });
  const older = more ? `/counter/record?${query}` : undefined;
  return c.html(<RecordPage {...{ prefs, acts, asked, older }} checked={await checkedFor(c, ca)} />);
}

async function showPeople(c: Context<CounterEnv>, ca: Ca): Promise<Response> {
  const { session, prefs } = c.var;
  const { asked, before } = askedOf(c);
  const action = peopleActions.find((one) => one === asked.kind);
  const start = (day: string) => new Date(`${day}T00:00:00+09:00`);
  const { events, more } = await readPeople(ca.context, {
    municipality: session.municipality,
    ...(asked.clerk === '' ? {} : { account: asked.clerk }),
    ...(action === undefined ? {} : { action }),
    ...(isDay(asked.from) ? { from: start(asked.from) } : {}),
    ...(isDay(asked.until) ? { until: new Date(start(asked.until).getTime() + 24 * 3600_000) } : {}),
    ...before,
  });
  const query = new URLSearchParams({ ...asked, before: events.at(-1)?.seq ?? '' });
  const older = more ? `/counter/record/people?${query}` : undefined;
  return c.html(<PeoplePage {...{ prefs, events, asked, older }} checked={await checkedFor(c, ca)} />);
}

/** What the address asks for: as it was typed, and from which row on, if it names one. */
function askedOf(c: Context<CounterEnv>) {
  // Without control characters: no account has them, and no database takes NUL.
  const text = (name: string) =>
    (c.req.query(name) ?? '')
      .replace(/\p{Cc}/gu, '')
      .trim()
      .slice(0, 40);
  const before = text('before');
  return {
    asked: { kind: text('kind'), clerk: text('clerk'), from: text('from'), until: text('until') },
    before: /^\d{1,18}$/.test(before) ? { before } : {},
  };
}

/** The walk along the whole audit chain, only where it is asked for. */
async function checkedFor(c: Context<CounterEnv>, ca: Ca): Promise<Checked | undefined> {
  if (c.req.query('check') !== 'yes') return undefined;
  const agency = (await ca.authorities()).filter(({ kind }) => kind === 'agency').at(-1);
  const head = agency === undefined ? undefined : (await ca.crl(agency.id, 'all'))?.auditHead;
  return { verdict: await ca.verifyAudit(head), head };
}
