import type { Context, Hono } from 'hono';
import { ClientError } from '../../client-error.js';
import { hasPinForm } from '../../pin.js';
import { tokenService } from '../../tokens/token-service.js';
import { asClientError, channelNamed } from '../card-work.js';
import { HeldPin } from '../held-pin.js';
import { readBody } from '../http-guard.js';
import { type JobPages, jobPages } from '../job-pages.js';
import { readPinForm, readSecretForm } from '../pin-form.js';
import { renewalLook } from '../renewal/renewal-routes.js';
import { maxFormBytes, pathFor, type RoomBindings, type RoomOptions } from '../room-env.js';
import { cardTrouble, type Trouble } from '../trouble.js';
import { doToken, endToken, readTokens, type TokenMeans } from './do-token.js';
import { sureField, TokenJob } from './token-job.js';
import { AskPhonesPage, ChoosePage, PhoneDonePage, WorkingPhonesPage } from './token-pages.js';
import { phonesTrouble } from './token-troubles.js';

type Env = { Bindings: RoomBindings };

const newPins = ['sign1', 'sign2', 'auth1', 'auth2'] as const;

/** What the handlers work with. */
interface TokenRoom {
  readonly options: RoomOptions;
  readonly means: TokenMeans;
  readonly pages: JobPages<TokenJob>;
}

/** Are smartphones offered: is there an authority that certifies them, and a place for what stands for them? */
export function offersPhones({ authorities, phones }: RoomOptions): boolean {
  return authorities.renewal !== undefined && phones !== undefined;
}

/** Smartphone tokens from the holder's card, under the agent's start page. */
export function addTokenRoutes(app: Hono<Env>, base: string, options: RoomOptions): void {
  const { tokenJobs: jobs, home, clock, citizenAnchors: anchors, phones: place } = options;
  const authority = options.authorities.renewal;
  if (authority === undefined || place === undefined) return;
  const means = { service: tokenService(authority, options.fetch), place, anchors, clock };
  const pages = jobPages(base, options, { name: 'phones', jobs, ended: phonesTrouble('phones-ended') });
  const room = { options, means, pages };
  app.get(`${base}/phones`, (c) => ask(c, room));
  app.post(`${base}/phones/pin`, (c) => takePin(c, room));
  pages.addTo(app, {
    seen: ({ stage }) => (stage.at === 'working' ? stage.step : undefined),
    page: (c, job) => showStage(c, room, job),
    acts: {
      make: (c, job, body) => makePhone(c, room, job, body),
      end: (c, job, body) => endPhone(c, room, job, body),
    },
    after: home.path,
  });
}

async function ask(
  c: Context,
  { options, pages }: TokenRoom,
  notice?: Trouble,
  status: 200 | 422 | 503 = 200,
): Promise<Response> {
  return c.html(
    <AskPhonesPage
      {...pages.startLook(c)}
      look={await renewalLook(options)}
      {...(notice === undefined ? {} : { notice })}
    />,
    status,
  );
}

function showStage(c: Context, room: TokenRoom, job: TokenJob): Response | Promise<Response> {
  const { tokenJobs, home } = room.options;
  const { stage } = job;
  const look = room.pages.look(c, job);
  switch (stage.at) {
    case 'ask':
      tokenJobs.drop(job);
      return ask(c, room, stage.notice);
    case 'choose':
      return c.html(<ChoosePage {...look} stage={stage} />);
    case 'working':
      return c.html(<WorkingPhonesPage {...look} stage={stage} />);
    case 'done':
      return c.html(<PhoneDonePage {...look} stage={stage} home={pathFor(c, home.path)} />);
  }
}

/** The card's password opens a job; the card tells which phones there are. */
async function takePin(c: Context<Env>, room: TokenRoom): Promise<Response> {
  const { tokenJobs: jobs, look, pinLifeMs, clock } = room.options;
  const body = await readBody(c.env.incoming, maxFormBytes);
  if (body === undefined) return c.text('Too long.\n', 413);
  const { pin, fields } = readPinForm(body);
  try {
    if (!hasPinForm('sign', pin))
      return await ask(c, room, cardTrouble(new ClientError('pin-format', { pin: 'sign' })), 422);
    const channel = await channelNamed(look, fields.get('card'));
    const held = new HeldPin(Buffer.from(pin), { lifeMs: pinLifeMs, clock: () => clock().getTime() });
    const job = jobs.open(() => new TokenJob(channel, held));
    if (job === undefined) {
      held.forget();
      return await ask(c, room, phonesTrouble('phones-busy'), 503);
    }
    job.moveTo({ at: 'working', step: 'reading' });
    void readTokens(job, room.means, fields.get('lastTry') === 'yes');
    return room.pages.goTo(c, job);
  } catch (error) {
    return ask(c, room, cardTrouble(asClientError(error)));
  } finally {
    pin.fill(0);
  }
}

/** A phone is chosen, and its passwords, each typed twice. */
function makePhone(c: Context, { means, pages }: TokenRoom, job: TokenJob, body: Buffer): Response {
  const { secrets, fields } = readSecretForm(body, newPins);
  const text = (name: (typeof newPins)[number]) =>
    secrets.get(name)?.toString('utf8').normalize('NFKC') ?? '';
  const { stage } = job;
  if (stage.at === 'choose') {
    const { tokens } = stage;
    const medium = fields.get('medium');
    const pins = { sign: text('sign1').toUpperCase(), auth: text('auth1') };
    const replace = fields.get('replace') === 'yes';
    const differs =
      pins.sign !== text('sign2').toUpperCase() ? 'sign2' : pins.auth !== text('auth2') ? 'auth2' : undefined;
    const again = { at: 'choose', tokens } as const;
    if (medium !== 'iphone' && medium !== 'android')
      job.moveTo({ ...again, notice: phonesTrouble('phones-medium'), field: 'medium', chosen: { replace } });
    else if (differs !== undefined)
      job.moveTo({
        ...{ ...again, notice: phonesTrouble('phones-differ'), field: differs },
        chosen: { medium, replace },
      });
    else {
      job.moveTo({ at: 'working', step: 'reading' });
      void doToken(job, means, { medium, pins, tokens, replace });
    }
  }
  for (const secret of secrets.values()) secret.fill(0);
  return pages.goTo(c, job);
}

/** A phone that was lost or given away is chosen, and why. */
function endPhone(c: Context, { means, pages }: TokenRoom, job: TokenJob, body: Buffer): Response {
  const { fields } = readSecretForm(body, []);
  const { stage } = job;
  const why = fields.get('why');
  if (stage.at === 'choose' && (why === 'lost' || why === 'disposed')) {
    const { tokens } = stage;
    const token = tokens.find((each) => each.token === fields.get('token'));
    if (token !== undefined && fields.get(sureField(token)) !== 'yes')
      job.moveTo({ at: 'choose', tokens, notice: phonesTrouble('phones-unsure'), field: sureField(token) });
    else if (token !== undefined) {
      job.moveTo({ at: 'working', step: 'reading' });
      void endToken(job, means, { token, why, tokens });
    }
  }
  return pages.goTo(c, job);
}
