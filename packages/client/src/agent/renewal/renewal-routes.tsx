import type { Context, Hono } from 'hono';
import type { KeyKind } from '../../card-visit.js';
import { ClientError } from '../../client-error.js';
import { hasPinForm } from '../../pin.js';
import { renewalService } from '../../renewal/renewal-service.js';
import { asClientError, channelNamed } from '../card-work.js';
import { HeldPin } from '../held-pin.js';
import { readBody } from '../http-guard.js';
import { jobPages } from '../job-pages.js';
import { readSecretForm } from '../pin-form.js';
import { maxFormBytes, pathFor, type RoomBindings, type RoomOptions } from '../room-env.js';
import { cardTrouble, type Trouble } from '../trouble.js';
import { doRenewal, readForRenewal } from './do-renewal.js';
import { lookForRenewal, type RenewalLook } from './look.js';
import { type PinField, RenewalJob } from './renewal-job.js';
import { AskPage, ConfirmPage, DonePage, WorkingPage } from './renewal-pages.js';
import { renewalTrouble } from './renewal-troubles.js';

type Env = { Bindings: RoomBindings };

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
  const pages = jobPages(base, options, { name: 'renewal', jobs, ended: renewalTrouble('renewal-ended') });
  const { startLook, look, find, goTo, ended, one } = pages;
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
      const channel = await channelNamed(options.look, fields.get('card'));
      const held = new Map<KeyKind, HeldPin>();
      for (const key of typed)
        held.set(
          key,
          new HeldPin(Buffer.from(secrets.get(`pin-${key}`) ?? []), {
            lifeMs: options.pinLifeMs,
            clock: () => clock().getTime(),
          }),
        );
      const job = jobs.open(() => new RenewalJob(channel, held));
      if (job === undefined) {
        for (const pin of held.values()) pin.forget();
        return await ask(c, renewalTrouble('renewal-busy'), 503);
      }
      job.moveTo({ at: 'working', key: typed[0] ?? 'auth', step: 'reading' });
      void readForRenewal(job, { service }, fields.get('lastTry') === 'yes');
      return goTo(c, job);
    } catch (error) {
      return ask(c, cardTrouble(asClientError(error)));
    } finally {
      wipe();
    }
  });

  const page = (c: Context<Env>, job: RenewalJob) => {
    const { stage } = job;
    switch (stage.at) {
      case 'ask':
        jobs.drop(job);
        return ask(c, stage.notice, 200, stage.field);
      case 'confirm':
        return c.html(<ConfirmPage {...look(c, job)} job={job} now={clock()} />);
      case 'working':
        return c.html(<WorkingPage {...look(c, job)} stage={stage} />);
      case 'done': {
        const { done, notice } = stage;
        return c.html(
          <DonePage
            {...look(c, job)}
            {...{ done, now: stage.when, home: pathFor(c, home.path) }}
            {...(notice === undefined ? {} : { notice })}
          />,
        );
      }
    }
  };

  pages.addTo(app, {
    seen: ({ stage }) => (stage.at === 'working' ? `${stage.key}-${stage.step}` : undefined),
    page,
    after: home.path,
  });

  app.post(`${one}/yes`, async (c) => {
    const job = find(c);
    const body = await readBody(c.env.incoming, maxFormBytes);
    if (body === undefined) return c.text('Too long.\n', 413);
    if (job === undefined) return ended(c);
    const { fields } = readSecretForm(body, []);
    if (job.stage.at === 'confirm' && fields.get('serving') === job.serving) {
      job.moveTo({ at: 'working', key: job.typed[0] ?? 'auth', step: 'reading' });
      void doRenewal(job, { service, anchors, clock });
    }
    return goTo(c, job);
  });
}
