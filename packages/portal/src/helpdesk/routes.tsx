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
export function helpdeskRoutes(options: HelpdeskOptions): Hono<HelpdeskEnv> {
  const { clock, origin } = options;
  const app = new Hono<HelpdeskEnv>();
  const ownForms = sameOriginPosts(origin === undefined ? {} : { origins: [origin] });
  const atMost = (maxSize: number) => bodyLimit({ maxSize, onError: () => fail(413) });
  app.use('/help/contact', atMost(reportLimit + 64 * 1024), ownForms);
  app.use('/help/tickets', atMost(16 * 1024), ownForms);
  app.use('/helpdesk/*', atMost(64 * 1024), ownForms);
  for (const path of ['/help/contact', '/help/tickets', '/helpdesk', '/helpdesk/*'])
    app.use(path, async (c, next) => {
      await next();
      c.header('Cache-Control', 'no-store');
    });
  // The whole desk together: who sits behind a proxy has no address of their own, and a helpdesk reads no hundred questions a minute.
  const questions = perMinute(60, clock);
  const looks = perMinute(120, clock);
  app.get('/help/contact', (c) => c.html(<ContactPage view={options.view(c)} once={newOnce()} />));
  app.post('/help/contact', (c) => takeQuestion(c, options, questions));
  app.get('/help/tickets', (c) => askTicket(c, options));
  app.post('/help/tickets', (c) => showTicket(c, options, looks));
  const sessions = linkSessions(place, options);
  app.get('/helpdesk/enter', (c) => enterDesk(c, options, sessions));
  for (const path of ['/helpdesk', '/helpdesk/*'])
    app.use(path, async (c, next) => {
      const session = await sessions.read(c);
      if (session === undefined) return c.html(<DeskEntryPage view={options.view(c)} used={false} />, 401);
      c.set('session', session);
      return next();
    });
  app.get('/helpdesk', (c) => showQueue(c, options));
  app.post('/helpdesk/leave', async (c) => {
    await sessions.leave(c);
    return c.redirect('/', 303);
  });
  app.get('/helpdesk/classes', (c) => showSeats(c, options));
  app.get('/helpdesk/:number', (c) => showDeskTicket(c, options));
  app.post('/helpdesk/:number', (c) => actOnDesk(c, options));
  return app;
}

type HelpdeskEnv = { Variables: { session: WebSession } };

function fail(status: 403 | 413 | 429): never {
  throw new HTTPException(status);
}

/** Of one contact form: posted twice, it is one ticket. */
const newOnce = () => randomBytes(18).toString('base64url');

async function takeQuestion(
  c: Context,
  { sql, clock, view }: HelpdeskOptions,
  mayAsk: () => boolean,
): Promise<Response> {
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
  if (!mayAsk()) fail(429);
  const { number, code } = await openTicket(sql, read.asked, once, clock());
  return c.html(<SentPage view={page} number={number} code={code} />, code === undefined ? 200 : 201);
}

function askTicket(c: Context, { view }: HelpdeskOptions) {
  return c.html(<LookPage view={view(c)} number={(c.req.query('number') ?? '').slice(0, 20)} />);
}

/** A ticket to who has its number and its code. */
async function showTicket(
  c: Context,
  { sql, view }: HelpdeskOptions,
  mayLook: () => boolean,
): Promise<Response> {
  if (!mayLook()) fail(429);
  const { number, code } = await c.req.parseBody();
  const text = (value: unknown) => (typeof value === 'string' ? value.slice(0, 40) : '');
  const ticket = await ticketOfSender(sql, text(number), text(code));
  if (ticket !== undefined) return c.html(<TicketPage view={view(c)} ticket={ticket} />);
  const errors = [{ field: 'number', message: contactTexts.lookFault }];
  return c.html(<LookPage view={view(c)} number={text(number)} errors={errors} />, 422);
}

async function enterDesk(
  c: Context,
  { view }: HelpdeskOptions,
  sessions: ReturnType<typeof linkSessions>,
): Promise<Response> {
  c.header('Referrer-Policy', 'no-referrer');
  if (isLoadedAhead(c)) return c.body(null, 503);
  if (await sessions.enter(c)) return c.redirect('/helpdesk', 303);
  return c.html(<DeskEntryPage view={view(c)} used />, 403);
}

async function showQueue(c: Context, { sql, view }: HelpdeskOptions): Promise<Response> {
  const tickets = await listTickets(sql);
  return c.html(<QueuePage view={view(c)} tickets={tickets} all={c.req.query('all') === 'yes'} />);
}

/** Who has a seat in the classes to come. */
async function showSeats(c: Context, { sql, clock, view }: HelpdeskOptions): Promise<Response> {
  const next = upcoming(view(c).content.classes, clock());
  const lists = await Promise.all(next.map(async (one) => ({ one, bookings: await listSeats(sql, one) })));
  return c.html(<SeatsPage view={view(c)} lists={lists} />);
}

async function showDeskTicket(c: Context<HelpdeskEnv>, { sql, view }: HelpdeskOptions): Promise<Response> {
  const ticket = await findTicket(sql, c.req.param('number') ?? '');
  if (ticket === undefined) return c.notFound();
  return c.html(<DeskTicketPage view={view(c)} ticket={ticket} csrf={c.get('session').csrf} />);
}

/** A helper answers, notes, takes, closes. */
async function actOnDesk(c: Context<HelpdeskEnv>, { sql, clock, view }: HelpdeskOptions): Promise<Response> {
  const number = c.req.param('number') ?? '';
  const posted = await c.req.parseBody();
  const { csrf, subject: helper } = c.get('session');
  if (!carriesCsrf(c.get('session'), posted.csrf)) fail(403);
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
    return c.html(<DeskTicketPage view={view(c)} {...{ ticket, csrf, errors, typed }} />, 422);
  }
  await actOnTicket(sql, number, { helper, kind, ...(text === '' ? {} : { text }) }, clock());
  return c.redirect(`/helpdesk/${number}`, 303);
}
