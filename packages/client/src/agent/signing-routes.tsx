import { randomBytes } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { asClientError, channelNamed, probeCards } from './card-work.js';
import { asDownload } from './download.js';
import { readBody } from './http-guard.js';
import { myNumberFields } from './my-number-fields.js';
import { AskPage } from './pages/ask-page.js';
import { ConfirmPage } from './pages/confirm-page.js';
import { address } from './pages/layout.js';
import { ProgressPage } from './pages/progress-page.js';
import { TroublePage } from './pages/trouble-page.js';
import { readPinForm } from './pin-form.js';
import { lookOf, maxFormBytes, pageGuard, pathFor, type RoomBindings, type RoomOptions } from './room-env.js';
import { completeApplication, requestInForce, send, signAndSend } from './sign-and-send.js';
import { type SigningSession, sessionStep } from './signing-session.js';
import { cardTrouble, type Trouble, trouble } from './trouble.js';
import { visited } from './visited.js';
import { waitingTitles } from './waiting.js';

type Env = { Bindings: RoomBindings; Variables: { session: SigningSession } };

/** A yes counts only when its page has stood for this long: a click meant for something else cannot sign. */
const yesDelayMs = 500;

/** The progress list waits this long for the next step before it answers. */
const progressWaitMs = 20_000;

const base = '/:path{[0-9a-f]{32}}';

/** The pages of a signing, each under its own unguessable path. */
export function signingRoutes(options: RoomOptions): Hono<Env> {
  const { sessions, clock } = options;
  const app = new Hono<Env>();
  const guard = pageGuard(options);
  const look = (c: Context<Env>, path: string) => lookOf(c, options, path);
  const toPage = (c: Context<Env>, session: SigningSession) => c.redirect(pathFor(c, session.path), 303);

  for (const path of [base, `${base}/*`] as const)
    app.use(path, guard, async (c, next) => {
      const known = sessions.get(c.req.param('path') ?? '');
      const session = await visited(c, options, known, trouble('session-ended'));
      if (session instanceof Response) return session;
      session.touch();
      c.set('session', session);
      await next();
      return undefined;
    });

  app.get(base, async (c) => {
    const session = c.get('session');
    const { stage } = session;
    const { request } = session;
    const at = { ...look(c, `/${session.path}`), contact: request.definition.contact };
    switch (stage.at) {
      case 'ask': {
        if (!requestInForce(session, clock())) return toPage(c, session);
        // Typing the password again would not help with this card: say so without asking for it.
        if (stage.notice !== undefined && ofTheCard(stage.notice))
          return c.html(<TroublePage {...at} trouble={stage.notice} />);
        const { look: channels, citizenAnchors: anchors, demo } = options;
        const probe = await probeCards({ pin: 'sign', channels, anchors, demo, now: clock() });
        const { notice } = stage;
        return c.html(
          <AskPage
            {...at}
            {...{ request, probe }}
            {...(notice === undefined ? {} : { notice })}
            others={waitingTitles(options, session)}
          />,
        );
      }
      case 'reading':
      case 'working': {
        const step = stage.at === 'reading' ? 'reading' : stage.step;
        return c.html(<ProgressPage {...at} step={step} agency={request.agency.name} />);
      }
      case 'confirm': {
        if (!requestInForce(session, clock())) return toPage(c, session);
        const serving = session.serve(randomBytes(16).toString('hex'));
        const { rows, holder, channel, notice, ending } = stage;
        return c.html(
          <ConfirmPage
            {...at}
            {...{ request, rows, holder, serving, ending }}
            reader={channel.label}
            myNumberFields={myNumberFields(request, at.prefs.register)}
            {...(notice === undefined ? {} : { notice })}
          />,
        );
      }
      case 'held':
        return c.html(<TroublePage {...at} trouble={stage.notice} />);
      case 'done':
        return c.redirect(stage.returnTo, 303);
      case 'over':
        return c.html(<TroublePage {...at} trouble={stage.trouble} />);
    }
  });

  // The list of the progress page for its script: waits for the next step, and names the next page at the end.
  app.get(`${base}/progress`, async (c) => {
    const session = c.get('session');
    const seen = c.req.query('seen');
    if (seen !== undefined && seen === sessionStep(session.stage)) await session.changed(progressWaitMs);
    const at = look(c, `/${session.path}`);
    const step = sessionStep(session.stage);
    if (step !== undefined)
      return c.html(<ProgressPage {...at} step={step} agency={session.request.agency.name} />);
    c.header('Mado-Next', address(at));
    return c.body(null, 200);
  });

  app.post(`${base}/pin`, async (c) => {
    const session = c.get('session');
    const body = await readBody(c.env.incoming, maxFormBytes);
    if (body === undefined) return c.text('Too long.\n', 413);
    const { pin, fields } = readPinForm(body);
    if (session.stage.at !== 'ask' || !requestInForce(session, clock())) {
      pin.fill(0);
      return toPage(c, session);
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
    return toPage(c, session);
  });

  app.post(`${base}/yes`, async (c) => {
    const session = c.get('session');
    const body = await readBody(c.env.incoming, maxFormBytes);
    const serving = new URLSearchParams(body?.toString('utf8') ?? '').get('serving') ?? '';
    if (session.stage.at === 'confirm' && requestInForce(session, clock())) {
      // One signature a yes: signAndSend leaves `confirm` before it waits for anything.
      if (session.stoodFor(serving) >= Math.max(yesDelayMs, options.yesDelayMs ?? 0))
        void signAndSend(session, options);
    }
    return toPage(c, session);
  });

  app.post(`${base}/resend`, (c) => {
    const session = c.get('session');
    const { stage } = session;
    if (stage.at === 'held') void send(session, options, stage.sealed);
    return toPage(c, session);
  });

  app.post(`${base}/retry`, (c) => {
    const session = c.get('session');
    if (session.stage.at === 'ask') session.moveTo({ at: 'ask' });
    return toPage(c, session);
  });

  app.post(`${base}/stop`, (c) => {
    const session = c.get('session');
    const { at } = session.stage;
    if (at === 'ask' || at === 'confirm') session.moveTo({ at: 'over', trouble: trouble('stopped') });
    if (at === 'held') session.moveTo({ at: 'over', trouble: trouble('stopped-signed') });
    return toPage(c, session);
  });

  app.get(`${base}/attachment/:index{[0-9]{1,2}}`, (c) => {
    const file = c.get('session').request.attachments[Number(c.req.param('index'))];
    if (file === undefined) return c.notFound();
    return asDownload(c, file);
  });

  return app;
}

/** Troubles that lie in the card itself and not in what was typed. */
function ofTheCard({ id }: Trouble): boolean {
  return id.startsWith('certificate-') || id === 'no-certificate';
}
