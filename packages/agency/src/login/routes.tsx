import { explainRule } from '@madoguchi/procedure';
import {
  ErrorPage,
  LoginDonePage,
  LoginFailedPage,
  loginWords,
  OpenAgentPage,
  readPreferences,
  sameOriginPosts,
  securityHeaders,
} from '@madoguchi/ui';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { formLimit } from '../forms/form-limit.js';
import { pageLook } from '../forms/look.js';
import { limited } from '../limits/limit.js';
import type { AgencyConfig } from '../options.js';
import { NoStapleError } from '../requests/issue.js';
import { judgeToken } from './judge.js';
import { issueNonce, takeNonce } from './nonces.js';
import type { LoginOptions } from './options.js';
import { loginRequest } from './request.js';

const defaultAgent = 'http://127.0.0.1:24787';

function agentOf(agency: AgencyConfig): string {
  return agency.agentOrigin ?? defaultAgent;
}

/**
 * Headers of a page with a `LoginForm`: the form may go to the agent, its POST carries its true Origin (the agent refuses `null`),
 * and no opener policy cuts the window off before the agent said that it is there.
 */
export function loginPageHeaders(agency: AgencyConfig): MiddlewareHandler[] {
  return [
    async (c, next) => {
      await next();
      c.res.headers.set('Cross-Origin-Opener-Policy', 'unsafe-none');
    },
    securityHeaders({ formAction: [agentOf(agency)], referrerPolicy: 'origin', openerPolicy: null }),
  ];
}

/**
 * Login by card for one place of an agency; mount it at `<home>/login`. `POST /start` gives a request bound to this browser (JSON for the
 * island, a page without script), `POST /token` takes the agent's answer, `GET /status` says whether this browser is in. The nonce
 * stands in the same browser's session, once, for five minutes.
 */
export function loginRoutes(options: LoginOptions): Hono {
  const { agency, home } = options;
  const app = new Hono();
  const look = (c: Context) => ({ ...pageLook(c, agency), path: home });
  app.use(formLimit(32 * 1024), ...loginPageHeaders(agency));

  const paced = limited('requests', options.limits, () => {
    throw new HTTPException(429);
  });
  app.post('/start', sameOriginPosts({ origins: [agency.origin] }), paced, async (c) => {
    const script = c.req.header('accept') === 'application/json';
    try {
      const issued = await issueNonce(c, options, await options.startedBy?.(c));
      const request = await loginRequest(options, { ...issued, window: script });
      const agent = `${agentOf(agency)}/login`;
      if (!script) return c.html(<OpenAgentPage look={look(c)} {...{ agent, request }} />);
      const { register } = readPreferences(c);
      return c.json({ request, agent, lang: register, status: `${home}/login/status` }, 201);
    } catch (error) {
      if (!(error instanceof NoStapleError)) throw error;
      options.log?.('login.noStaple');
      return c.html(<ErrorPage status={503} {...look(c)} switches="none" />, 503);
    }
  });

  // From the agent's page, which is another site: what binds it to this browser is the nonce in its session.
  app.post('/token', async (c) => {
    const form = await c.req.parseBody();
    const token = typeof form.token === 'string' ? form.token : '';
    const taken = await takeNonce(c, options);
    if (taken === undefined) {
      options.log?.('login.refused', { rule: 'nonce' });
      return c.html(<LoginFailedPage look={look(c)} home={home} why={loginWords.noNonce} />, 403);
    }
    const judged = await judgeToken(options, token, taken.nonce);
    if (!judged.ok) {
      options.log?.('login.refused', { rule: judged.rule });
      const { what, next } = explainRule(judged.rule);
      const status = judged.rule === 'token.revocationUnknown' ? 503 : 403;
      return c.html(<LoginFailedPage look={look(c)} home={home} why={what} next={next} />, status);
    }
    const entered = await options.enter(c, { ...judged.who, startedBy: taken.startedBy });
    if (!entered.ok) return c.html(<LoginFailedPage look={look(c)} home={home} why={entered.why} />, 403);
    options.log?.('login.good');
    if (c.req.query('window') === undefined && options.landing !== 'page') return c.redirect(home, 303);
    return c.html(<LoginDonePage look={look(c)} home={home} />);
  });

  app.get('/status', async (c) => c.json({ state: (await options.isIn(c)) ? 'in' : 'out' }));
  return app;
}
