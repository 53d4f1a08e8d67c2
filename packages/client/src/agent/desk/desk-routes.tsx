import { checkNewPin } from '@madoguchi/card';
import { type Context, Hono } from 'hono';
import { ClientError } from '../../client-error.js';
import { pinBytes } from '../../pin.js';
import { timeWords } from '../date-words.js';
import { readBody } from '../http-guard.js';
import { readSecretForm } from '../pin-form.js';
import {
  lookOf,
  maxFormBytes,
  pageGuard,
  pathFor,
  type RoomBindings,
  type RoomOptions,
  returnPolicy,
} from '../room-env.js';
import { visited } from '../visited.js';
import type { DeskJob, PinFault } from './desk-job.js';
import { AskPage, DonePage, OverPage, WaitForCard, WorkingPage } from './desk-pages.js';
import { doJob, type TypedPins } from './do-job.js';
import { jobService } from './job-service.js';
import { jobTrouble } from './job-troubles.js';

type Env = { Bindings: RoomBindings; Variables: { job: DeskJob } };

const progressWaitMs = 20_000;
const lookAgainMs = 1000;
const base = '/:path{[0-9a-f]{32}}';

/** The pages of a counter's card work, under `/desk`: what is done, the applicant's passwords, how far it is, the way back. */
export function deskRoutes(options: RoomOptions): Hono<Env> {
  const { desks, clock } = options;
  const app = new Hono<Env>();
  const guard = pageGuard(options);
  const toPage = (c: Context<Env>, job: DeskJob) => c.redirect(pathFor(c, job.path), 303);

  for (const path of [base, `${base}/*`] as const)
    app.use(path, guard, async (c, next) => {
      const known = desks.get(`desk/${c.req.param('path')}`);
      const job = await visited(c, options, known, jobTrouble('job-ended'));
      if (job instanceof Response) return job;
      c.set('job', job);
      await next();
      return undefined;
    });

  const inForce = (job: DeskJob): boolean => {
    const until = new Date(job.accepted.claims.exp * 1000);
    if (clock() < until) return true;
    job.moveTo({ at: 'over', trouble: jobTrouble('job-expired', { date: timeWords(until) }) });
    return false;
  };

  /** Names of the readers that hold a card; one short look each. */
  const cardsIn = async (): Promise<string[]> => {
    const found = await Promise.all(
      (await options.look().catch(() => [])).map((channel) =>
        channel.withCard(async () => channel.label).catch(() => undefined),
      ),
    );
    return found.filter((label) => label !== undefined);
  };

  /** Waits a while for a card, or for anything else to happen to the job. */
  const cardCame = async (job: DeskJob): Promise<boolean> => {
    for (let looks = 0; looks < 15; looks += 1) {
      if (job.stage.at !== 'ask' || (await cardsIn()).length > 0) return true;
      await job.changed(lookAgainMs);
    }
    return false;
  };

  app.get(base, async (c) => {
    const job = c.get('job');
    if (job.stage.at === 'ask') inForce(job);
    const { accepted, stage } = job;
    const at = lookOf(c, options, `/${job.path}`);
    const { origin, return: to } = accepted.claims;
    switch (stage.at) {
      case 'ask': {
        const { notice, faults } = stage;
        return c.html(
          <AskPage
            {...at}
            job={accepted}
            cards={await cardsIn()}
            {...(notice === undefined ? {} : { notice })}
            {...(faults === undefined ? {} : { faults })}
          />,
        );
      }
      case 'working':
        return c.html(<WorkingPage {...at} step={stage.step} />);
      case 'done':
        c.header('Content-Security-Policy', returnPolicy(origin));
        return c.html(<DonePage {...at} to={to} />);
      case 'over':
        return c.html(<OverPage {...at} trouble={stage.trouble} to={to} />);
    }
  });

  app.get(`${base}/progress`, async (c) => {
    const job = c.get('job');
    if (job.stage.at === 'working' && job.stage.step === c.req.query('seen'))
      await job.changed(progressWaitMs);
    const { stage } = job;
    if (stage.at === 'ask' && c.req.query('seen') === 'no-card' && !(await cardCame(job)))
      return c.html(<WaitForCard {...lookOf(c, options, `/${job.path}`)} />);
    if (stage.at === 'working')
      return c.html(<WorkingPage {...lookOf(c, options, `/${job.path}`)} step={stage.step} />);
    c.header('Mado-Next', pathFor(c, job.path));
    return c.body(null, 200);
  });

  app.post(`${base}/pins`, async (c) => {
    const job = c.get('job');
    const body = await readBody(c.env.incoming, maxFormBytes);
    if (body === undefined) return c.text('Too long.\n', 413);
    const { pins: wanted } = job.accepted.claims.act;
    const { secrets } = readSecretForm(
      body,
      wanted.flatMap((pin) => [pin, `${pin}2`]),
    );
    const { pins, faults } = readPins(secrets, wanted);
    for (const secret of secrets.values()) secret.fill(0);
    if (job.stage.at !== 'ask' || !inForce(job) || faults.length > 0) {
      for (const pin of Object.values(pins)) pin.fill(0);
      if (job.stage.at === 'ask') job.moveTo({ at: 'ask', faults });
      return toPage(c, job);
    }
    // From here on a second press finds another stage: a job is done once.
    job.moveTo({ at: 'working', step: 'looking' });
    const { exchange, jti } = job.accepted.claims;
    void doJob(job, pins, {
      channels: options.channels,
      service: jobService(exchange, { ticket: jti, run: job.run }, options.fetch),
      anchors: options.citizenAnchors,
      clock,
    });
    return toPage(c, job);
  });

  app.post(`${base}/stop`, (c) => {
    const job = c.get('job');
    if (job.stage.at === 'ask') job.moveTo({ at: 'over', trouble: jobTrouble('job-stopped') });
    return toPage(c, job);
  });

  return app;
}

/** Both entries of each password, judged by the rules of the card. */
function readPins(
  secrets: Map<string, Buffer>,
  wanted: readonly ('signature' | 'authentication')[],
): { pins: TypedPins; faults: PinFault[] } {
  const pins: TypedPins = {};
  const faults: PinFault[] = [];
  for (const pin of wanted) {
    const [first, second] = [typed(pin, secrets.get(pin)), typed(pin, secrets.get(`${pin}2`))];
    if (first === undefined || !checkNewPin(pin, first).ok) faults.push({ pin, what: 'form' });
    else if (second === undefined || !first.equals(second)) faults.push({ pin, what: 'differ' });
    else pins[pin] = first;
    second?.fill(0);
    if (pins[pin] !== first) first?.fill(0);
  }
  return { pins, faults };
}

function typed(pin: 'signature' | 'authentication', secret: Buffer | undefined): Buffer | undefined {
  try {
    return pinBytes(pin === 'signature' ? 'sign' : 'auth', secret ?? '');
  } catch (error) {
    if (error instanceof ClientError) return undefined;
    throw error;
  }
}
