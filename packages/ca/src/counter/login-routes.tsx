import { explainRule } from '@madoguchi/procedure/basics';
import {
  LoginDonePage,
  LoginFailedPage,
  loginWords,
  OpenAgentPage,
  type PageProps,
  readPreferences,
  sameOriginPosts,
  type Words,
} from '@madoguchi/ui';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { HTTPException } from 'hono/http-exception';
import type { Ca } from '../ca.js';
import { type AskOcsp, type CounterLogin, judgeLogin, loginRequest } from './login.js';
import { issueNonce, type LoginRealm, takeNonce } from './login-nonces.js';
import { noteRefusal } from './people.js';
import { banner, siteName } from './words.js';

export interface LoginPlace {
  readonly ca: Ca;
  readonly ask: AskOcsp;
  readonly login: CounterLogin;
  readonly realm: LoginRealm;
  /** Path of the place: the login stands below it, at `<home>/login`. */
  readonly home: string;
  /** What the login is for; the agent shows it. */
  readonly purpose: Words;
  /** For whom it is started, where that matters; `null`: nobody who may start it. */
  readonly startedBy?: (c: Context) => Promise<string | null>;
  /** A login held: opens the session or remembers the card, or says why not. */
  readonly enter: (
    c: Context,
    who: { authenticationKey: string; account: string | undefined },
  ) => Promise<{ ok: true } | { ok: false; rule: string; account?: string; why: Words }>;
  readonly isIn: (c: Context) => Promise<boolean>;
}

/** Headers of a page with the login's form: it may go to the agent, whose POST needs the true Origin, and keeps its handle on the window. */
export function sayLoginHeaders(c: Context, login: CounterLogin): void {
  c.header('Cross-Origin-Opener-Policy', 'unsafe-none');
  c.header('Referrer-Policy', 'origin');
  c.header('Cache-Control', 'no-store');
  c.header(
    'Content-Security-Policy',
    `default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self' ${login.agentOrigin}; frame-ancestors 'none'`,
  );
}

/**
 * Login by card for one place of the counter; mount it at `<home>/login`, before the counter's own guards. `POST /start` gives a request bound
 * to this browser (JSON for the script, a page without one), `POST /token` takes the agent's answer, `GET /status` says whether this browser
 * is in. Refusals are logged by no more than their rule.
 */
export function loginRoutes(place: LoginPlace): Hono {
  const { login } = place;
  const app = new Hono();
  const onError = () => {
    throw new HTTPException(413);
  };
  app.use(bodyLimit({ maxSize: 32 * 1024, onError }), (c, next) => {
    sayLoginHeaders(c, login);
    return next();
  });
  app.post('/start', sameOriginPosts({ origins: [login.origin] }), (c) => start(c, place));
  // From the agent's page, which is another site: what binds it to this browser is the nonce in its cookie.
  app.post('/token', (c) => takeToken(c, place));
  app.get('/status', async (c) => c.json({ state: (await place.isIn(c)) ? 'in' : 'out' }));
  return app;
}

function lookOf(c: Context, { home }: LoginPlace): Omit<PageProps, 'title'> {
  return { prefs: readPreferences(c), siteName, siteHref: '/counter', banner, path: home };
}

function noncesOf({ ca, realm, login }: LoginPlace) {
  return { ctx: ca.context, realm, origin: login.origin };
}

async function start(c: Context, place: LoginPlace): Promise<Response> {
  const { ca, ask, login, home, purpose } = place;
  const script = c.req.header('accept') === 'application/json';
  const account = await place.startedBy?.(c);
  if (account === null) throw new HTTPException(403);
  const issued = await issueNonce(c, noncesOf(place), account);
  const returnPath = `${home}/login/token`;
  const request = await loginRequest(ca, ask, login, { ...issued, returnPath, purpose });
  if (request === undefined) throw new HTTPException(503);
  const agent = `${login.agentOrigin}/login`;
  if (!script) return c.html(<OpenAgentPage look={lookOf(c, place)} {...{ agent, request }} />);
  const { register } = readPreferences(c);
  return c.json({ request, agent, lang: register, status: `${home}/login/status` }, 201);
}

async function takeToken(c: Context, place: LoginPlace): Promise<Response> {
  const { ca, ask, login, home } = place;
  const look = lookOf(c, place);
  const failed = (status: 403 | 503, words: { why: Words; next?: Words }) =>
    c.html(<LoginFailedPage {...{ look, home, ...words }} />, status);
  const form = await c.req.parseBody();
  const token = typeof form.token === 'string' ? form.token : '';
  const taken = await takeNonce(c, noncesOf(place));
  if (taken === undefined) {
    await noteRefusal(ca.context, 'login.nonce');
    return failed(403, { why: loginWords.noNonce });
  }
  const judged = await judgeLogin(ca, ask, login, token, taken.nonce);
  if (!judged.ok) {
    await noteRefusal(ca.context, judged.rule);
    const { what: why, next } = explainRule(judged.rule);
    return failed(judged.rule === 'token.revocationUnknown' ? 503 : 403, { why, next });
  }
  const { authenticationKey } = judged;
  const entered = await place.enter(c, { authenticationKey, account: taken.account });
  if (!entered.ok) {
    await noteRefusal(ca.context, entered.rule, entered.account);
    return failed(403, { why: entered.why });
  }
  return c.html(<LoginDonePage {...{ look, home }} />);
}
