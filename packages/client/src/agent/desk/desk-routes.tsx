import type { Context } from 'hono';
import { readBody } from '../http-guard.js';
import { inForce } from '../in-force.js';
import { readSecretForm } from '../pin-form.js';
import { lookOf, maxFormBytes, pathFor, type RoomOptions, returnPolicy } from '../room-env.js';
import { pagesUnderPath, toPageOf, type VisitEnv } from '../visited.js';
import type { DeskJob } from './desk-job.js';
import { AskPage, DonePage, OverPage, WaitForCard, WorkingPage } from './desk-pages.js';
import { doJob } from './do-job.js';
import { jobService } from './job-service.js';
import { jobTrouble } from './job-troubles.js';
import { readPins } from './typed-pins.js';

const progressWaitMs = 20_000;
const lookAgainMs = 1000;

type JobContext = Context<VisitEnv<DeskJob>>;

/** The pages of a counter's card work, under `/desk`: what is done, the applicant's passwords, how far it is, the way back. */
export function deskRoutes(options: RoomOptions) {
  const find = (path: string) => options.desks.get(`desk/${path}`);
  const { app, get, post } = pagesUnderPath(options, { find, ended: jobTrouble('job-ended') });
  get('', showJob);
  get('/progress', showProgress);
  post('/pins', takePins);
  post('/stop', stop);
  return app;
}

async function showJob(c: JobContext, options: RoomOptions, job: DeskJob): Promise<Response> {
  if (job.stage.at === 'ask') isInForce(job, options);
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
          cards={await cardsIn(options)}
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
}

/** The live part of the page, for its script: a card that comes, the next step, or the address of the next page. */
async function showProgress(c: JobContext, options: RoomOptions, job: DeskJob): Promise<Response> {
  const at = lookOf(c, options, `/${job.path}`);
  const seen = c.req.query('seen');
  if (job.stage.at === 'working' && job.stage.step === seen) await job.changed(progressWaitMs);
  const { stage } = job;
  if (stage.at === 'ask' && seen === 'no-card' && !(await cardCame(job, options)))
    return c.html(<WaitForCard {...at} />);
  if (stage.at === 'working') return c.html(<WorkingPage {...at} step={stage.step} />);
  c.header('Mado-Next', pathFor(c, job.path));
  return c.body(null, 200);
}

/** The applicant's passwords: with them the work at the card begins. */
async function takePins(c: JobContext, options: RoomOptions, job: DeskJob): Promise<Response> {
  const body = await readBody(c.env.incoming, maxFormBytes);
  if (body === undefined) return c.text('Too long.\n', 413);
  const { pins: wanted } = job.accepted.claims.act;
  const { secrets } = readSecretForm(
    body,
    wanted.flatMap((pin) => [pin, `${pin}2`]),
  );
  const { pins, faults } = readPins(secrets, wanted);
  for (const secret of secrets.values()) secret.fill(0);
  if (job.stage.at !== 'ask' || !isInForce(job, options) || faults.length > 0) {
    for (const pin of Object.values(pins)) pin.fill(0);
    if (job.stage.at === 'ask') job.moveTo({ at: 'ask', faults });
    return toPageOf(c, job);
  }
  // From here on a second press finds another stage: a job is done once.
  job.moveTo({ at: 'working', step: 'looking' });
  const { exchange, jti } = job.accepted.claims;
  void doJob(job, pins, {
    channels: options.channels,
    service: jobService(exchange, { ticket: jti, run: job.run }, options.fetch),
    anchors: options.citizenAnchors,
    clock: options.clock,
  });
  return toPageOf(c, job);
}

function stop(c: JobContext, _options: RoomOptions, job: DeskJob): Response {
  if (job.stage.at === 'ask') job.moveTo({ at: 'over', trouble: jobTrouble('job-stopped') });
  return toPageOf(c, job);
}

function isInForce(job: DeskJob, { clock }: RoomOptions): boolean {
  const { exp } = job.accepted.claims;
  return inForce(job, { exp, now: clock() }, (values) => jobTrouble('job-expired', values));
}

/** Names of the readers that hold a card; one short look each. */
async function cardsIn({ look }: RoomOptions): Promise<string[]> {
  const found = await Promise.all(
    (await look().catch(() => [])).map((channel) =>
      channel.withCard(async () => channel.label).catch(() => undefined),
    ),
  );
  return found.filter((label) => label !== undefined);
}

/** Waits a while for a card, or for anything else to happen to the job. */
async function cardCame(job: DeskJob, options: RoomOptions): Promise<boolean> {
  for (let looks = 0; looks < 15; looks += 1) {
    if (job.stage.at !== 'ask' || (await cardsIn(options)).length > 0) return true;
    await job.changed(lookAgainMs);
  }
  return false;
}
