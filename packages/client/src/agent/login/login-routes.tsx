import type { Context } from 'hono';
import type { CardChannel } from '../../channel.js';
import { asClientError, channelNamed, probeCards } from '../card-work.js';
import { readBody } from '../http-guard.js';
import { inForce } from '../in-force.js';
import { TroublePage } from '../pages/trouble-page.js';
import { readPinForm } from '../pin-form.js';
import { lookOf, maxFormBytes, pathFor, type RoomOptions, returnPolicy } from '../room-env.js';
import { pagesUnderPath, toPageOf, type VisitEnv } from '../visited.js';
import { waitingTitles } from '../waiting.js';
import { answerLogin } from './answer-login.js';
import { LoginPage } from './login-page.js';
import type { LoginSession } from './login-session.js';
import { loginCardTrouble, loginTrouble } from './login-troubles.js';
import { ReadingPage } from './reading-page.js';
import { ReturnPage } from './return-page.js';

/** The page that waits for the card asks this long before it asks again. */
const progressWaitMs = 20_000;

type LoginContext = Context<VisitEnv<LoginSession>>;

/** The pages of a login, under `/login`: who asks and the password, then the token on its way to the site that asked. */
export function loginRoutes(options: RoomOptions) {
  const find = (path: string) => options.logins.get(`login/${path}`);
  const { app, get, post } = pagesUnderPath(options, { find, ended: loginTrouble('login-ended') });
  get('', showLogin);
  get('/progress', showProgress);
  post('/pin', takePin);
  post('/retry', retry);
  post('/stop', stop);
  return app;
}

async function showLogin(c: LoginContext, options: RoomOptions, login: LoginSession): Promise<Response> {
  if (login.stage.at !== 'over') isInForce(login, options);
  const { request, stage } = login;
  const at = lookOf(c, options, `/${login.path}`);
  switch (stage.at) {
    case 'ask': {
      const { notice } = stage;
      if (notice?.id.startsWith('login-certificate-'))
        return c.html(<TroublePage {...at} trouble={notice} />);
      const { citizenAnchors: anchors, demo, clock } = options;
      const channels = cardsFor(login, options);
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
}

/** The list of the page that waits, for its script: asks until there is another page. */
async function showProgress(c: LoginContext, options: RoomOptions, login: LoginSession): Promise<Response> {
  if (login.stage.at === 'reading') await login.changed(progressWaitMs);
  const { stage } = login;
  if (stage.at === 'reading')
    return c.html(<ReadingPage {...lookOf(c, options, `/${login.path}`)} onPad={stage.onPad} />);
  c.header('Mado-Next', pathFor(c, login.path));
  return c.body(null, 200);
}

async function takePin(c: LoginContext, options: RoomOptions, login: LoginSession): Promise<Response> {
  const body = await readBody(c.env.incoming, maxFormBytes);
  if (body === undefined) return c.text('Too long.\n', 413);
  const { pin, fields } = readPinForm(body);
  if (login.stage.at !== 'ask' || !isInForce(login, options)) {
    pin.fill(0);
    return toPageOf(c, login);
  }
  const onPad = fields.get('pad') === 'yes';
  const asked = { label: fields.get('card'), lastTry: fields.get('lastTry') === 'yes', onPad };
  // From here on a second post finds another stage: one signature a yes.
  login.moveTo({ at: 'reading', onPad });
  const answered = atCard(login, options, pin, asked);
  // On the reader a person takes their time: the page that waits says what to do there.
  if (!onPad) await answered;
  return toPageOf(c, login);
}

function retry(c: LoginContext, _options: RoomOptions, login: LoginSession): Response {
  if (login.stage.at === 'ask') login.moveTo({ at: 'ask' });
  return toPageOf(c, login);
}

function stop(c: LoginContext, _options: RoomOptions, login: LoginSession): Response {
  login.moveTo({ at: 'over', trouble: loginTrouble('login-stopped') });
  return toPageOf(c, login);
}

function isInForce(login: LoginSession, { clock }: RoomOptions): boolean {
  const { exp } = login.request.claims;
  return inForce(login, { exp, now: clock() }, (values) => loginTrouble('login-expired', values));
}

/** Cards that are only for this origin go first; with one of them an empty reader is no trouble. */
function cardsFor(login: LoginSession, options: RoomOptions): () => Promise<CardChannel[]> {
  return async () => {
    const own = options.loginCards(login.request.claims.origin);
    if (own.length === 0) return options.look();
    return [...own, ...(await options.look().catch(() => []))];
  };
}

/** The visit to the card, and where it leaves the login. Zeroes the password. Never throws. */
async function atCard(
  login: LoginSession,
  options: RoomOptions,
  pin: Buffer,
  asked: { label: string | undefined; lastTry: boolean; onPad: boolean },
): Promise<void> {
  const { logins, citizenAnchors, demo, clock } = options;
  let typing = false;
  try {
    const channel = await channelNamed(cardsFor(login, options), asked.label);
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
}
