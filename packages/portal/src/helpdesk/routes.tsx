import { randomBytes } from 'node:crypto';
import { carriesCsrf, type Migrations, type Sql, type WebSession } from '@madoguchi/store';
import { isLoadedAhead, sameOriginPosts } from '@madoguchi/ui';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { HTTPException } from 'hono/http-exception';
import { upcoming } from '../classes/class-list.js';
import { SeatsPage } from '../classes/pages.js';
import { listSeats } from '../classes/seats.js';
import type { View } from '../frame.js';
import { createLink, type LinkPlace, linkSessions } from '../link-sessions.js';
import { ContactPage, LookPage, SentPage, TicketPage } from './contact-pages.js';
import { DeskEntryPage, DeskTicketPage, QueuePage } from './desk-pages.js';
import { perMinute } from './per-minute.js';
import { readQuestion, tidyText } from './question.js';
import { reportLimit } from './report.js';
import { actOnTicket, findTicket, listTickets, openTicket, ticketOfSender } from './tickets.js';
import { contactTexts, deskTexts } from './words.js';

/** The portal's tables: pass to `migrate`. */
export const portalMigrations: Migrations = {
  schema: 'portal',
  folder: new URL('../../migrations/', import.meta.url),
};

const place: LinkPlace = {
  scope: 'portal.helpdesk',
  cookie: 'mado_helpdesk',
  path: '/helpdesk',
  enter: '/helpdesk/enter',
};
const kinds = ['taken', 'reply', 'note', 'called', 'closed', 'reopened'] as const;

export interface HelpdeskOptions {
  sql: Sql;
  clock: () => Date;
  view: (c: Context) => View;
  /** The portal's public origin, where it is known. */
  origin: string | undefined;
}

/** Path of a one-time link that lets a helper in. `helper`: an account, never a name. */
export async function createHelpdeskLink(sql: Sql, helper: string, now: Date): Promise<string> {
  return createLink(sql, place, helper, now);
}

