import { type Context, Hono } from 'hono';
import type { CardChannel } from '../../channel.js';
import { asClientError, channelNamed, probeCards } from '../card-work.js';
import { timeWords } from '../date-words.js';
import { readBody } from '../http-guard.js';
import { TroublePage } from '../pages/trouble-page.js';
import { readPinForm } from '../pin-form.js';
import {
  lookOf,
  maxFormBytes,
  pageGuard,
  pathFor,
  type RoomBindings,
  type RoomOptions,
  returnPolicy,
} from '../room-env.js';
import { visited } from '../visited.js';
import { waitingTitles } from '../waiting.js';
import { answerLogin } from './answer-login.js';
import { LoginPage } from './login-page.js';
import type { LoginSession } from './login-session.js';
import { loginCardTrouble, loginTrouble } from './login-troubles.js';
import { ReadingPage } from './reading-page.js';
import { ReturnPage } from './return-page.js';

type Env = { Bindings: RoomBindings; Variables: { login: LoginSession } };

/** The page that waits for the card asks this long before it asks again. */
const progressWaitMs = 20_000;

const base = '/:path{[0-9a-f]{32}}';

/** The pages of a login, under `/login`: who asks and the password, then the token on its way to the site that asked. */
export function loginRoutes(options: RoomOptions): Hono<Env> {
  const { logins, clock } = options;
  const app = new Hono<Env>();
  const guard = pageGuard(options);
  const toPage = (c: Context<Env>, login: LoginSession) => c.redirect(pathFor(c, login.path), 303);

  for (const path of [base, `${base}/*`] as const)
    app.use(path, guard, async (c, next) => {
      const known = logins.get(`login/${c.req.param('path')}`);
      const login = await visited(c, options, known, loginTrouble('login-ended'));
      if (login instanceof Response) return login;
      c.set('login', login);
      await next();
      return undefined;
    });

  /** Cards that are only for this origin go first; with one of them an empty reader is no trouble. */
  const cardsFor = (login: LoginSession) => async (): Promise<CardChannel[]> => {
    const own = options.loginCards(login.request.claims.origin);
    if (own.length === 0) return options.look();
    return [...own, ...(await options.look().catch(() => []))];
  };

  /** A computer that slept, or a citizen who did: told before anything is asked or done. */
  const inForce = (login: LoginSession): boolean => {
    const until = new Date(login.request.claims.exp * 1000);
    if (clock() < until) return true;
    login.moveTo({ at: 'over', trouble: loginTrouble('login-expired', { date: timeWords(until) }) });
    return false;
  };

  app.get(base, async (c) => {
    const login = c.get('login');
    if (login.stage.at !== 'over') inForce(login);
    const { request, stage } = login;
    const at = lookOf(c, options, `/${login.path}`);
    switch (stage.at) {
      case 'ask': {
        const { notice } = stage;
        if (notice?.id.startsWith('login-certificate-'))
          return c.html(<TroublePage {...at} trouble={notice} />);
        const { citizenAnchors: anchors, demo } = options;
        const channels = cardsFor(login);
        const probe = await probeCards({ pin: 'auth', channels, anchors, demo, now: clock() });
        const others = waitingTitles(options, login);
        return c.html(
          <LoginPage {...at} {...{ request, probe, others }} {...(notice === undefined ? {} : { notice })} />,
        );
      }
      case 'reading':
        return c.html(<ReadingPage {...at} onPad={stage.onPad} />);
      case 'ready': {
        // The one form here that leaves this port, and only for the origin that asked.
        c.header('Content-Security-Policy', returnPolicy(request.claims.origin));
        return c.html(<ReturnPage {...at} {...{ request }} token={stage.token} />);
      }
      case 'over':
        return c.html(<TroublePage {...at} trouble={stage.trouble} />);
    }
  });

  // The list of the page that waits, for its script: asks until there is another page.
  app.get(`${base}/progress`, async (c) => {
    const login = c.get('login');
    if (login.stage.at === 'reading') await login.changed(progressWaitMs);
    const { stage } = login;
    if (stage.at === 'reading')
      return c.html(<ReadingPage {...lookOf(c, options, `/${login.path}`)} onPad={stage.onPad} />);
    c.header('Mado-Next', pathFor(c, login.path));
    return c.body(null, 200);
  });

  app.post(`${base}/pin`, async (c) => {
    const login = c.get('login');
    const body = await readBody(c.env.incoming, maxFormBytes);
    if (body === undefined) return c.text('Too long.\n', 413);
    const { pin, fields } = readPinForm(body);
    if (login.stage.at !== 'ask' || !inForce(login)) {
      pin.fill(0);
      return toPage(c, login);
    }
    const onPad = fields.get('pad') === 'yes';
    const asked = { label: fields.get('card'), lastTry: fields.get('lastTry') === 'yes', onPad };
    // From here on a second post finds another stage: one signature a yes.
    login.moveTo({ at: 'reading', onPad });
    const answered = atCard(login, pin, asked);
    // On the reader a person takes their time: the page that waits says what to do there.
    if (!onPad) await answered;
    return toPage(c, login);
  });

  /** The visit to the card, and where it leaves the login. Never throws. */
  const atCard = async (
    login: LoginSession,
    pin: Buffer,
    asked: { label: string | undefined; lastTry: boolean; onPad: boolean },
  ): Promise<void> => {
    let typing = false;
    try {
      const channel = await channelNamed(cardsFor(login), asked.label);
      const { citizenAnchors, demo } = options;
      const { lastTry, onPad } = asked;
      typing = onPad && !logins.atPad.has(channel.label);
      if (typing) logins.atPad.add(channel.label);
      const visit = { channel, pin, lastTry, onPad, citizenAnchors, demo, now: clock() };
      const answer = await answerLogin(login.request, visit);
      login.moveTo(answer.ok ? { at: 'ready', token: answer.token } : { at: 'ask', notice: answer.trouble });
    } catch (error) {
      pin.fill(0);
      login.moveTo({ at: 'ask', notice: loginCardTrouble(asClientError(error)) });
    } finally {
      if (typing && asked.label !== undefined) logins.atPad.delete(asked.label);
    }
  };

  app.post(`${base}/retry`, (c) => {
    const login = c.get('login');
    if (login.stage.at === 'ask') login.moveTo({ at: 'ask' });
    return toPage(c, login);
  });

  app.post(`${base}/stop`, (c) => {
    const login = c.get('login');
    login.moveTo({ at: 'over', trouble: loginTrouble('login-stopped') });
    return toPage(c, login);
  });

  return app;
}
