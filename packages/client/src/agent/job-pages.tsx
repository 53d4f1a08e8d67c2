import type { Context, Hono } from 'hono';
import { readBody } from './http-guard.js';
import { TroublePage } from './pages/trouble-page.js';
import { lookOf, maxFormBytes, pathFor, type RoomBindings, type RoomOptions } from './room-env.js';
import type { Trouble } from './trouble.js';

type Env = { Bindings: RoomBindings };

/** How long the page's question for something new may wait. */
const progressWaitMs = 20_000;

interface PagedJob {
  readonly id: string;
  readonly stage: { readonly at: string };
  changed(timeoutMs: number): Promise<void>;
}

interface JobKind<Job> {
  /** First part of its pages' path under the agent's start page, e.g. `renewal`. */
  readonly name: string;
  readonly jobs: { get(id: string): Job | undefined; drop(job: Job): void };
  /** What is told where the job is no more. */
  readonly ended: Trouble;
}

/** Where the pages of one kind of job lie, and how they look: under the agent's start page, whose pattern is `base`. */
export function jobPages<Job extends PagedJob>(base: string, options: RoomOptions, kind: JobKind<Job>) {
  const { home } = options;
  const start = `${home.path}/${kind.name}`;
  const startLook = (c: Context) => ({ ...lookOf(c, options, `/${start}`), home: pathFor(c, home.path) });
  const pathOf = (job: Job) => `${start}/${job.id}`;
  const look = (c: Context, job: Job) => lookOf(c, options, `/${pathOf(job)}`);
  const find = (c: Context) => kind.jobs.get(c.req.param('job') ?? '');
  const goTo = (c: Context, job: Job) => c.redirect(pathFor(c, pathOf(job)), 303);
  const ended = (c: Context) => c.html(<TroublePage {...startLook(c)} trouble={kind.ended} />, 404);
  const one = `${base}/${kind.name}/:job{[0-9a-f]{32}}`;

  /** The routes that every kind has: the page of each stage, its live part while the job works, and the way out. */
  function addTo(
    app: Hono<Env>,
    rest: {
      /** What the page that works has shown already. */
      seen(job: Job): string | undefined;
      page(c: Context<Env>, job: Job): Response | Promise<Response>;
      /** What its pages' forms ask for, by the last part of their path. `body` may hold a password: the act wipes it. */
      acts: Readonly<
        Record<string, (c: Context<Env>, job: Job, body: Buffer) => Response | Promise<Response>>
      >;
      /** Path to which a job that was stopped leads. */
      after: string;
    },
  ): void {
    app.get(one, (c) => {
      const job = find(c);
      return job === undefined ? ended(c) : rest.page(c, job);
    });
    app.get(`${one}/progress`, async (c) => {
      const job = find(c);
      if (job === undefined) return ended(c);
      if (job.stage.at === 'working' && rest.seen(job) === c.req.query('seen'))
        await job.changed(progressWaitMs);
      if (job.stage.at === 'working') return rest.page(c, job);
      c.header('Mado-Next', pathFor(c, pathOf(job)));
      return c.body(null, 200);
    });
    for (const [name, act] of Object.entries(rest.acts))
      app.post(`${one}/${name}`, async (c) => {
        const body = await readBody(c.env.incoming, maxFormBytes);
        if (body === undefined) return c.text('Too long.\n', 413);
        const job = find(c);
        if (job !== undefined) return act(c, job, body);
        body.fill(0);
        return ended(c);
      });
    app.post(`${one}/stop`, (c) => {
      const job = find(c);
      if (job !== undefined && job.stage.at !== 'working') kind.jobs.drop(job);
      return c.redirect(pathFor(c, rest.after), 303);
    });
  }
  return { start, startLook, look, find, goTo, ended, one, addTo };
}

export type JobPages<Job extends PagedJob> = ReturnType<typeof jobPages<Job>>;
