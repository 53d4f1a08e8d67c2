import { type FieldError, fill, type Words } from '@madoguchi/ui';
import type { Context, Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { checkFile, type EditableFile } from '../content/content.js';
import { draftsOf, dropDraft, listVersions, publish, saveDraft, textOfVersion } from '../content/versions.js';
import { differences } from './differences.js';
import { TextPage, VersionPage } from './edit-pages.js';
import { ListPage } from './list-page.js';
import type { Values } from './listing.js';
import { listings } from './listings.js';
import { texts } from './words.js';
import { type AdminEnv, type AdminPlace, fileOf, mostOctets, workingText } from './working.js';

const whole = (value: unknown) =>
  typeof value === 'string' && /^[0-9]{1,6}$/.test(value) ? Number(value) : -1;

/** `/admin/<file>`: a list, its draft, its versions; and the file as text. */
export function fileRoutes(app: Hono<AdminEnv>, place: AdminPlace): void {
  const { sql, clock, view, base, shown } = place;

  const list = async (c: Context<AdminEnv>, more: { errors?: FieldError[]; notice?: Words } = {}) => {
    const file = fileOf(c);
    const [{ published, draft, text }, versions] = await Promise.all([
      workingText(place, c, file),
      listVersions(sql, file),
    ]);
    const listing = listings[file];
    const { fault } = view(c).addedAgencies;
    const statusOf = ({ catalogue = '' }: Values): Words => {
      const why = fault(catalogue);
      return why === undefined ? texts.readable : fill(texts.unreadable, { fault: why });
    };
    return (
      <ListPage
        view={view(c)}
        {...{ file, listing, versions }}
        rows={listing.rows(text)}
        query={(c.req.query('q') ?? '').slice(0, 100)}
        statusOf={file === 'agencies.csv' ? statusOf : undefined}
        draft={draft !== undefined}
        faults={draft === undefined ? [] : checkFile(file, draft, clock()).faults}
        changes={draft === undefined ? undefined : differences(listing, published, draft)}
        csrf={c.get('session').csrf}
        errors={more.errors ?? []}
        notice={more.notice}
      />
    );
  };
  const listAgain = async (c: Context<AdminEnv>, errors: FieldError[], status: 409 | 422) =>
    c.html(await list(c, { errors }), status);
  const textPage = (c: Context<AdminEnv>, file: EditableFile, content: string, errors: FieldError[] = []) => (
    <TextPage
      view={view(c)}
      {...{ file, content, errors }}
      faults={checkFile(file, content, clock()).faults}
      csrf={c.get('session').csrf}
    />
  );

  app.get('/admin/:file', async (c) => {
    const { done, saved } = c.req.query();
    const notice = done === 'yes' ? texts.published : saved === 'yes' ? texts.saved : undefined;
    return c.html(await list(c, notice === undefined ? {} : { notice }));
  });
  app.get('/admin/:file/text', async (c) => {
    const file = fileOf(c);
    return c.html(textPage(c, file, (await workingText(place, c, file)).text));
  });
  app.get('/admin/:file/file', async (c) => {
    const file = fileOf(c);
    const { text } = await workingText(place, c, file);
    // A spreadsheet takes a CSV for UTF-8 by its mark; the readers take it away again.
    return c.body(file.endsWith('.csv') && !text.startsWith('\uFEFF') ? `\uFEFF${text}` : text, 200, {
      'Content-Type': 'application/octet-stream',
      'Content-Disposition': `attachment; filename="${file}"`,
    });
  });
  app.get('/admin/:file/versions/:version', async (c) => {
    const file = fileOf(c);
    const number = whole(c.req.param('version'));
    const version = (await listVersions(sql, file)).find((one) => one.version === number);
    const [before, after] = await Promise.all(
      [number - 1, number].map((one) => textOfVersion(sql, file, one, base)),
    );
    if (version === undefined || before === undefined || after === undefined) throw new HTTPException(404);
    const changes = differences(listings[file], before, after);
    return c.html(<VersionPage view={view(c)} {...{ file, version, changes }} />);
  });

  app.post('/admin/:file', async (c) => {
    const file = fileOf(c);
    const { text: typed, upload } = await c.req.parseBody();
    let text = typeof typed === 'string' ? typed.replace(/\r\n?/g, '\n') : undefined;
    const again = (field: string, message: Words) =>
      text === undefined
        ? listAgain(c, [{ field, message }], 422)
        : c.html(
            textPage(c, file, text.slice(0, mostOctets).replaceAll('\0', ''), [{ field, message }]),
            422,
          );
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
    await saveDraft(sql, { file, text, admin: c.get('session').subject, now: clock() });
    return c.redirect(`/admin/${file}?saved=yes`, 303);
  });
  app.post('/admin/:file/drop', async (c) => {
    const file = fileOf(c);
    await dropDraft(sql, file, c.get('session').subject);
    return c.redirect(`/admin/${file}`, 303);
  });
  app.post('/admin/:file/publish', async (c) => {
    const file = fileOf(c);
    const admin = c.get('session').subject;
    const text = (await draftsOf(sql, admin))[file];
    if (text === undefined) return c.redirect(`/admin/${file}`, 303);
    if (checkFile(file, text, clock()).faults.length > 0) return listAgain(c, [], 422);
    const { seen } = await c.req.parseBody();
    const published = await publish(sql, { file, text, admin, seen: whole(seen), now: clock() });
    shown.forget();
    if (!published) return listAgain(c, [{ message: texts.conflict }], 409);
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
    if (!done) return listAgain(c, [{ message: texts.conflict }], 409);
    return c.redirect(`/admin/${file}?done=yes`, 303);
  });
}
