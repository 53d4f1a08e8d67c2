import type { Context, Hono } from 'hono';
import type { GivenFile } from '../../documents/format.js';
import { documentFormats } from '../../documents/formats.js';
import { asClientError, channelNamed, probeCards } from '../card-work.js';
import { asDownload } from '../download.js';
import { readBody } from '../http-guard.js';
import { type JobPages, jobPages } from '../job-pages.js';
import { TroublePage } from '../pages/trouble-page.js';
import { readPinForm } from '../pin-form.js';
import { readForm } from '../posted-form.js';
import { lookOf, pathFor, type RoomBindings, type RoomOptions } from '../room-env.js';
import { cardTrouble } from '../trouble.js';
import { levelsWith } from './authorities.js';
import { type FilesJob, formatsFor, wishesFor } from './files-job.js';
import { DonePage, FilesPage, SignFilesPage, WorkingPage } from './files-pages.js';
import { filesTrouble } from './files-troubles.js';
import { ReportPage } from './report-page.js';
import { signFiles } from './sign-files.js';
import { verifyFiles } from './verify-files.js';

type Env = { Bindings: RoomBindings };

/** What the handlers work with. */
interface FilesRoom {
  readonly options: RoomOptions;
  readonly pages: JobPages<FilesJob>;
  /** How far a signature may be carried here, see `levelsWith`. */
  readonly levels: ReturnType<typeof levelsWith>;
}

/** Most octets of the files of one job. */
const maxBodyBytes = 64 * 1024 * 1024;

/**
 * Sign and verify for the holder's own files, under the agent's start page: `base` is its pattern, whose guard stands before these routes.
 * No site can name the address, and a form from elsewhere is refused.
 */
export function addFilesRoutes(app: Hono<Env>, base: string, options: RoomOptions): void {
  const { files: jobs, authorities } = options;
  const pages = jobPages(base, options, { name: 'files', jobs, ended: filesTrouble('files-ended') });
  const room = { options, pages, levels: levelsWith(authorities) };
  app.get(`${base}/files`, (c) => c.html(<FilesPage {...startLook(c, room)} />));
  app.post(`${base}/files/verify`, (c) => verify(c, room));
  app.post(`${base}/files/sign`, (c) => open(c, room));
  pages.addTo(app, {
    seen: ({ signed }) => String(signed.length),
    page: (c, job) => showStage(c, room, job),
    acts: { pin: (c, job, body) => takePin(c, room, job, body) },
    after: pages.start,
  });
  const handOut = (list: 'files' | 'signed') => (c: Context) => {
    const file = pages.find(c)?.[list][Number(c.req.param('index'))];
    return file === undefined ? pages.ended(c) : asDownload(c, file);
  };
  app.get(`${pages.one}/file/:index{[0-9]{1,3}}`, handOut('files'));
  app.get(`${pages.one}/signed/:index{[0-9]{1,3}}`, handOut('signed'));
}

function startLook(c: Context, { options, pages }: FilesRoom) {
  const asks = options.authorities.responder !== undefined;
  return { ...lookOf(c, options, `/${pages.start}`), asks, home: pathFor(c, options.home.path) };
}

async function verify(c: Context<Env>, room: FilesRoom): Promise<Response> {
  const { options, pages } = room;
  const look = startLook(c, room);
  const given = await givenFiles(c);
  if ('trouble' in given) return c.html(<FilesPage {...look} notice={given.trouble} />, 422);
  const { citizenAnchors: anchors, demo } = options;
  const results = await verifyFiles(given.files, { anchors, demo }, options);
  return c.html(<ReportPage {...look} results={results} more={pathFor(c, pages.start)} />);
}

/** The files to sign open a job, whose first page asks for the password. */
async function open(c: Context<Env>, room: FilesRoom): Promise<Response> {
  const look = startLook(c, room);
  const given = await givenFiles(c);
  if ('trouble' in given) return c.html(<FilesPage {...look} notice={given.trouble} />, 422);
  const job = room.options.files.open(given.files);
  if (job === undefined) return c.html(<FilesPage {...look} notice={filesTrouble('files-busy')} />, 503);
  return room.pages.goTo(c, job);
}

async function showStage(
  c: Context,
  { options, pages, levels }: FilesRoom,
  job: FilesJob,
): Promise<Response> {
  const { stage } = job;
  const at = pages.look(c, job);
  switch (stage.at) {
    case 'ask': {
      const { look: channels, citizenAnchors: anchors, demo, clock } = options;
      const probe = await probeCards({ pin: 'sign', channels, anchors, demo, now: clock() });
      const { notice } = stage;
      const formats = formatsFor(job.files, documentFormats);
      const told = notice === undefined ? {} : { notice };
      return c.html(<SignFilesPage {...at} {...{ job, formats, levels, probe, ...told }} />);
    }
    case 'working':
      return c.html(<WorkingPage {...at} job={job} name={stage.name} />);
    case 'done':
      return c.html(<DonePage {...at} job={job} more={pathFor(c, pages.start)} />);
    case 'over':
      return c.html(<TroublePage {...at} trouble={stage.trouble} />);
  }
}

/** The password, and how the files are to be signed. */
async function takePin(
  c: Context,
  { options, pages, levels }: FilesRoom,
  job: FilesJob,
  body: Buffer,
): Promise<Response> {
  const { pin, fields } = readPinForm(body);
  if (job.stage.at !== 'ask') {
    pin.fill(0);
    return pages.goTo(c, job);
  }
  const format = formatsFor(job.files, documentFormats).find(({ id }) => id === fields.get('format'));
  const level = levels.find((one) => one === (fields.get('level') ?? 'B'));
  // A batch that was begun is finished as it was begun.
  if (job.signed.length === 0 && format !== undefined && level !== undefined)
    job.wishes = { format, level, list: wishesFor(format, job.files) };
  job.moveTo({ at: 'working', name: job.wishes?.list[job.signed.length]?.output ?? '' });
  try {
    const channel = await channelNamed(options.look, fields.get('card'));
    const { citizenAnchors, pinLifeMs, authorities, fetch, clock } = options;
    const lastTry = fields.get('lastTry') === 'yes';
    void signFiles(job, {
      ...{ channel, pin, lastTry, citizenAnchors, authorities, fetch, clock, pinLifeMs },
    });
  } catch (error) {
    pin.fill(0);
    job.moveTo({ at: 'ask', notice: cardTrouble(asClientError(error)) });
  }
  return pages.goTo(c, job);
}

/** The files of the form: names without a folder, and never two alike. */
async function givenFiles(
  c: Context<Env>,
): Promise<{ files: GivenFile[] } | { trouble: ReturnType<typeof filesTrouble> }> {
  const { incoming } = c.env;
  const body = await readBody(incoming, maxBodyBytes);
  if (body === undefined) return { trouble: filesTrouble('files-large') };
  const form = readForm(incoming.headers['content-type'], body);
  if (form === undefined) return { trouble: filesTrouble('files-none') };
  const files = form.files('file').map(({ filename, bytes }) => ({
    name: filename.replace(/^.*[\\/]/s, '').slice(0, 200) || 'document',
    bytes: Uint8Array.from(bytes),
  }));
  return files.length === 0 ? { trouble: filesTrouble('files-none') } : { files };
}
