import type { FieldError } from '@madoguchi/ui';
import type { Context, Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { saveDraft } from '../content/versions.js';
import { RowPage } from './edit-pages.js';
import type { Column, Listing, Row, Values } from './listing.js';
import { listings } from './listings.js';
import { easyRemarks } from './remarks.js';
import { texts } from './words.js';
import { type AdminEnv, type AdminPlace, fileOf, mostOctets, workingText } from './working.js';

/** What was typed, as the columns want it: without signs that nobody sees, on one line or on lines. */
function typedValues(columns: readonly Column[], posted: Record<string, unknown>): Values {
  const tidy = ({ name, control }: Column) => {
    const typed = posted[name];
    const text = (typeof typed === 'string' ? typed : '')
      .replace(/\r\n?/g, '\n')
      .replace(/[^\P{Cc}\n]/gu, ' ');
    return (control === 'lines' ? text : text.replaceAll('\n', ' ')).trim();
  };
  return Object.fromEntries(columns.map((column) => [column.name, tidy(column)]));
}

/** `/admin/<file>/rows/…`: an entry added, changed, removed; always in the operator's draft. */
export function rowRoutes(app: Hono<AdminEnv>, place: AdminPlace): void {
  const { sql, clock, view } = place;

  /** The entry that an address names; undefined for a new one, and nothing where it is not there any more. */
  const entryOf = async (c: Context<AdminEnv>) => {
    const file = fileOf(c);
    const listing = listings[file];
    const { text } = await workingText(place, c, file);
    const rows = listing.rows(text);
    if (rows === undefined) throw new HTTPException(404);
    const key = c.req.param('key') ?? '';
    const row = rows.find((one) => one.key === key);
    return { file, listing, text, rows, row, isNew: key === 'new' };
  };
  type Entry = Awaited<ReturnType<typeof entryOf>>;

  const page = (
    c: Context<AdminEnv>,
    { file, listing, row }: Entry,
    values: Values,
    more: { saved?: boolean; errors?: FieldError[] } = {},
  ) => (
    <RowPage
      view={view(c)}
      {...{ file, listing, values }}
      rowKey={row?.key}
      remarks={easyRemarks(listing.columns, values)}
      csrf={c.get('session').csrf}
      {...more}
    />
  );
  const save = async (c: Context<AdminEnv>, { file }: Entry, text: string) => {
    if (Buffer.byteLength(text) > mostOctets) throw new HTTPException(413);
    await saveDraft(sql, { file, text, admin: c.get('session').subject, now: clock() });
  };
  const lost = (c: Context<AdminEnv>, entry: Entry, values: Values) =>
    c.html(page(c, { ...entry, row: undefined }, values, { errors: [{ message: texts.lost }] }), 409);

  app.get('/admin/:file/rows/:key', async (c) => {
    const entry = await entryOf(c);
    if (entry.row === undefined && !entry.isNew) throw new HTTPException(404);
    return c.html(page(c, entry, entry.row?.values ?? {}, { saved: c.req.query('saved') === 'yes' }));
  });
  app.post('/admin/:file/rows/:key', async (c) => {
    const entry = await entryOf(c);
    const { file, listing, text, rows, row, isNew } = entry;
    const values = typedValues(listing.columns, await c.req.parseBody());
    if (row === undefined && !isNew) return lost(c, entry, values);
    const bad = listing.faults(values, rows, row?.key, clock());
    const errors = listing.columns
      .filter(({ name }) => bad.includes(name))
      .map(({ name, fault }) => ({ field: name, message: fault }));
    if (errors.length > 0) return c.html(page(c, entry, values, { errors }), 422);
    const fresh = listing.write(text, { ...(row === undefined ? {} : { key: row.key }), values });
    await save(c, entry, fresh);
    const kept = savedRow(listing, fresh, values);
    const remarks = easyRemarks(listing.columns, values);
    return c.redirect(
      remarks.length > 0 && kept !== undefined
        ? `/admin/${file}/rows/${kept.key}?saved=yes`
        : `/admin/${file}?saved=yes`,
      303,
    );
  });
  app.post('/admin/:file/rows/:key/remove', async (c) => {
    const entry = await entryOf(c);
    const { file, listing, text, row } = entry;
    if (row === undefined) return lost(c, entry, {});
    await save(c, entry, listing.write(text, { key: row.key }));
    return c.redirect(`/admin/${file}?saved=yes`, 303);
  });
}

function savedRow(listing: Listing, text: string, values: Values): Row | undefined {
  return listing.rows(text)?.find((row) => listing.idOf(row.values) === listing.idOf(values));
}
