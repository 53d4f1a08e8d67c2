import { Hono } from 'hono';
import type { Ca } from '../ca.js';
import { isDay } from '../register/record.js';
import { type CounterEnv, needs } from './guard.js';
import { readRecord } from './record.js';
import { actKinds } from './record-act.js';
import { RecordPage } from './record-page.js';

/** The record of acts, for those who may read it. A walk along the whole audit chain only where it is asked for. */
export function recordRoutes(ca: Ca): Hono<CounterEnv> {
  const app = new Hono<CounterEnv>();
  app.get('/record', needs('record'), async (c) => {
    const { session, prefs } = c.var;
    // Without control characters: no account has them, and no database takes NUL.
    const text = (name: string) =>
      (c.req.query(name) ?? '')
        .replace(/\p{Cc}/gu, '')
        .trim()
        .slice(0, 40);
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
        verdict={c.req.query('check') === 'yes' ? await ca.verifyAudit() : undefined}
      />,
    );
  });
  return app;
}
