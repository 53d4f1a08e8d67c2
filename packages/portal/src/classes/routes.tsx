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
export function classRoutes({ sql, clock, view, origin }: ClassesOptions): Hono {
  const app = new Hono();
  const allowed = perMinute(60, clock);
  const limited = () => {
    if (!allowed()) throw new HTTPException(429);
  };
  const noSize = () => {
    throw new HTTPException(413);
  };
  app.use('/classes/*', bodyLimit({ maxSize: 16 * 1024, onError: noSize }), (c, next) =>
    sameOriginPosts({ origins: [origin(c)] })(c, next),
  );
  const next = (c: Context) => upcoming(view(c).content.classes, clock());
  const offered = async (list: readonly ClassDate[]): Promise<Offered[]> => {
    // Without the database the classes still stand; seats are asked for by telephone.
    const taken = sql === undefined ? undefined : await takenSeats(sql, list).catch(() => undefined);
    return list.map((one) => ({ one, left: taken && one.seats - (taken.get(one.id) ?? 0) }));
  };
  const ics = (c: Context, list: readonly ClassDate[]) =>
    c.body(calendar(list, origin(c), clock()), 200, {
      'Content-Type': 'text/calendar; charset=utf-8',
      'Content-Disposition': 'attachment; filename="classes.ics"',
    });

  app.get('/classes', async (c) => {
    const prefecture = c.req.query('pref') ?? '';
    return c.html(<ClassesPage view={view(c)} offered={await offered(next(c))} prefecture={prefecture} />);
  });
  app.get('/classes.ics', (c) => ics(c, next(c)));

  if (sql !== undefined) {
    app.get('/classes/cancel', (c) => c.html(<CancelPage view={view(c)} done={false} />));
    app.post('/classes/cancel', async (c) => {
      limited();
      const { code } = await c.req.parseBody();
      const given = await cancelSeats(sql, typeof code === 'string' ? code.slice(0, 40) : '');
      if (given !== undefined) return c.html(<CancelPage view={view(c)} done />);
      return c.html(
        <CancelPage view={view(c)} errors={[{ field: 'code', message: faults.code }]} done={false} />,
        422,
      );
    });
  }

  app.get('/classes/:id', async (c) => {
    const [, id = '', file] = /^(.*?)(\.ics)?$/.exec(c.req.param('id')) ?? [];
    const one = next(c).find((each) => each.id === id);
    if (one === undefined) return c.notFound();
    if (file !== undefined) return ics(c, [one]);
    const [item] = await offered([one]);
    if (item === undefined) return c.notFound();
    return c.html(<ClassPage view={view(c)} item={item} once={randomBytes(18).toString('base64url')} />);
  });

  if (sql === undefined) return app;
  app.post('/classes/:id', async (c) => {
    limited();
    const one = next(c).find(({ id }) => id === c.req.param('id'));
    if (one === undefined) return c.notFound();
    const posted: Record<string, unknown> = await c.req.parseBody();
    const text = (name: string) => (typeof posted[name] === 'string' ? posted[name].slice(0, 200) : '');
    const once = /^[\w-]{10,40}$/.test(text('once')) ? text('once') : randomBytes(18).toString('base64url');
    const read = readBooking(posted);
    const taken = read.ok ? await takeSeats(sql, one, read.booking, once, clock()) : undefined;
    if (read.ok && taken?.ok === true) {
      const page = <BookedPage view={view(c)} one={one} code={taken.code} />;
      return c.html(page, taken.code === undefined ? 200 : 201);
    }
    const errors = !read.ok ? read.errors : [tooFewSeats(taken?.ok === false ? taken.left : 0)];
    const typed = { name: text('name'), people: text('people'), telephone: text('telephone') };
    const [item] = await offered([one]);
    if (item === undefined) return c.notFound();
    return c.html(<ClassPage view={view(c)} {...{ item, once, errors, typed }} />, 422);
  });
  return app;
}
