import { isLoadedAhead, readPreferences } from '@madoguchi/ui';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { HTTPException } from 'hono/http-exception';
import type { Ca } from '../ca.js';
import { clerkOfCard, listClerks, registerCard } from './clerks.js';
import { CardPage, EntryPage } from './entry-page.js';
import type { CounterEnv } from './guard.js';
import type { AskOcsp, CounterLogin } from './login.js';
import { loginRoutes, sayLoginHeaders } from './login-routes.js';
import { l } from './login-words.js';
import { noteRefusal } from './people.js';
import { askRelink } from './relink.js';
import { type CounterSession, enterByCard, enterByLink, logOut, sessionOf } from './session.js';

const cookieName = 'mado_counter';

/** Behind a proxy the request itself does not tell that it came by https: the login's origin does. */
function giveCookie(c: Context, token: string, login: CounterLogin | undefined): void {
  setCookie(c, cookieName, token, {
    path: '/counter',
    httpOnly: true,
    sameSite: 'Strict',
    secure: (login?.origin ?? c.req.url).startsWith('https:'),
  });
}

const isIn = (ca: Ca, c: Context): Promise<CounterSession | undefined> =>
  sessionOf(ca.context, getCookie(c, cookieName));

/** The logins by card, to be mounted before the counter's guards: their answers come from the agent's page, which is another site. */
export function cardLogins(ca: Ca, ask: AskOcsp, login: CounterLogin): Hono {
  const app = new Hono();
  const shared = { ca, ask, login };
  app.route(
    '/login',
    loginRoutes({
      ...shared,
      realm: 'login',
      home: '/counter',
      purpose: l.purpose,
      enter: async (c, { authenticationKey }) => {
        const clerk = await clerkOfCard(ca.context, authenticationKey);
        if (clerk === undefined) {
          const whose = await askRelink(ca.context, authenticationKey);
          return whose === undefined
            ? { ok: false, rule: 'card.unknown', why: l.cardUnknown }
            : { ok: false, rule: 'card.renewed', account: whose, why: l.cardRenewed };
        }
        giveCookie(c, await enterByCard(ca.context, clerk), login);
        return { ok: true };
      },
      isIn: async (c) => (await isIn(ca, c)) !== undefined,
    }),
  );
  app.route(
    '/card/login',
    loginRoutes({
      ...shared,
      realm: 'register',
      home: '/counter/card',
      purpose: l.registerPurpose,
      startedBy: async (c) => (await isIn(ca, c))?.clerk ?? null,
      enter: async (_, { authenticationKey, account }) => {
        if (account === undefined) return { ok: false, rule: 'link.used', why: l.registerFirst };
        const done = await registerCard(ca.context, account, authenticationKey);
        return done ? { ok: true } : { ok: false, rule: 'card.taken', account, why: l.cardTaken };
      },
      // The page that waits goes on when the agent's window says it is done; a card is not a session.
      isIn: async () => false,
    }),
  );
  return app;
}

/** The one-time links, the way out, and who is in: whatever is mounted after this has a session. */
export function entryRoutes(ca: Ca, login: CounterLogin | undefined): Hono<CounterEnv> {
  const app = new Hono<CounterEnv>();

  const entry = (c: Context, why: 'none' | 'left' | 'used' | 'ended', status: 200 | 401 | 403) => {
    if (login !== undefined) sayLoginHeaders(c, login);
    return c.html(<EntryPage prefs={readPreferences(c)} {...{ login, why }} />, status);
  };

  app.get('/enter/:token', async (c) => {
    c.header('Referrer-Policy', 'no-referrer');
    if (isLoadedAhead(c)) return c.body(null, 503);
    const entered = await enterByLink(ca.context, c.req.param('token'));
    if (entered === undefined) {
      await noteRefusal(ca.context, 'link.used');
      return entry(c, 'used', 403);
    }
    giveCookie(c, entered.token, login);
    return c.redirect(entered.to, 303);
  });

  app.post('/leave', async (c) => {
    await logOut(ca.context, getCookie(c, cookieName));
    deleteCookie(c, cookieName, { path: '/counter' });
    return entry(c, 'left', 200);
  });

  const guard: MiddlewareHandler<CounterEnv> = async (c, next) => {
    const session = await isIn(ca, c);
    if (session === undefined) {
      const had = getCookie(c, cookieName) !== undefined;
      return entry(c, had ? 'ended' : 'none', 401);
    }
    c.set('session', session);
    c.set('prefs', { ...readPreferences(c), session });
    return next();
  };
  app.use('/*', guard);

  app.get('/card', async (c) => {
    if (login === undefined) throw new HTTPException(404);
    const { session, prefs } = c.var;
    const registered = (await listClerks(ca.context)).some(
      ({ account, hasCard }) => account === session.clerk && hasCard,
    );
    sayLoginHeaders(c, login);
    return c.html(<CardPage prefs={prefs} login={login} account={session.clerk} registered={registered} />);
  });
  return app;
}
