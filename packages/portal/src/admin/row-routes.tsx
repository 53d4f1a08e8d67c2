import type { FieldError } from '@madoguchi/ui';
import type { Context, Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { EditableFile } from '../content/content.js';
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

type AdminContext = Context<AdminEnv>;

/** `/admin/<file>/rows/…`: an entry added, changed, removed; always in the operator's draft. */
export function rowRoutes(app: Hono<AdminEnv>, place: AdminPlace): void {
  app.get('/admin/:file/rows/:key', (c) => show(c, place));
  app.post('/admin/:file/rows/:key', (c) => change(c, place));
  app.post('/admin/:file/rows/:key/remove', (c) => remove(c, place));
}

interface Entry {
  readonly file: EditableFile;
  readonly listing: Listing;
  readonly text: string;
  readonly rows: readonly Row[];
  /** Undefined for a new one, and where it is not there any more. */
  readonly row: Row | undefined;
  readonly isNew: boolean;
}

/** The entry that an address names. */
async function entryOf(c: AdminContext, place: AdminPlace): Promise<Entry> {
  const file = fileOf(c);
  const listing = listings[file];
  const { text } = await workingText(place, c, file);
  const rows = listing.rows(text);
  if (rows === undefined) throw new HTTPException(404);
  const key = c.req.param('key') ?? '';
  return { file, listing, text, rows, row: rows.find((one) => one.key === key), isNew: key === 'new' };
}

function page(
  c: AdminContext,
  { view }: AdminPlace,
  { file, listing, row }: Entry,
  values: Values,
  more: { saved?: boolean; errors?: FieldError[] } = {},
) {
  return (
    <RowPage
      view={view(c)}
      {...{ file, listing, values }}
      rowKey={row?.key}
      remarks={easyRemarks(listing.columns, values)}
      csrf={c.get('session').csrf}
      {...more}
    />
  );
}

/** Somebody else removed it meanwhile: what was typed stands in the form of a new one. */
function lost(c: AdminContext, place: AdminPlace, entry: Entry, values: Values) {
  const asNew = { ...entry, row: undefined };
  return c.html(page(c, place, asNew, values, { errors: [{ message: texts.lost }] }), 409);
}

async function save(
  c: AdminContext,
  { sql, clock }: AdminPlace,
  file: EditableFile,
  text: string,
): Promise<void> {
  if (Buffer.byteLength(text) > mostOctets) throw new HTTPException(413);
  await saveDraft(sql, { file, text, admin: c.get('session').subject, now: clock() });
}

async function show(c: AdminContext, place: AdminPlace): Promise<Response> {
  const entry = await entryOf(c, place);
  if (entry.row === undefined && !entry.isNew) throw new HTTPException(404);
  const saved = c.req.query('saved') === 'yes';
  return c.html(page(c, place, entry, entry.row?.values ?? {}, { saved }));
}

async function change(c: AdminContext, place: AdminPlace): Promise<Response> {
  const entry = await entryOf(c, place);
  const { file, listing, text, rows, row, isNew } = entry;
  const values = typedValues(listing.columns, await c.req.parseBody());
  if (row === undefined && !isNew) return lost(c, place, entry, values);
  const bad = listing.faults(values, rows, row?.key, place.clock());
  const errors = listing.columns
    .filter(({ name }) => bad.includes(name))
    .map(({ name, fault }) => ({ field: name, message: fault }));
  if (errors.length > 0) return c.html(page(c, place, entry, values, { errors }), 422);
  const fresh = listing.write(text, { ...(row === undefined ? {} : { key: row.key }), values });
  await save(c, place, file, fresh);
  const kept = savedRow(listing, fresh, values);
  const remarks = easyRemarks(listing.columns, values);
  return c.redirect(
    remarks.length > 0 && kept !== undefined
      ? `/admin/${file}/rows/${kept.key}?saved=yes`
      : `/admin/${file}?saved=yes`,
    303,
  );
}

async function remove(c: AdminContext, place: AdminPlace): Promise<Response> {
  const entry = await entryOf(c, place);
  const { file, listing, text, row } = entry;
  if (row === undefined) return lost(c, place, entry, {});
  await save(c, place, file, listing.write(text, { key: row.key }));
  return c.redirect(`/admin/${file}?saved=yes`, 303);
}

function savedRow(listing: Listing, text: string, values: Values): Row | undefined {
  return listing.rows(text)?.find((row) => listing.idOf(row.values) === listing.idOf(values));
}
