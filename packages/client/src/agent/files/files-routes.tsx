import type { Context, Hono } from 'hono';
import type { GivenFile } from '../../documents/format.js';
import { documentFormats } from '../../documents/formats.js';
import { asClientError, channelNamed, probeCards } from '../card-work.js';
import { asDownload } from '../download.js';
import { readBody } from '../http-guard.js';
import { jobPages } from '../job-pages.js';
import { multipartBoundary, parseMultipart } from '../multipart.js';
import { TroublePage } from '../pages/trouble-page.js';
import { readPinForm } from '../pin-form.js';
import { lookOf, maxFormBytes, pathFor, type RoomBindings, type RoomOptions } from '../room-env.js';
import { cardTrouble } from '../trouble.js';
import { levelsWith } from './authorities.js';
import { type FilesJob, formatsFor, wishesFor } from './files-job.js';
import { DonePage, FilesPage, SignFilesPage, WorkingPage } from './files-pages.js';
import { filesTrouble } from './files-troubles.js';
import { ReportPage } from './report-page.js';
import { signFiles } from './sign-files.js';
import { verifyFiles } from './verify-files.js';

type Env = { Bindings: RoomBindings };

/** Most octets of the files of one job. */
const maxBodyBytes = 64 * 1024 * 1024;

/**
 * Sign and verify for the holder's own files, under the agent's start page: `base` is its pattern, whose guard stands before these routes.
 * No site can name the address, and a form from elsewhere is refused.
 */
export function addFilesRoutes(app: Hono<Env>, base: string, options: RoomOptions): void {
  const { files: jobs, clock } = options;
  const pages = jobPages(base, options, { name: 'files', jobs, ended: filesTrouble('files-ended') });
  const { start, look, find, goTo, ended, one } = pages;
  const startLook = (c: Context) => ({
    ...lookOf(c, options, `/${start}`),
    asks: options.authorities.responder !== undefined,
  });
  const levels = levelsWith(options.authorities);

  app.get(`${base}/files`, (c) => c.html(<FilesPage {...startLook(c)} />));

  app.post(`${base}/files/verify`, async (c) => {
    const given = await givenFiles(c);
    if ('trouble' in given) return c.html(<FilesPage {...startLook(c)} notice={given.trouble} />, 422);
    const { citizenAnchors: anchors, demo } = options;
    const results = await verifyFiles(given.files, { anchors, demo }, options);
    return c.html(<ReportPage {...startLook(c)} results={results} more={pathFor(c, start)} />);
  });

  app.post(`${base}/files/sign`, async (c) => {
    const given = await givenFiles(c);
    if ('trouble' in given) return c.html(<FilesPage {...startLook(c)} notice={given.trouble} />, 422);
    const job = jobs.open(given.files);
    if (job === undefined)
      return c.html(<FilesPage {...startLook(c)} notice={filesTrouble('files-busy')} />, 503);
    return goTo(c, job);
  });

  const page = async (c: Context<Env>, job: FilesJob) => {
    const { stage } = job;
    const at = look(c, job);
    switch (stage.at) {
      case 'ask': {
        const { look: channels, citizenAnchors: anchors, demo } = options;
        const probe = await probeCards({ pin: 'sign', channels, anchors, demo, now: clock() });
        const { notice } = stage;
        const formats = formatsFor(job.files, documentFormats);
        return c.html(
          <SignFilesPage
            {...at}
            {...{ job, formats, levels, probe }}
            {...(notice === undefined ? {} : { notice })}
          />,
        );
      }
      case 'working':
        return c.html(<WorkingPage {...at} job={job} name={stage.name} />);
      case 'done':
        return c.html(<DonePage {...at} job={job} more={pathFor(c, start)} />);
      case 'over':
        return c.html(<TroublePage {...at} trouble={stage.trouble} />);
    }
  };

  pages.addTo(app, {
    seen: ({ signed }) => String(signed.length),
    page,
    after: start,
  });

  app.post(`${one}/pin`, async (c) => {
    const job = find(c);
    const body = await readBody(c.env.incoming, maxFormBytes);
    if (body === undefined) return c.text('Too long.\n', 413);
    const { pin, fields } = readPinForm(body);
    if (job === undefined || job.stage.at !== 'ask') {
      pin.fill(0);
      return job === undefined ? ended(c) : goTo(c, job);
    }
    const back = () => goTo(c, job);
    const format = formatsFor(job.files, documentFormats).find(({ id }) => id === fields.get('format'));
    // A batch that was begun is finished as it was begun.
    const level = levels.find((one) => one === (fields.get('level') ?? 'B'));
    if (job.signed.length === 0 && format !== undefined && level !== undefined)
      job.wishes = { format, level, list: wishesFor(format, job.files) };
    job.moveTo({ at: 'working', name: job.wishes?.list[job.signed.length]?.output ?? '' });
    try {
      const channel = await channelNamed(options.look, fields.get('card'));
      const { citizenAnchors, pinLifeMs, authorities, fetch } = options;
      const lastTry = fields.get('lastTry') === 'yes';
      void signFiles(job, {
        ...{ channel, pin, lastTry, citizenAnchors, authorities, fetch, clock, pinLifeMs },
      });
    } catch (error) {
      pin.fill(0);
      job.moveTo({ at: 'ask', notice: cardTrouble(asClientError(error)) });
    }
    return back();
  });

  app.get(`${one}/file/:index{[0-9]{1,3}}`, (c) => {
    const file = find(c)?.files[Number(c.req.param('index'))];
    return file === undefined ? ended(c) : asDownload(c, file);
  });
  app.get(`${one}/signed/:index{[0-9]{1,3}}`, (c) => {
    const file = find(c)?.signed[Number(c.req.param('index'))];
    return file === undefined ? ended(c) : asDownload(c, file);
  });
}

/** The files of the form: names without a folder, and never two alike. */
async function givenFiles(
  c: Context<Env>,
): Promise<{ files: GivenFile[] } | { trouble: ReturnType<typeof filesTrouble> }> {
  const { incoming } = c.env;
  const body = await readBody(incoming, maxBodyBytes);
  if (body === undefined) return { trouble: filesTrouble('files-large') };
  const boundary = multipartBoundary(incoming.headers['content-type']);
  const form = boundary === undefined ? undefined : parseMultipart(body, boundary);
  if (form === undefined || !form.ok) return { trouble: filesTrouble('files-none') };
  const files = form.value
    .filter(({ name, filename }) => name === 'file' && filename !== undefined && filename !== '')
    .map(({ filename = '', bytes }) => ({
      name: filename.replace(/^.*[\\/]/s, '').slice(0, 200) || 'document',
      bytes: Uint8Array.from(bytes),
    }));
  return files.length === 0 ? { trouble: filesTrouble('files-none') } : { files };
}
