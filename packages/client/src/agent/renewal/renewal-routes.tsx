import type { Context, Hono } from 'hono';
import type { KeyKind } from '../../card-visit.js';
import { ClientError } from '../../client-error.js';
import { hasPinForm } from '../../pin.js';
import { renewalService } from '../../renewal/renewal-service.js';
import { asClientError, channelNamed } from '../card-work.js';
import { HeldPin } from '../held-pin.js';
import { readBody } from '../http-guard.js';
import { type JobPages, jobPages } from '../job-pages.js';
import { readSecretForm } from '../pin-form.js';
import { maxFormBytes, pathFor, type RoomBindings, type RoomOptions } from '../room-env.js';
import { cardTrouble, type Trouble } from '../trouble.js';
import { doRenewal, type RenewalMeans, readForRenewal } from './do-renewal.js';
import { lookForRenewal, type RenewalLook } from './look.js';
import { type PinField, RenewalJob } from './renewal-job.js';
import { AskPage, ConfirmPage, DonePage, WorkingPage } from './renewal-pages.js';
import { renewalTrouble } from './renewal-troubles.js';

type Env = { Bindings: RoomBindings };

/** What the handlers work with. */
interface RenewalRoom {
  readonly options: RoomOptions;
  readonly means: RenewalMeans;
  readonly pages: JobPages<RenewalJob>;
}

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
  const means = { service: renewalService(address, options.fetch), anchors, clock };
  const pages = jobPages(base, options, { name: 'renewal', jobs, ended: renewalTrouble('renewal-ended') });
  const room = { options, means, pages };
  app.get(`${base}/renewal`, (c) => ask(c, room));
  app.post(`${base}/renewal/pins`, (c) => takePins(c, room));
  pages.addTo(app, {
    seen: ({ stage }) => (stage.at === 'working' ? `${stage.key}-${stage.step}` : undefined),
    page: (c, job) => showStage(c, room, job),
    acts: { yes: (c, job, body) => begin(c, room, job, body) },
    after: home.path,
  });
}

async function ask(
  c: Context,
  { options, pages }: RenewalRoom,
  told: { notice?: Trouble | undefined; field?: PinField | undefined } = {},
  status: 200 | 422 | 503 = 200,
): Promise<Response> {
  const { notice, field } = told;
  return c.html(
    <AskPage
      {...pages.startLook(c)}
      look={await renewalLook(options)}
      {...(notice === undefined ? {} : { notice })}
      {...(field === undefined ? {} : { field })}
    />,
    status,
  );
}

function showStage(c: Context, room: RenewalRoom, job: RenewalJob): Response | Promise<Response> {
  const { renewals, home, clock } = room.options;
  const { stage } = job;
  const look = room.pages.look(c, job);
  switch (stage.at) {
    case 'ask':
      renewals.drop(job);
      return ask(c, room, stage);
    case 'confirm':
      return c.html(<ConfirmPage {...look} job={job} now={clock()} />);
    case 'working':
      return c.html(<WorkingPage {...look} stage={stage} />);
    case 'done': {
      const { done, when: now, notice } = stage;
      const told = notice === undefined ? {} : { notice };
      return c.html(<DonePage {...look} {...{ done, now, ...told }} home={pathFor(c, home.path)} />);
    }
  }
}

/** The passwords that were typed, one or both, open a job; it reads the certificates that they open. */
async function takePins(c: Context<Env>, room: RenewalRoom): Promise<Response> {
  const { renewals: jobs, look } = room.options;
  const body = await readBody(c.env.incoming, maxFormBytes);
  if (body === undefined) return c.text('Too long.\n', 413);
  const { secrets, fields } = readSecretForm(body, ['pin-auth', 'pin-sign']);
  const typed = (['auth', 'sign'] as const).filter((key) => (secrets.get(`pin-${key}`)?.length ?? 0) > 0);
  try {
    if (typed.length === 0) return await ask(c, room, { notice: renewalTrouble('renewal-none') }, 422);
    const wrong = typed.find((key) => !hasPinForm(key, secrets.get(`pin-${key}`) ?? ''));
    if (wrong !== undefined) {
      const notice = cardTrouble(new ClientError('pin-format', { pin: wrong }));
      return await ask(c, room, { notice, field: `pin-${wrong}` }, 422);
    }
    const channel = await channelNamed(look, fields.get('card'));
    const held = heldPins(typed, secrets, room.options);
    const job = jobs.open(() => new RenewalJob(channel, held));
    if (job === undefined) {
      for (const pin of held.values()) pin.forget();
      return await ask(c, room, { notice: renewalTrouble('renewal-busy') }, 503);
    }
    job.moveTo({ at: 'working', key: typed[0] ?? 'auth', step: 'reading' });
    void readForRenewal(job, room.means, fields.get('lastTry') === 'yes');
    return room.pages.goTo(c, job);
  } catch (error) {
    return ask(c, room, { notice: cardTrouble(asClientError(error)) });
  } finally {
    for (const secret of secrets.values()) secret.fill(0);
  }
}

/** Copies of the passwords typed, for as long as a job may hold them. */
function heldPins(
  typed: readonly KeyKind[],
  secrets: ReadonlyMap<string, Buffer>,
  { pinLifeMs, clock }: RoomOptions,
): Map<KeyKind, HeldPin> {
  const life = { lifeMs: pinLifeMs, clock: () => clock().getTime() };
  return new Map(typed.map((key) => [key, new HeldPin(Buffer.from(secrets.get(`pin-${key}`) ?? []), life)]));
}

/** The yes, from the very page that told what will be done. */
function begin(c: Context, { means, pages }: RenewalRoom, job: RenewalJob, body: Buffer): Response {
  const { fields } = readSecretForm(body, []);
  if (job.stage.at === 'confirm' && fields.get('serving') === job.serving) {
    job.moveTo({ at: 'working', key: job.typed[0] ?? 'auth', step: 'reading' });
    void doRenewal(job, means);
  }
  return pages.goTo(c, job);
}
