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

/** The record of acts, for those who may read it. A walk along the whole audit chain only where it is asked for. */
export function recordRoutes(ca: Ca): Hono<CounterEnv> {
  const app = new Hono<CounterEnv>();
  // Without control characters: no account has them, and no database takes NUL.
  const textOf = (c: Context<CounterEnv>) => (name: string) =>
    (c.req.query(name) ?? '')
      .replace(/\p{Cc}/gu, '')
      .trim()
      .slice(0, 40);
  const checkedFor = async (c: Context<CounterEnv>): Promise<Checked | undefined> => {
    if (c.req.query('check') !== 'yes') return undefined;
    const agency = (await ca.authorities()).filter(({ kind }) => kind === 'agency').at(-1);
    const head = agency === undefined ? undefined : (await ca.crl(agency.id, 'all'))?.auditHead;
    return { verdict: await ca.verifyAudit(head), head };
  };

  app.get('/record/people', needs('record'), async (c) => {
    const { session, prefs } = c.var;
    const text = textOf(c);
    const asked = { kind: text('kind'), clerk: text('clerk'), from: text('from'), until: text('until') };
    const action = peopleActions.find((one) => one === asked.kind);
    const before = text('before');
    const start = (day: string) => new Date(`${day}T00:00:00+09:00`);
    const { events, more } = await readPeople(ca.context, {
      municipality: session.municipality,
      ...(asked.clerk === '' ? {} : { account: asked.clerk }),
      ...(action === undefined ? {} : { action }),
      ...(isDay(asked.from) ? { from: start(asked.from) } : {}),
      ...(isDay(asked.until) ? { until: new Date(start(asked.until).getTime() + 24 * 3600_000) } : {}),
      ...(/^\d{1,18}$/.test(before) ? { before } : {}),
    });
    const query = new URLSearchParams({ ...asked, before: events.at(-1)?.seq ?? '' });
    const older = more ? `/counter/record/people?${query}` : undefined;
    return c.html(<PeoplePage {...{ prefs, events, asked, older }} checked={await checkedFor(c)} />);
  });

  app.get('/record', needs('record'), async (c) => {
    const { session, prefs } = c.var;
    const text = textOf(c);
    const asked = { kind: text('kind'), clerk: text('clerk'), from: text('from'), until: text('until') };
    const kind = actKinds.find((one) => one === asked.kind);
    const before = text('before');
    const { acts, more } = await readRecord(ca.context, {
      municipality: session.municipality,
      ...(asked.clerk === '' ? {} : { clerk: asked.clerk }),
      ...(kind === undefined ? {} : { kind }),
      ...(isDay(asked.from) ? { from: asked.from } : {}),
      ...(isDay(asked.until) ? { until: asked.until } : {}),
      ...(/^\d{1,18}$/.test(before) ? { before } : {}),
    });
    const last = acts.at(-1);
    const query = new URLSearchParams({ ...asked, before: last?.number ?? '' });
    return c.html(
      <RecordPage
        prefs={prefs}
        acts={acts}
        asked={asked}
        older={more ? `/counter/record?${query}` : undefined}
        checked={await checkedFor(c)}
      />,
    );
  });
  return app;
}
