import { randomBytes } from 'node:crypto';
import type { Sql } from '@madoguchi/store';
import { sameOriginPosts } from '@madoguchi/ui';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { HTTPException } from 'hono/http-exception';
import type { View } from '../frame.js';
import { perMinute } from '../helpdesk/per-minute.js';
import { readBooking, tooFewSeats } from './booking.js';
import { calendar } from './calendar.js';
import { type ClassDate, upcoming } from './class-list.js';
import { BookedPage, CancelPage, ClassesPage, ClassPage, type Offered } from './pages.js';
import { cancelSeats, takenSeats, takeSeats } from './seats.js';
import { faults } from './words.js';

export interface ClassesOptions {
  /** Without a database the classes are shown, and seats are asked for by telephone. */
  sql: Sql | undefined;
  clock: () => Date;
  view: (c: Context) => View;
  /** The portal's own address, for the calendar. */
  origin: (c: Context) => string;
}

/** `/classes`: the list, the calendar, a seat taken and given back. Works without a script. */
export function classRoutes(options: ClassesOptions): Hono {
  const { sql, clock, origin } = options;
  const app = new Hono();
  const noSize = () => {
    throw new HTTPException(413);
  };
  app.use('/classes/*', bodyLimit({ maxSize: 16 * 1024, onError: noSize }), (c, next) =>
    sameOriginPosts({ origins: [origin(c)] })(c, next),
  );
  app.get('/classes', (c) => showList(c, options));
  app.get('/classes.ics', (c) => handOutCalendar(c, options, next(c, options)));
  if (sql !== undefined) {
    const allowed = perMinute(60, clock);
    app.post('/classes/:id', (_, next) => {
      if (!allowed()) throw new HTTPException(429);
      return next();
    });
    app.get('/classes/cancel', (c) => c.html(<CancelPage view={options.view(c)} done={false} />));
    app.post('/classes/cancel', (c) => giveBack(c, options, sql));
    app.post('/classes/:id', (c) => book(c, options, sql));
  }
  app.get('/classes/:id', (c) => showClass(c, options));
  return app;
}

function next(c: Context, { view, clock }: ClassesOptions): readonly ClassDate[] {
  return upcoming(view(c).content.classes, clock());
}

/** With the seats that are left. Without the database the classes still stand; seats are asked for by telephone. */
async function offered(list: readonly ClassDate[], { sql }: ClassesOptions): Promise<Offered[]> {
  const taken = sql === undefined ? undefined : await takenSeats(sql, list).catch(() => undefined);
  return list.map((one) => ({ one, left: taken && one.seats - (taken.get(one.id) ?? 0) }));
}

async function showList(c: Context, options: ClassesOptions): Promise<Response> {
  const list = await offered(next(c, options), options);
  const prefecture = c.req.query('pref') ?? '';
  return c.html(<ClassesPage view={options.view(c)} offered={list} prefecture={prefecture} />);
}

function handOutCalendar(
  c: Context,
  { origin, clock }: ClassesOptions,
  list: readonly ClassDate[],
): Response {
  return c.body(calendar(list, origin(c), clock()), 200, {
    'Content-Type': 'text/calendar; charset=utf-8',
    'Content-Disposition': 'attachment; filename="classes.ics"',
  });
}

async function showClass(c: Context, options: ClassesOptions): Promise<Response> {
  const [, id = '', file] = /^(.*?)(\.ics)?$/.exec(c.req.param('id') ?? '') ?? [];
  const one = next(c, options).find((each) => each.id === id);
  if (one === undefined) return c.notFound();
  if (file !== undefined) return handOutCalendar(c, options, [one]);
  const [item] = await offered([one], options);
  if (item === undefined) return c.notFound();
  return c.html(<ClassPage view={options.view(c)} item={item} once={newOnce()} />);
}

async function giveBack(c: Context, { view }: ClassesOptions, sql: Sql): Promise<Response> {
  const { code } = await c.req.parseBody();
  const given = await cancelSeats(sql, typeof code === 'string' ? code.slice(0, 40) : '');
  if (given !== undefined) return c.html(<CancelPage view={view(c)} done />);
  const errors = [{ field: 'code', message: faults.code }];
  return c.html(<CancelPage view={view(c)} errors={errors} done={false} />, 422);
}

/** A booking; sent twice (`once`), its seats are taken once. */
async function book(c: Context, options: ClassesOptions, sql: Sql): Promise<Response> {
  const { view, clock } = options;
  const one = next(c, options).find(({ id }) => id === c.req.param('id'));
  if (one === undefined) return c.notFound();
  const posted: Record<string, unknown> = await c.req.parseBody();
  const text = (name: string) => (typeof posted[name] === 'string' ? posted[name].slice(0, 200) : '');
  const once = /^[\w-]{10,40}$/.test(text('once')) ? text('once') : newOnce();
  const read = readBooking(posted);
  const taken = read.ok ? await takeSeats(sql, one, read.booking, once, clock()) : undefined;
  if (read.ok && taken?.ok === true) {
    const page = <BookedPage view={view(c)} one={one} code={taken.code} />;
    return c.html(page, taken.code === undefined ? 200 : 201);
  }
  const errors = !read.ok ? read.errors : [tooFewSeats(taken?.ok === false ? taken.left : 0)];
  const typed = { name: text('name'), people: text('people'), telephone: text('telephone') };
  const [item] = await offered([one], options);
  if (item === undefined) return c.notFound();
  return c.html(<ClassPage view={view(c)} {...{ item, once, errors, typed }} />, 422);
}

function newOnce(): string {
  return randomBytes(18).toString('base64url');
}