/** The citizens' side, `/help/contact` and `/help/tickets`, and the helpers' desk, `/helpdesk`. Works without a script. */
export function helpdeskRoutes({
  sql,
  clock,
  view,
  origin,
}: HelpdeskOptions): Hono<{ Variables: { session: WebSession } }> {
  const sessions = linkSessions(place, { sql, clock, origin });
  const ownForms = sameOriginPosts(origin === undefined ? {} : { origins: [origin] });
  const app = new Hono<{ Variables: { session: WebSession } }>();
  const tooMany = () => {
    throw new HTTPException(429);
  };
  // The whole desk together: who sits behind a proxy has no address of their own, and a helpdesk reads no hundred questions a minute.
  const questions = perMinute(60, clock);
  const looks = perMinute(120, clock);
  const noSize = () => {
    throw new HTTPException(413);
  };
  app.use('/help/contact', bodyLimit({ maxSize: reportLimit + 64 * 1024, onError: noSize }), ownForms);
  app.use('/help/tickets', bodyLimit({ maxSize: 16 * 1024, onError: noSize }), ownForms);
  app.use('/helpdesk/*', bodyLimit({ maxSize: 64 * 1024, onError: noSize }), ownForms);
  for (const path of ['/help/contact', '/help/tickets', '/helpdesk', '/helpdesk/*'])
    app.use(path, async (c, next) => {
      await next();
      c.header('Cache-Control', 'no-store');
    });

  const newOnce = () => randomBytes(18).toString('base64url');
  app.get('/help/contact', (c) => c.html(<ContactPage view={view(c)} once={newOnce()} />));
  app.post('/help/contact', async (c) => {
    const posted: Record<string, unknown> = await c.req.parseBody();
    const page = view(c);
    const read = await readQuestion(posted, page.prefs.register);
    const once =
      typeof posted.once === 'string' && /^[\w-]{10,40}$/.test(posted.once) ? posted.once : newOnce();
    if (!read.ok) {
      const typed = Object.fromEntries(
        Object.entries(posted).map(([name, value]) => [name, typeof value === 'string' ? value : undefined]),
      );
      return c.html(<ContactPage view={page} errors={read.errors} typed={typed} once={once} />, 422);
    }
    if (!questions()) tooMany();
    const { number, code } = await openTicket(sql, read.asked, once, clock());
    return c.html(<SentPage view={page} number={number} code={code} />, code === undefined ? 200 : 201);
  });

  app.get('/help/tickets', (c) =>
    c.html(<LookPage view={view(c)} number={(c.req.query('number') ?? '').slice(0, 20)} />),
  );
  app.post('/help/tickets', async (c) => {
    if (!looks()) tooMany();
    const { number, code } = await c.req.parseBody();
    const text = (value: unknown) => (typeof value === 'string' ? value.slice(0, 40) : '');
    const ticket = await ticketOfSender(sql, text(number), text(code));
    if (ticket !== undefined) return c.html(<TicketPage view={view(c)} ticket={ticket} />);
    const errors = [{ field: 'number', message: contactTexts.lookFault }];
    return c.html(<LookPage view={view(c)} number={text(number)} errors={errors} />, 422);
  });

  app.get('/helpdesk/enter', async (c) => {
    c.header('Referrer-Policy', 'no-referrer');
    if (isLoadedAhead(c)) return c.body(null, 503);
    if (await sessions.enter(c)) return c.redirect('/helpdesk', 303);
    return c.html(<DeskEntryPage view={view(c)} used />, 403);
  });

  const inside = async (c: Context<{ Variables: { session: WebSession } }>, next: () => Promise<void>) => {
    const session = await sessions.read(c);
    if (session === undefined) return c.html(<DeskEntryPage view={view(c)} used={false} />, 401);
    c.set('session', session);
    return next();
  };
  app.use('/helpdesk', inside);
  app.use('/helpdesk/*', inside);
  app.get('/helpdesk', async (c) =>
    c.html(<QueuePage view={view(c)} tickets={await listTickets(sql)} all={c.req.query('all') === 'yes'} />),
  );
  app.post('/helpdesk/leave', async (c) => {
    await sessions.leave(c);
    return c.redirect('/', 303);
  });
  app.get('/helpdesk/classes', async (c) => {
    const next = upcoming(view(c).content.classes, clock());
    const lists = await Promise.all(next.map(async (one) => ({ one, bookings: await listSeats(sql, one) })));
    return c.html(<SeatsPage view={view(c)} lists={lists} />);
  });
  app.get('/helpdesk/:number', async (c) => {
    const ticket = await findTicket(sql, c.req.param('number'));
    if (ticket === undefined) return c.notFound();
    return c.html(<DeskTicketPage view={view(c)} ticket={ticket} csrf={c.get('session').csrf} />);
  });
  app.post('/helpdesk/:number', async (c) => {
    const number = c.req.param('number');
    const posted = await c.req.parseBody();
    const session = c.get('session');
    if (!carriesCsrf(session, posted.csrf)) throw new HTTPException(403);
    const ticket = await findTicket(sql, number);
    if (ticket === undefined) return c.notFound();
    const kind = kinds.find((one) => one === posted.kind);
    const text = typeof posted.text === 'string' ? tidyText(posted.text).slice(0, 4000) : '';
    const errors = [
      ...(kind === undefined ? [{ field: 'kind', message: deskTexts.actionMissing }] : []),
      ...((kind === 'reply' || kind === 'note') && text === ''
        ? [{ field: 'text', message: deskTexts.textMissing }]
        : []),
    ];
    if (kind === undefined || errors.length > 0) {
      const typed = { text, ...(kind === undefined ? {} : { kind }) };
      const page = (
        <DeskTicketPage view={view(c)} ticket={ticket} csrf={session.csrf} errors={errors} typed={typed} />
      );
      return c.html(page, 422);
    }
    const action = { helper: session.subject, kind, ...(text === '' ? {} : { text }) };
    await actOnTicket(sql, number, action, clock());
    return c.redirect(`/helpdesk/${number}`, 303);
  });
  return app;
}
