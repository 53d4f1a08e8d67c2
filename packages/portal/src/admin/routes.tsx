import { carriesCsrf, type Sql, type WebSession } from '@madoguchi/store';
import { type FieldError, isLoadedAhead, sameOriginPosts } from '@madoguchi/ui';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { HTTPException } from 'hono/http-exception';
import { checkFile, type EditableFile, editable, type Texts } from '../content/content.js';
import { draftsOf, dropDraft, listVersions, publish, saveDraft, textOfVersion } from '../content/versions.js';
import type { View } from '../frame.js';
import { createLink, type LinkPlace, linkSessions } from '../link-sessions.js';
import { changedLines } from './changes.js';
import { AdminEntryPage, AdminPage, FilePage } from './pages.js';
import { texts } from './words.js';

/** The cookie goes to every page: an operator sees their drafts on all of them. */
const place: LinkPlace = { scope: 'portal.admin', cookie: 'mado_admin', path: '/', enter: '/admin/enter' };
const mostOctets = 4 * 1024 * 1024;

export interface AdminOptions {
  sql: Sql;
  clock: () => Date;
  view: (c: Context) => View;
  /** The portal's public origin, where it is known. */
  origin: string | undefined;
  /** The texts as they came. */
  base: Texts;
  /** What people see now, and how to see it anew after a publication. */
  shown: { read: () => Promise<Texts>; forget: () => void };
}

/** Path of a one-time link that lets an operator in. `admin`: an account, never a name. */
export async function createAdminLink(sql: Sql, admin: string, now: Date): Promise<string> {
  return createLink(sql, place, admin, now);
}

/** What the operator whose browser this is works at: they see it on every page. */
export async function ownDrafts(
  { sql, clock, origin }: Pick<AdminOptions, 'sql' | 'clock' | 'origin'>,
  c: Context,
): Promise<Partial<Texts>> {
  const admin = await linkSessions(place, { sql, clock, origin }).read(c);
  return admin === undefined ? {} : draftsOf(sql, admin.subject);
}

type Env = { Variables: { session: WebSession } };

