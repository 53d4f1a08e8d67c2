import { assetPath } from '@madoguchi/ui';
import { type Context, Hono } from 'hono';
import { pageLook } from '../forms/look.js';
import { loginPageHeaders, loginRoutes } from '../login/routes.js';
import type { AgencyConfig } from '../options.js';
import { CardPage } from './card-page.js';
import { hasCard, officerOfCard, registerCard } from './cards.js';
import type { DeskOptions } from './options.js';
import { enterByCard, readSession } from './session.js';
import { texts } from './texts.js';

/** Address of the login's script, for the pages that carry its form. */
export function loginScript(agency: Pick<AgencyConfig, 'basePath'>): string {
  return assetPath('login.js', `${agency.basePath}/assets`);
}

/**
 * Officers' login by card, to be mounted before the desk's own guards: the answer comes from the agent's page, which is another site. A card
 * opens the desk when its officer has registered it there, after a one-time link.
 */
export function deskLogin(options: DeskOptions & { login: NonNullable<DeskOptions['login']> }): Hono {
  const { sql, agency, clock, log, login } = options;
  const desk = `${agency.basePath}/desk`;
  const card = `${desk}/card`;
  const app = new Hono();
  const sessionOf = (c: Context) => readSession(c, sql, agency, clock());
  const shared = { sql, agency, clock, log, ...login, landing: 'page' as const };

  app.route(
    '/login',
    loginRoutes({
      ...shared,
      realm: 'desk',
      home: desk,
      purpose: texts.loginPurpose,
      enter: async (c, { authenticationKey }) => {
        const officer = await officerOfCard(sql, agency.code, authenticationKey);
        if (officer === undefined) return { ok: false, why: texts.cardUnknown };
        await enterByCard(c, sql, agency, officer, clock());
        return { ok: true };
      },
      isIn: async (c) => (await sessionOf(c)) !== undefined,
    }),
  );

  app.route(
    '/card/login',
    loginRoutes({
      ...shared,
      realm: 'desk-card',
      home: card,
      purpose: texts.registerPurpose,
      startedBy: async (c) => (await sessionOf(c))?.officer,
      enter: async (_, { authenticationKey, startedBy }) => {
        if (startedBy === undefined) return { ok: false, why: texts.registerFirst };
        const now = clock();
        const done = await registerCard(sql, agency.code, { authenticationKey, officer: startedBy, now });
        return done ? { ok: true } : { ok: false, why: texts.cardTaken };
      },
      // The page that waits goes on when the agent's window says it is done; a card is not a session.
      isIn: async () => false,
    }),
  );

  for (const headers of loginPageHeaders(agency)) app.use('/card', headers);
  app.get('/card', async (c) => {
    const session = await sessionOf(c);
    if (session === undefined) return c.redirect(desk, 303);
    const look = { ...pageLook(c, agency), siteHref: desk };
    const known = await hasCard(sql, agency.code, session.officer);
    return c.html(<CardPage {...{ look, agency, desk, known }} script={loginScript(agency)} />);
  });
  return app;
}
