import { type FieldError, fill, type Words } from '@madoguchi/ui';
import type { Context, Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { checkFile } from '../content/content.js';
import { draftsOf, dropDraft, listVersions, publish, saveDraft, textOfVersion } from '../content/versions.js';
import type { View } from '../frame.js';
import { differences } from './differences.js';
import { TextPage, VersionPage } from './edit-pages.js';
import { ListPage } from './list-page.js';
import type { Values } from './listing.js';
import { listings } from './listings.js';
import { texts } from './words.js';
import { type AdminEnv, type AdminPlace, fileOf, mostOctets, workingText } from './working.js';

type AdminContext = Context<AdminEnv>;

/** `/admin/<file>`: a list, its draft, its versions; and the file as text. */
export function fileRoutes(app: Hono<AdminEnv>, place: AdminPlace): void {
  app.get('/admin/:file', (c) => showFile(c, place));
  app.get('/admin/:file/text', (c) => showText(c, place));
  app.get('/admin/:file/file', (c) => handOut(c, place));
  app.get('/admin/:file/versions/:version', (c) => showVersion(c, place));
  app.post('/admin/:file', (c) => takeText(c, place));
  app.post('/admin/:file/drop', (c) => drop(c, place));
  app.post('/admin/:file/publish', (c) => publishDraft(c, place));
  app.post('/admin/:file/undo', (c) => publishAgain(c, place));
}

function showFile(c: AdminContext, place: AdminPlace): Promise<Response> {
  const { done, saved } = c.req.query();
  const notice = done === 'yes' ? texts.published : saved === 'yes' ? texts.saved : undefined;
  return list(c, place, { notice });
}

/** The page of a file: its entries, what the draft changes, its versions. */
async function list(
  c: AdminContext,
  place: AdminPlace,
  { errors = [], notice }: { errors?: FieldError[]; notice?: Words | undefined },
  status: 200 | 409 | 422 = 200,
): Promise<Response> {
  const { sql, clock, view } = place;
  const file = fileOf(c);
  const [{ published, draft, text }, versions] = await Promise.all([
    workingText(place, c, file),
    listVersions(sql, file),
  ]);
  const listing = listings[file];
  return c.html(
    <ListPage
      view={view(c)}
      {...{ file, listing, versions, errors, notice }}
      rows={listing.rows(text)}
      query={(c.req.query('q') ?? '').slice(0, 100)}
      statusOf={file === 'agencies.csv' ? readability(view(c)) : undefined}
      draft={draft !== undefined}
      faults={draft === undefined ? [] : checkFile(file, draft, clock()).faults}
      changes={draft === undefined ? undefined : differences(listing, published, draft)}
      csrf={c.get('session').csrf}
    />,
    status,
  );
}

/** Whether an added agency's catalogue could be read, and why not. */
function readability({ addedAgencies }: View): (agency: Values) => Words {
  return ({ catalogue = '' }) => {
    const why = addedAgencies.fault(catalogue);
    return why === undefined ? texts.readable : fill(texts.unreadable, { fault: why });
  };
}

async function showText(c: AdminContext, place: AdminPlace): Promise<Response> {
  return textPage(c, place, (await workingText(place, c, fileOf(c))).text);
}

function textPage(
  c: AdminContext,
  { view, clock }: AdminPlace,
  content: string,
  errors: FieldError[] = [],
): Response | Promise<Response> {
  const file = fileOf(c);
  return c.html(
    <TextPage
      view={view(c)}
      {...{ file, content, errors }}
      faults={checkFile(file, content, clock()).faults}
      csrf={c.get('session').csrf}
    />,
    errors.length > 0 ? 422 : 200,
  );
}

async function handOut(c: AdminContext, place: AdminPlace): Promise<Response> {
  const file = fileOf(c);
  const { text } = await workingText(place, c, file);
  // A spreadsheet takes a CSV for UTF-8 by its mark; the readers take it away again.
  return c.body(file.endsWith('.csv') && !text.startsWith('\uFEFF') ? `\uFEFF${text}` : text, 200, {
    'Content-Type': 'application/octet-stream',
    'Content-Disposition': `attachment; filename="${file}"`,
  });
}

/** What a version changed against the one before. */
async function showVersion(c: AdminContext, { sql, view, base }: AdminPlace): Promise<Response> {
  const file = fileOf(c);
  const number = whole(c.req.param('version'));
  const version = (await listVersions(sql, file)).find((one) => one.version === number);
  const [before, after] = await Promise.all(
    [number - 1, number].map((one) => textOfVersion(sql, file, one, base)),
  );
  if (version === undefined || before === undefined || after === undefined) throw new HTTPException(404);
  const changes = differences(listings[file], before, after);
  return c.html(<VersionPage view={view(c)} {...{ file, version, changes }} />);
}

/** A whole file, typed or uploaded, becomes the operator's draft. */
async function takeText(c: AdminContext, place: AdminPlace): Promise<Response> {
  const file = fileOf(c);
  const { text: typed, upload } = await c.req.parseBody();
  let text = typeof typed === 'string' ? typed.replace(/\r\n?/g, '\n') : undefined;
  const again = (field: string, message: Words) => {
    const errors = [{ field, message }];
    return text === undefined
      ? list(c, place, { errors }, 422)
      : textPage(c, place, text.slice(0, mostOctets).replaceAll('\0', ''), errors);
  };
  if (upload instanceof File && upload.size > 0) {
    if (upload.size > mostOctets) return again('upload', texts.long);
    try {
      text = new TextDecoder('utf-8', { fatal: true }).decode(await upload.arrayBuffer());
    } catch {
      return again('upload', texts.utf8);
    }
  }
  if (text === undefined) return again('upload', texts.noFile);
  if (Buffer.byteLength(text) > mostOctets || text.includes('\0')) return again('text', texts.long);
  await saveDraft(place.sql, { file, text, admin: c.get('session').subject, now: place.clock() });
  return c.redirect(`/admin/${file}?saved=yes`, 303);
}

async function drop(c: AdminContext, { sql }: AdminPlace): Promise<Response> {
  const file = fileOf(c);
  await dropDraft(sql, file, c.get('session').subject);
  return c.redirect(`/admin/${file}`, 303);
}

async function publishDraft(c: AdminContext, place: AdminPlace): Promise<Response> {
  const file = fileOf(c);
  const text = (await draftsOf(place.sql, c.get('session').subject))[file];
  if (text === undefined) return c.redirect(`/admin/${file}`, 303);
  if (checkFile(file, text, place.clock()).faults.length > 0) return list(c, place, {}, 422);
  const { seen } = await c.req.parseBody();
  return publishText(c, place, { text, seen: whole(seen) });
}

/** The text of an older version becomes the newest one. */
async function publishAgain(c: AdminContext, place: AdminPlace): Promise<Response> {
  const { seen, version } = await c.req.parseBody();
  const again = whole(version);
  const text = await textOfVersion(place.sql, fileOf(c), again, place.base);
  if (text === undefined) throw new HTTPException(404);
  return publishText(c, place, { text, seen: whole(seen), again });
}

async function publishText(
  c: AdminContext,
  place: AdminPlace,
  what: { text: string; seen: number; again?: number },
): Promise<Response> {
  const { sql, clock, shown } = place;
  const file = fileOf(c);
  const published = await publish(sql, {
    ...{ ...what, file, admin: c.get('session').subject },
    now: clock(),
  });
  shown.forget();
  if (!published) return list(c, place, { errors: [{ message: texts.conflict }] }, 409);
  return c.redirect(`/admin/${file}?done=yes`, 303);
}

/** A version's number as a form or an address gives it; -1, which no version has, where it is none. */
function whole(value: unknown): number {
  return typeof value === 'string' && /^[0-9]{1,6}$/.test(value) ? Number(value) : -1;
}
