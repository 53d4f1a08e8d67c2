import { type Context, Hono } from 'hono';
import type { Ca } from '../ca.js';
import { listClerks } from './clerks.js';
import { ClerksPage } from './clerks-page.js';
import { formOf, smallForm } from './forms.js';
import { type CounterEnv, needs } from './guard.js';
import { confirmRelink, relinks } from './relink.js';

/** Who works at the counter; the one act there: a renewed card confirmed as the same person's. */
export function clerkRoutes(ca: Ca): Hono<CounterEnv> {
  const app = new Hono<CounterEnv>();
  const ctx = ca.context;

  async function page(c: Context<CounterEnv>, outcome?: { account: string; linked: boolean }) {
    const { session, prefs } = c.var;
    const { municipality } = session;
    const [all, waiting] = await Promise.all([listClerks(ctx), relinks(ctx, municipality)]);
    const clerks = all.filter((one) => municipality === undefined || one.municipality === municipality);
    const shown = <ClerksPage {...{ prefs, clerks, waiting }} csrf={session.csrf} self={session.clerk} />;
    if (outcome === undefined) return c.html(shown);
    return c.html(
      <ClerksPage {...{ prefs, clerks, waiting, outcome }} csrf={session.csrf} self={session.clerk} />,
      outcome.linked ? 200 : 409,
    );
  }

  app.get('/clerks', needs('clerks'), (c) => page(c));

  app.post('/clerks/:account/confirm', needs('clerks'), smallForm, async (c) => {
    await formOf(c);
    const account = c.req.param('account');
    return page(c, { account, linked: await confirmRelink(ctx, account, c.var.session) });
  });
  return app;
}
