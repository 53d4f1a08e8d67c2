import type { Context } from 'hono';
import { asClientError, channelNamed } from './card-work.js';
import { asDownload } from './download.js';
import { readBody } from './http-guard.js';
import { address } from './pages/layout.js';
import { ProgressPage } from './pages/progress-page.js';
import { readPinForm } from './pin-form.js';
import { lookOf, maxFormBytes, type RoomOptions } from './room-env.js';
import { completeApplication, send, signAndSend } from './sign-and-send.js';
import { requestInForce, showSigning } from './signing-page.js';
import { type SigningSession, sessionStep } from './signing-session.js';
import { cardTrouble, trouble } from './trouble.js';
import { pagesUnderPath, toPageOf, type VisitEnv } from './visited.js';

/** A yes counts only when its page has stood for this long: a click meant for something else cannot sign. */
const yesDelayMs = 500;

/** The progress list waits this long for the next step before it answers. */
const progressWaitMs = 20_000;

type SigningContext = Context<VisitEnv<SigningSession>>;

/** The pages of a signing, each under its own unguessable path. */
export function signingRoutes(options: RoomOptions) {
  const find = (path: string) => {
    const session = options.sessions.get(path);
    session?.touch();
    return session;
  };
  const { app, get, post } = pagesUnderPath(options, { find, ended: trouble('session-ended') });
  get('', showSigning);
  get('/progress', showProgress);
  post('/pin', takePin);
  post('/yes', takeYes);
  post('/resend', resend);
  post('/retry', retry);
  post('/stop', stop);
  get('/attachment/:index{[0-9]{1,2}}', sendAttachment);
  return app;
}

/** The list of the progress page for its script: waits for the next step, and names the next page at the end. */
async function showProgress(c: SigningContext, options: RoomOptions, session: SigningSession) {
  const seen = c.req.query('seen');
  if (seen !== undefined && seen === sessionStep(session.stage)) await session.changed(progressWaitMs);
  const at = lookOf(c, options, `/${session.path}`);
  const { stage } = session;
  const step = sessionStep(stage);
  if (step !== undefined)
    return c.html(<ProgressPage {...at} step={step} agency={session.request.agency.name} />);
  c.header('Mado-Next', stage.at === 'done' ? stage.returnTo : address(at));
  return c.body(null, 200);
}

/** The password: the card is read with it, and the application completed. */
async function takePin(c: SigningContext, options: RoomOptions, session: SigningSession) {
  const body = await readBody(c.env.incoming, maxFormBytes);
  if (body === undefined) return c.text('Too long.\n', 413);
  const { pin, fields } = readPinForm(body);
  if (session.stage.at !== 'ask' || !requestInForce(session, options)) {
    pin.fill(0);
    return toPageOf(c, session);
  }
  // From here on a second post finds another stage.
  session.moveTo({ at: 'reading' });
  try {
    const channel = await channelNamed(options.look, fields.get('card'));
    const lastTry = fields.get('lastTry') === 'yes';
    await completeApplication(session, options, { channel, pin, lastTry });
  } catch (error) {
    pin.fill(0);
    session.moveTo({ at: 'ask', notice: cardTrouble(asClientError(error)) });
  }
  return toPageOf(c, session);
}

async function takeYes(c: SigningContext, options: RoomOptions, session: SigningSession) {
  const body = await readBody(c.env.incoming, maxFormBytes);
  const serving = new URLSearchParams(body?.toString('utf8') ?? '').get('serving') ?? '';
  if (session.stage.at === 'confirm' && requestInForce(session, options)) {
    // One signature a yes: signAndSend leaves `confirm` before it waits for anything.
    if (session.stoodFor(serving) >= Math.max(yesDelayMs, options.yesDelayMs ?? 0))
      void signAndSend(session, options);
  }
  return toPageOf(c, session);
}

/** The same sealed bytes once more, where no receipt came. */
function resend(c: SigningContext, options: RoomOptions, session: SigningSession) {
  const { stage } = session;
  if (stage.at === 'held') void send(session, options, stage.sealed);
  return toPageOf(c, session);
}

/** After a trouble with the card: asks for the password again. */
function retry(c: SigningContext, _options: RoomOptions, session: SigningSession) {
  if (session.stage.at === 'ask') session.moveTo({ at: 'ask' });
  return toPageOf(c, session);
}

function stop(c: SigningContext, _options: RoomOptions, session: SigningSession) {
  const { at } = session.stage;
  if (at === 'ask' || at === 'confirm') session.moveTo({ at: 'over', trouble: trouble('stopped') });
  if (at === 'held') session.moveTo({ at: 'over', trouble: trouble('stopped-signed') });
  return toPageOf(c, session);
}

function sendAttachment(c: SigningContext, _options: RoomOptions, { request }: SigningSession) {
  const file = request.attachments[Number(c.req.param('index'))];
  return file === undefined ? c.notFound() : asDownload(c, file);
}
