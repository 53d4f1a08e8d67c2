import type { Context, Hono } from 'hono';
import type { KeyKind } from '../../card-visit.js';
import type { CardChannel } from '../../channel.js';
import { ClientError } from '../../client-error.js';
import { hasPinForm } from '../../pin.js';
import { renewalService } from '../../renewal/renewal-service.js';
import { asClientError } from '../card-work.js';
import { HeldPin } from '../held-pin.js';
import { readBody } from '../http-guard.js';
import { TroublePage } from '../pages/trouble-page.js';
import { readSecretForm } from '../pin-form.js';
import { lookOf, maxFormBytes, pathFor, type RoomBindings, type RoomOptions } from '../room-env.js';
import { cardTrouble, type Trouble } from '../trouble.js';
import { doRenewal, readForRenewal } from './do-renewal.js';
import { lookForRenewal, type RenewalLook } from './look.js';
import type { PinField, RenewalJob } from './renewal-job.js';
import { AskPage, ConfirmPage, DonePage, WorkingPage } from './renewal-pages.js';
import { renewalTrouble } from './renewal-troubles.js';

type Env = { Bindings: RoomBindings };

const progressWaitMs = 20_000;

/** What a page can know before a password: the card in the reader and the end of its authentication certificate. */
export function renewalLook(options: RoomOptions): Promise<RenewalLook> {
  const { look: channels, citizenAnchors: anchors, clock } = options;
  return lookForRenewal({ channels, anchors, now: clock() });
}

/** Renewal of the holder's certificates, under the agent's start page; there only where an authority that renews is known. */
export function addRenewalRoutes(app: Hono<Env>, base: string, options: RoomOptions): void {
  const { renewals: jobs, home, clock, citizenAnchors: anchors } = options;
  const address = options.authorities.renewal;
  if (address === undefined) return;
  const service = renewalService(address, options.fetch);
  const start = `${home.path}/renewal`;
  const startLook = (c: Context) => ({ ...lookOf(c, options, `/${start}`), home: pathFor(c, home.path) });
  const jobPath = (job: RenewalJob) => `${start}/${job.id}`;
  const jobLook = (c: Context, job: RenewalJob) => lookOf(c, options, `/${jobPath(job)}`);
  const jobOf = (c: Context) => jobs.get(c.req.param('job') ?? '');
  const one = `${base}/renewal/:job{[0-9a-f]{32}}`;
  const ended = (c: Context) =>
    c.html(<TroublePage {...startLook(c)} trouble={renewalTrouble('renewal-ended')} />, 404);
  const ask = async (c: Context, notice?: Trouble, status: 200 | 422 | 503 = 200, field?: PinField) =>
    c.html(
      <AskPage
        {...startLook(c)}
        look={await renewalLook(options)}
        {...(notice === undefined ? {} : { notice })}
        {...(field === undefined ? {} : { field })}
      />,
      status,
    );

  app.get(`${base}/renewal`, (c) => ask(c));

  app.post(`${base}/renewal/pins`, async (c) => {
    const body = await readBody(c.env.incoming, maxFormBytes);
    if (body === undefined) return c.text('Too long.\n', 413);
    const { secrets, fields } = readSecretForm(body, ['pin-auth', 'pin-sign']);
    const typed = (['auth', 'sign'] as const).filter((key) => (secrets.get(`pin-${key}`)?.length ?? 0) > 0);
    const wipe = () => {
      for (const secret of secrets.values()) secret.fill(0);
    };
    try {
      if (typed.length === 0) return await ask(c, renewalTrouble('renewal-none'), 422);
      const wrong = typed.find((key) => !hasPinForm(key, secrets.get(`pin-${key}`) ?? ''));
      if (wrong !== undefined)
        return await ask(c, cardTrouble(new ClientError('pin-format', { pin: wrong })), 422, `pin-${wrong}`);
      const channel = await channelNamed(options, fields.get('card'));
      const held = new Map<KeyKind, HeldPin>();
      for (const key of typed)
        held.set(
          key,
          new HeldPin(Buffer.from(secrets.get(`pin-${key}`) ?? []), {
            lifeMs: options.pinLifeMs,
            clock: () => clock().getTime(),
          }),
        );
      const job = jobs.open(channel, held);
      if (job === undefined) {
        for (const pin of held.values()) pin.forget();
        return await ask(c, renewalTrouble('renewal-busy'), 503);
      }
      job.moveTo({ at: 'working', key: typed[0] ?? 'auth', step: 'reading' });
      void readForRenewal(job, { service }, fields.get('lastTry') === 'yes');
      return c.redirect(pathFor(c, jobPath(job)), 303);
    } catch (error) {
      return ask(c, cardTrouble(asClientError(error)));
    } finally {
      wipe();
    }
  });

  app.get(one, (c) => {
    const job = jobOf(c);
    if (job === undefined) return ended(c);
    const { stage } = job;
    switch (stage.at) {
      case 'ask':
        jobs.drop(job);
        return ask(c, stage.notice, 200, stage.field);
      case 'confirm':
        return c.html(<ConfirmPage {...jobLook(c, job)} job={job} now={clock()} />);
      case 'working':
        return c.html(<WorkingPage {...jobLook(c, job)} stage={stage} />);
      case 'done': {
        const { done, notice } = stage;
        return c.html(
          <DonePage
            {...jobLook(c, job)}
            {...{ done, now: stage.when, home: pathFor(c, home.path) }}
            {...(notice === undefined ? {} : { notice })}
          />,
        );
      }
    }
  });

  app.get(`${one}/progress`, async (c) => {
    const job = jobOf(c);
    if (job === undefined) return ended(c);
    const seen = c.req.query('seen');
    if (job.stage.at === 'working' && `${job.stage.key}-${job.stage.step}` === seen)
      await job.changed(progressWaitMs);
    const { stage } = job;
    if (stage.at === 'working') return c.html(<WorkingPage {...jobLook(c, job)} stage={stage} />);
    c.header('Mado-Next', pathFor(c, jobPath(job)));
    return c.body(null, 200);
  });

  app.post(`${one}/yes`, async (c) => {
    const job = jobOf(c);
    const body = await readBody(c.env.incoming, maxFormBytes);
    if (body === undefined) return c.text('Too long.\n', 413);
    if (job === undefined) return ended(c);
    const { fields } = readSecretForm(body, []);
    if (job.stage.at === 'confirm' && fields.get('serving') === job.serving) {
      job.moveTo({ at: 'working', key: job.typed[0] ?? 'auth', step: 'reading' });
      void doRenewal(job, { service, anchors, clock });
    }
    return c.redirect(pathFor(c, jobPath(job)), 303);
  });

  app.post(`${one}/stop`, (c) => {
    const job = jobOf(c);
    if (job !== undefined && job.stage.at !== 'working') jobs.drop(job);
    return c.redirect(pathFor(c, home.path), 303);
  });
}

async function channelNamed(options: RoomOptions, label: string | undefined): Promise<CardChannel> {
  const channel = (await options.look()).find((one) => one.label === label);
  if (channel === undefined) throw new ClientError('no-card');
  return channel;
}
