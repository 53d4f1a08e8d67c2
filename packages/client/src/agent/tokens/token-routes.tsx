import type { Context, Hono } from 'hono';
import { ClientError } from '../../client-error.js';
import { hasPinForm } from '../../pin.js';
import { tokenService } from '../../tokens/token-service.js';
import { asClientError, channelNamed } from '../card-work.js';
import { HeldPin } from '../held-pin.js';
import { readBody } from '../http-guard.js';
import { jobPages } from '../job-pages.js';
import { readPinForm, readSecretForm } from '../pin-form.js';
import { renewalLook } from '../renewal/renewal-routes.js';
import { maxFormBytes, pathFor, type RoomBindings, type RoomOptions } from '../room-env.js';
import { cardTrouble, type Trouble } from '../trouble.js';
import { doToken, endToken, readTokens } from './do-token.js';
import { TokenJob } from './token-job.js';
import { AskPhonesPage, ChoosePage, PhoneDonePage, WorkingPhonesPage } from './token-pages.js';
import { phonesTrouble } from './token-troubles.js';

type Env = { Bindings: RoomBindings };

const newPins = ['sign1', 'sign2', 'auth1', 'auth2'] as const;

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
  const { startLook, look, find, goTo, ended, one } = pages;
  const ask = async (c: Context, notice?: Trouble, status: 200 | 422 | 503 = 200) =>
    c.html(
      <AskPhonesPage
        {...startLook(c)}
        look={await renewalLook(options)}
        {...(notice === undefined ? {} : { notice })}
      />,
      status,
    );

  app.get(`${base}/phones`, (c) => ask(c));

  app.post(`${base}/phones/pin`, async (c) => {
    const body = await readBody(c.env.incoming, maxFormBytes);
    if (body === undefined) return c.text('Too long.\n', 413);
    const { pin, fields } = readPinForm(body);
    try {
      if (!hasPinForm('sign', pin))
        return await ask(c, cardTrouble(new ClientError('pin-format', { pin: 'sign' })), 422);
      const channel = await channelNamed(options.look, fields.get('card'));
      const held = new HeldPin(Buffer.from(pin), {
        lifeMs: options.pinLifeMs,
        clock: () => clock().getTime(),
      });
      const job = jobs.open(() => new TokenJob(channel, held));
      if (job === undefined) {
        held.forget();
        return await ask(c, phonesTrouble('phones-busy'), 503);
      }
      job.moveTo({ at: 'working', step: 'reading' });
      void readTokens(job, means, fields.get('lastTry') === 'yes');
      return goTo(c, job);
    } catch (error) {
      return ask(c, cardTrouble(asClientError(error)));
    } finally {
      pin.fill(0);
    }
  });

  const page = (c: Context<Env>, job: TokenJob) => {
    const { stage } = job;
    switch (stage.at) {
      case 'ask':
        jobs.drop(job);
        return ask(c, stage.notice);
      case 'choose':
        return c.html(<ChoosePage {...look(c, job)} stage={stage} />);
      case 'working':
        return c.html(<WorkingPhonesPage {...look(c, job)} stage={stage} />);
      case 'done':
        return c.html(<PhoneDonePage {...look(c, job)} stage={stage} home={pathFor(c, home.path)} />);
    }
  };

  pages.addTo(app, {
    seen: ({ stage }) => (stage.at === 'working' ? stage.step : undefined),
    page,
    after: home.path,
  });

  app.post(`${one}/make`, async (c) => {
    const job = find(c);
    const body = await readBody(c.env.incoming, maxFormBytes);
    if (body === undefined) return c.text('Too long.\n', 413);
    if (job === undefined) return ended(c);
    const { secrets, fields } = readSecretForm(body, newPins);
    const text = (name: (typeof newPins)[number]) =>
      secrets.get(name)?.toString('utf8').normalize('NFKC') ?? '';
    const { stage } = job;
    if (stage.at === 'choose') {
      const { tokens } = stage;
      const medium = fields.get('medium');
      const pins = { sign: text('sign1').toUpperCase(), auth: text('auth1') };
      const isSame = pins.sign === text('sign2').toUpperCase() && pins.auth === text('auth2');
      if (medium !== 'iphone' && medium !== 'android')
        job.moveTo({ at: 'choose', tokens, notice: phonesTrouble('phones-medium') });
      else if (!isSame) job.moveTo({ at: 'choose', tokens, notice: phonesTrouble('phones-differ') });
      else {
        job.moveTo({ at: 'working', step: 'reading' });
        void doToken(job, means, { medium, pins, tokens, replace: fields.get('replace') === 'yes' });
      }
    }
    for (const secret of secrets.values()) secret.fill(0);
    return goTo(c, job);
  });

  app.post(`${one}/end`, async (c) => {
    const job = find(c);
    const body = await readBody(c.env.incoming, maxFormBytes);
    if (body === undefined) return c.text('Too long.\n', 413);
    if (job === undefined) return ended(c);
    const { fields } = readSecretForm(body, []);
    const { stage } = job;
    const why = fields.get('why');
    if (stage.at === 'choose' && (why === 'lost' || why === 'disposed')) {
      const { tokens } = stage;
      const token = tokens.find((each) => each.token === fields.get('token'));
      if (token !== undefined) {
        job.moveTo({ at: 'working', step: 'reading' });
        void endToken(job, means, { token, why, tokens });
      }
    }
    return goTo(c, job);
  });
}
