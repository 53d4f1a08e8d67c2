/** What the page of a signing shows, by the stage at which it stands. */
import { randomBytes } from 'node:crypto';
import type { Context } from 'hono';
import { probeCards } from './card-work.js';
import { inForce } from './in-force.js';
import { myNumberFields } from './my-number-fields.js';
import { AskPage } from './pages/ask-page.js';
import { ConfirmPage } from './pages/confirm-page.js';
import { ProgressPage } from './pages/progress-page.js';
import { SentPage } from './pages/sent-page.js';
import { TroublePage } from './pages/trouble-page.js';
import { lookOf, type RoomOptions } from './room-env.js';
import { type SigningSession, type Stage, sessionStep } from './signing-session.js';
import { type Trouble, trouble } from './trouble.js';
import { toPageOf } from './visited.js';
import { waitingTitles } from './waiting.js';

/** If not, everything is forgotten and the page says how to get a fresh request. */
export function requestInForce(session: SigningSession, { clock }: RoomOptions): boolean {
  const { exp } = session.request.claims;
  return inForce(session, { exp, now: clock() }, (values) => trouble('request-expired', values));
}

export async function showSigning(
  c: Context,
  options: RoomOptions,
  session: SigningSession,
): Promise<Response> {
  const { stage } = session;
  const at = lookAt(c, options, session);
  switch (stage.at) {
    case 'ask':
      return requestInForce(session, options) ? ask(c, options, session, stage) : toPageOf(c, session);
    case 'reading':
    case 'working': {
      const step = sessionStep(stage) ?? 'reading';
      return c.html(<ProgressPage {...at} step={step} agency={session.request.agency.name} />);
    }
    case 'confirm':
      return requestInForce(session, options) ? confirm(c, options, session, stage) : toPageOf(c, session);
    case 'held':
      return c.html(<TroublePage {...at} trouble={stage.notice} />);
    case 'done':
      return c.html(<SentPage {...at} to={stage.returnTo} />);
    case 'over':
      return c.html(<TroublePage {...at} trouble={stage.trouble} />);
  }
}

/** How it looks, and whom to ask: the office that the application goes to. */
function lookAt(c: Context, options: RoomOptions, { path, request }: SigningSession) {
  return { ...lookOf(c, options, `/${path}`), contact: request.definition.contact };
}

/** Who asks, for what, and the password; or what is wrong with the card. */
async function ask(
  c: Context,
  options: RoomOptions,
  session: SigningSession,
  { notice }: Extract<Stage, { at: 'ask' }>,
): Promise<Response> {
  const { request } = session;
  const at = lookAt(c, options, session);
  // Typing the password again would not help with this card: say so without asking for it.
  if (notice !== undefined && isOfTheCard(notice)) return c.html(<TroublePage {...at} trouble={notice} />);
  const { look: channels, citizenAnchors: anchors, demo, clock } = options;
  const probe = await probeCards({ pin: 'sign', channels, anchors, demo, now: clock() });
  return c.html(
    <AskPage
      {...at}
      {...{ request, probe }}
      {...(notice === undefined ? {} : { notice })}
      others={waitingTitles(options, session)}
    />,
  );
}

/** The whole application with the applicant from the card, and the yes. */
function confirm(
  c: Context,
  options: RoomOptions,
  session: SigningSession,
  { rows, holder, channel, notice, ending }: Extract<Stage, { at: 'confirm' }>,
): Response | Promise<Response> {
  const { request } = session;
  const at = lookAt(c, options, session);
  const serving = session.serve(randomBytes(16).toString('hex'));
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

/** Troubles that lie in the card itself and not in what was typed. */
function isOfTheCard({ id }: Trouble): boolean {
  return id.startsWith('certificate-') || id === 'no-certificate';
}