/** `/admin`: texts and lists changed, looked at before, published, and brought back. Works without a script. */
export function adminRoutes({ sql, clock, view, origin, base, shown }: AdminOptions): Hono<Env> {
  const sessions = linkSessions(place, { sql, clock, origin });
  const app = new Hono<Env>();
  const noSize = () => {
    throw new HTTPException(413);
  };
  app.use(
    '/admin/*',
    bodyLimit({ maxSize: 2 * mostOctets + 65_536, onError: noSize }),
    sameOriginPosts(origin === undefined ? {} : { origins: [origin] }),
  );

  app.get('/admin/enter', async (c) => {
    c.header('Referrer-Policy', 'no-referrer');
    if (isLoadedAhead(c)) return c.body(null, 503);
    if (await sessions.enter(c)) return c.redirect('/admin', 303);
    return c.html(<AdminEntryPage view={view(c)} used />, 403);
  });

  const inside = async (c: Context<Env>, next: () => Promise<void>) => {
    const session = await sessions.read(c);
    if (session === undefined) return c.html(<AdminEntryPage view={view(c)} used={false} />, 401);
    if (c.req.method === 'POST') {
      const { csrf } = await c.req.parseBody();
      if (!carriesCsrf(session, csrf)) throw new HTTPException(403);
    }
    c.set('session', session);
    c.header('Cache-Control', 'no-store');
    return next();
  };
  app.use('/admin', inside);
  app.use('/admin/*', inside);

  app.get('/admin', async (c) => {
    const { subject, csrf } = c.get('session');
    const [now, drafts] = await Promise.all([shown.read(), draftsOf(sql, subject)]);
    const files = await Promise.all(
      editable.map(async (file) => ({
        file,
        rows: checkFile(file, now[file], clock()).rows,
        version: (await listVersions(sql, file))[0]?.version ?? 0,
        draft: drafts[file] !== undefined,
      })),
    );
    return c.html(<AdminPage view={view(c)} files={files} csrf={csrf} />);
  });
  app.post('/admin/leave', async (c) => {
    await sessions.leave(c);
    return c.redirect('/', 303);
  });

  const fileOf = (c: Context): EditableFile => {
    const file = editable.find((one) => one === c.req.param('file'));
    if (file === undefined) throw new HTTPException(404);
    return file;
  };
  const page = async (
    c: Context<Env>,
    more: { typed?: string; errors?: FieldError[]; done?: boolean } = {},
  ) => {
    const file = fileOf(c);
    const { subject, csrf } = c.get('session');
    const [now, drafts, versions] = await Promise.all([
      shown.read(),
      draftsOf(sql, subject),
      listVersions(sql, file),
    ]);
    const draft = drafts[file];
    const content = more.typed ?? draft ?? now[file];
    return (
      <FilePage
        view={view(c)}
        {...{ file, content, versions, csrf }}
        draft={draft !== undefined}
        faults={draft === undefined ? [] : checkFile(file, draft, clock()).faults}
        changes={draft === undefined ? [] : changedLines(now[file], draft)}
        errors={more.errors ?? []}
        done={more.done ?? false}
      />
    );
  };
  const again = (c: Context<Env>, errors: FieldError[], status: 409 | 422, typed?: string) =>
    page(c, { errors, ...(typed === undefined ? {} : { typed }) }).then((html) => c.html(html, status));

  app.get('/admin/:file', async (c) => c.html(await page(c, { done: c.req.query('done') === 'yes' })));
  app.get('/admin/:file/file', async (c) => {
    const file = fileOf(c);
    const text = (await draftsOf(sql, c.get('session').subject))[file] ?? (await shown.read())[file];
    // A spreadsheet takes a CSV for UTF-8 by its mark; the readers take it away again.
    return c.body(file.endsWith('.csv') && !text.startsWith('\uFEFF') ? `\uFEFF${text}` : text, 200, {
      'Content-Type': 'application/octet-stream',
      'Content-Disposition': `attachment; filename="${file}"`,
    });
  });
  app.post('/admin/:file', async (c) => {
    const file = fileOf(c);
    const { text: typed, upload } = await c.req.parseBody();
    let text = typeof typed === 'string' ? typed.replace(/\r\n?/g, '\n') : '';
    if (upload instanceof File && upload.size > 0) {
      if (upload.size > mostOctets) return again(c, [{ field: 'upload', message: texts.long }], 422, text);
      try {
        text = new TextDecoder('utf-8', { fatal: true }).decode(await upload.arrayBuffer());
      } catch {
        return again(c, [{ field: 'upload', message: texts.utf8 }], 422, text);
      }
    }
    if (Buffer.byteLength(text) > mostOctets || text.includes('\0'))
      return again(c, [{ field: 'text', message: texts.long }], 422);
    await saveDraft(sql, { file, text, admin: c.get('session').subject, now: clock() });
    return c.redirect(`/admin/${file}`, 303);
  });
  app.post('/admin/:file/drop', async (c) => {
    const file = fileOf(c);
    await dropDraft(sql, file, c.get('session').subject);
    return c.redirect(`/admin/${file}`, 303);
  });

  const whole = (value: unknown) =>
    typeof value === 'string' && /^[0-9]{1,6}$/.test(value) ? Number(value) : -1;
  app.post('/admin/:file/publish', async (c) => {
    const file = fileOf(c);
    const admin = c.get('session').subject;
    const text = (await draftsOf(sql, admin))[file];
    if (text === undefined) return c.redirect(`/admin/${file}`, 303);
    if (checkFile(file, text, clock()).faults.length > 0) return again(c, [], 422);
    const { seen } = await c.req.parseBody();
    const published = await publish(sql, { file, text, admin, seen: whole(seen), now: clock() });
    shown.forget();
    if (!published) return again(c, [{ message: texts.conflict }], 409);
    return c.redirect(`/admin/${file}?done=yes`, 303);
  });
  app.post('/admin/:file/undo', async (c) => {
    const file = fileOf(c);
    const { seen, version } = await c.req.parseBody();
    const text = await textOfVersion(sql, file, whole(version), base);
    if (text === undefined) throw new HTTPException(404);
    const admin = c.get('session').subject;
    const done = await publish(sql, {
      ...{ file, text, admin, seen: whole(seen), again: whole(version) },
      now: clock(),
    });
    shown.forget();
    if (!done) return again(c, [{ message: texts.conflict }], 409);
    return c.redirect(`/admin/${file}?done=yes`, 303);
  });
  return app;
}
