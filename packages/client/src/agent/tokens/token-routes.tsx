import type { Context, Hono } from 'hono';
import { ClientError } from '../../client-error.js';
import { hasPinForm } from '../../pin.js';
import { tokenService } from '../../tokens/token-service.js';
import { asClientError } from '../card-work.js';
import { HeldPin } from '../held-pin.js';
import { readBody } from '../http-guard.js';
import { TroublePage } from '../pages/trouble-page.js';
import { readPinForm, readSecretForm } from '../pin-form.js';
import { renewalLook } from '../renewal/renewal-routes.js';
import { lookOf, maxFormBytes, pathFor, type RoomBindings, type RoomOptions } from '../room-env.js';
import { cardTrouble, type Trouble } from '../trouble.js';
import { doToken, endToken, readTokens } from './do-token.js';
import type { TokenJob } from './token-job.js';
import { AskPhonesPage, ChoosePage, PhoneDonePage, WorkingPhonesPage } from './token-pages.js';
import { phonesTrouble } from './token-troubles.js';

type Env = { Bindings: RoomBindings };

const progressWaitMs = 20_000;
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
  const start = `${home.path}/phones`;
  const startLook = (c: Context) => ({ ...lookOf(c, options, `/${start}`), home: pathFor(c, home.path) });
  const jobPath = (job: TokenJob) => `${start}/${job.id}`;
  const jobLook = (c: Context, job: TokenJob) => lookOf(c, options, `/${jobPath(job)}`);
  const jobOf = (c: Context) => jobs.get(c.req.param('job') ?? '');
  const one = `${base}/phones/:job{[0-9a-f]{32}}`;
  const ended = (c: Context) =>
    c.html(<TroublePage {...startLook(c)} trouble={phonesTrouble('phones-ended')} />, 404);
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
      const channel = (await options.look()).find(({ label }) => label === fields.get('card'));
      if (channel === undefined) throw new ClientError('no-card');
      const held = new HeldPin(Buffer.from(pin), {
        lifeMs: options.pinLifeMs,
        clock: () => clock().getTime(),
      });
      const job = jobs.open(channel, held);
      if (job === undefined) {
        held.forget();
        return await ask(c, phonesTrouble('phones-busy'), 503);
      }
      job.moveTo({ at: 'working', step: 'reading' });
      void readTokens(job, means, fields.get('lastTry') === 'yes');
      return c.redirect(pathFor(c, jobPath(job)), 303);
    } catch (error) {
      return ask(c, cardTrouble(asClientError(error)));
    } finally {
      pin.fill(0);
    }
  });

  app.get(one, (c) => {
    const job = jobOf(c);
    if (job === undefined) return ended(c);
    const { stage } = job;
    switch (stage.at) {
      case 'ask':
        jobs.drop(job);
        return ask(c, stage.notice);
      case 'choose':
        return c.html(<ChoosePage {...jobLook(c, job)} stage={stage} />);
      case 'working':
        return c.html(<WorkingPhonesPage {...jobLook(c, job)} stage={stage} />);
      case 'done':
        return c.html(<PhoneDonePage {...jobLook(c, job)} stage={stage} home={pathFor(c, home.path)} />);
    }
  });

  app.get(`${one}/progress`, async (c) => {
    const job = jobOf(c);
    if (job === undefined) return ended(c);
    if (job.stage.at === 'working' && job.stage.step === c.req.query('seen'))
      await job.changed(progressWaitMs);
    const { stage } = job;
    if (stage.at === 'working') return c.html(<WorkingPhonesPage {...jobLook(c, job)} stage={stage} />);
    c.header('Mado-Next', pathFor(c, jobPath(job)));
    return c.body(null, 200);
  });

  app.post(`${one}/make`, async (c) => {
    const job = jobOf(c);
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
    return c.redirect(pathFor(c, jobPath(job)), 303);
  });

  app.post(`${one}/end`, async (c) => {
    const job = jobOf(c);
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
    return c.redirect(pathFor(c, jobPath(job)), 303);
  });

  app.post(`${one}/stop`, (c) => {
    const job = jobOf(c);
    if (job !== undefined && job.stage.at !== 'working') jobs.drop(job);
    return c.redirect(pathFor(c, home.path), 303);
  });
}
