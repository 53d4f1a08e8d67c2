import { randomBytes } from 'node:crypto';
import type { HttpBindings } from '@hono/node-server';
import { defaultPreferences, Page, type Preferences, registers, styleSheet } from '@madoguchi/ui';
import { type Context, Hono } from 'hono';
import { w } from '../client-words.js';
import { acceptRequest } from './accept.js';
import { acceptJob } from './desk/accept-job.js';
import type { DeskJobs } from './desk/desk-job.js';
import { type Home, returnAddress } from './home/visits.js';
import { hostIsExact, isOwnUser, isTopLevel, readBody } from './http-guard.js';
import { acceptLogin } from './login/accept-login.js';
import type { Logins } from './login/login-session.js';
import { siteName } from './pages/layout.js';
import { TroubleRows, troubleTitles } from './pages/trouble-page.js';
import { readForm } from './posted-form.js';
import type { Sessions } from './sessions.js';
import { type Trouble, trouble } from './trouble.js';
import { agentVersion } from './version.js';

type Env = { Bindings: HttpBindings };

interface EntranceOptions {
  sessions: Sessions;
  logins: Logins;
  desks: DeskJobs;
  home: Home;
  portals: readonly string[];
  /** Origins of counters that may hand card work over. */
  counters: readonly string[];
  agencyAnchors: readonly Uint8Array[];
  demo: boolean;
  clock: () => Date;
  port: () => number;
  uiPort: () => number;
  checkPeer: boolean;
}

type Entrance = EntranceOptions & { readonly uploads: Uploads };

const maxUploads = 4;
/** Most octets of one signature's hand-over: request, definition and attachments together. */
const signingBody = { limit: 64 * 1024 * 1024, tooLarge: trouble('too-large', { limit: '64 MB' }) };
/** Everything else hands over its request and nothing more. */
const smallBody = { limit: 256 * 1024, tooLarge: trouble('form-broken') };

/**
 * Port 24787: the known door. It answers `/status`, `/sign`, `/login` and, on a counter's desk, `/counter`, and never asks for a PIN: what it accepts continues on a
 * page of this start that no site can name.
 */
export function entranceApp(options: EntranceOptions): Hono<Env> {
  const app = new Hono<Env>();
  const entrance = { ...options, uploads: new Uploads() };

  app.use(async (c, next) => {
    const { incoming } = c.env;
    if (!hostIsExact(incoming, options.port()))
      return plain(c, 'This address belongs to the signing agent.\n', 421);
    if (options.checkPeer && !(await isOwnUser(incoming))) return refusal(c, trouble('other-user'), 403);
    await next();
    return undefined;
  });

  app.get('/status', (c) => {
    // A person who follows a link, not a program that asks: they get the check in words.
    if (c.env.incoming.headers['sec-fetch-dest'] === 'document') {
      return goOn(c, entrance, options.home.visit().path);
    }
    c.header('Content-Type', 'application/json');
    return secured(c, JSON.stringify({ name: 'madoguchi-agent', version: agentVersion, state: 'ready' }));
  });

  app.post('/status', (c) => check(c, entrance));
  app.post('/sign', (c) => sign(c, entrance));
  app.post('/login', (c) => login(c, entrance));
  app.post('/counter', (c) => counterWork(c, entrance));
  app.all('/sign', (c) => refusal(c, trouble('form-broken'), 405));
  app.all('/login', (c) => refusal(c, trouble('form-broken'), 405));
  app.all('/counter', (c) => refusal(c, trouble('form-broken'), 405));
  app.notFound((c) => plain(c, 'The signing agent answers /status, /sign, /login and /counter only.\n', 404));
  app.onError((_, c) => refusal(c, trouble('defect'), 500));
  return app;
}

/** Bodies that are read at the same time: each may be large. */
class Uploads {
  #count = 0;

  /** What `read` gives; undefined when as many are read already as may be. */
  async one<T>(read: () => Promise<T>): Promise<{ body: T } | undefined> {
    if (this.#count >= maxUploads) return undefined;
    this.#count += 1;
    try {
      return { body: await read() };
    } finally {
      this.#count -= 1;
    }
  }
}

/** What a page posted, with the browser's word on where it came from; or why it is refused before it is looked at. */
async function handedOver(
  c: Context<Env>,
  { uploads, agencyAnchors, demo, clock }: Entrance,
  { limit, tooLarge }: { limit: number; tooLarge: Trouble },
) {
  const { incoming } = c.env;
  const { origin } = incoming.headers;
  // The body is read before any answer, so that the browser hears why.
  const read = await uploads.one(() => readBody(incoming, limit).catch(() => undefined));
  if (read === undefined) return refusal(c, trouble('busy'), 503);
  if (!isTopLevel(incoming)) return refusal(c, trouble('framed'), 403);
  if (origin === undefined || origin === 'null') return refusal(c, trouble('origin-missing'), 403);
  const { body } = read;
  if (body === undefined) return refusal(c, tooLarge, 413);
  return {
    contentType: incoming.headers['content-type'],
    ...{ body, origin, agencyAnchors, demo },
    now: clock(),
  };
}

/** A portal's page asks for the check and may be told green or red afterwards; an origin that is not on the list may not. */
async function check(c: Context<Env>, entrance: Entrance): Promise<Response> {
  const handed = await handedOver(c, entrance, smallBody);
  if (handed instanceof Response) return handed;
  const { contentType, body, origin } = handed;
  const form = readForm(contentType, body);
  const back = form?.field('return');
  if (form === undefined || back === undefined) return refusal(c, trouble('form-broken'), 403);
  const { portals, demo } = entrance;
  const returnTo = returnAddress(back, origin, { portals, demo });
  if (returnTo === undefined)
    return refusal(c, trouble('portal-unknown', { origin: origin.slice(0, 255) }), 403);
  const visit = entrance.home.visit(returnTo);
  visit.preferences = preferencesOf(form.field('lang'));
  return goOn(c, entrance, visit.path, origin);
}

async function sign(c: Context<Env>, entrance: Entrance): Promise<Response> {
  const handed = await handedOver(c, entrance, signingBody);
  if (handed instanceof Response) return handed;
  const accepted = acceptRequest(handed);
  if (!accepted.ok) return refusal(c, accepted.trouble, 403, accepted);
  const { request, lang } = accepted;
  return begin(c, entrance, { ...request.claims, lang }, entrance.sessions.open(request));
}

async function login(c: Context<Env>, entrance: Entrance): Promise<Response> {
  const handed = await handedOver(c, entrance, smallBody);
  if (handed instanceof Response) return handed;
  const accepted = acceptLogin(handed);
  if (!accepted.ok) return refusal(c, accepted.trouble, 403, accepted);
  const { request, lang } = accepted;
  return begin(c, entrance, { ...request.claims, lang }, entrance.logins.open(request));
}

/** Card work at a counter: from the counters that this computer works for, and from no other page. */
async function counterWork(c: Context<Env>, entrance: Entrance): Promise<Response> {
  const handed = await handedOver(c, entrance, smallBody);
  if (handed instanceof Response) return handed;
  const accepted = acceptJob({ ...handed, counters: entrance.counters });
  if (!accepted.ok) return refusal(c, accepted.trouble, 403, accepted);
  const { job, lang } = accepted;
  return begin(c, entrance, { ...job.claims, lang }, entrance.desks.open(job));
}

/** The way on to what was accepted; `opened` is undefined where too many wait already. */
function begin(
  c: Context<Env>,
  entrance: Entrance,
  { origin, lang }: { origin: string; lang: string | undefined },
  opened: { readonly path: string; preferences: Preferences } | undefined,
): Response | Promise<Response> {
  if (opened === undefined) return refusal(c, trouble('busy'), 503, { tell: origin });
  opened.preferences = preferencesOf(lang);
  return goOn(c, entrance, opened.path, origin);
}

/** To a page of this start; `origin` is the page that handed over, and hears that the agent is there. */
function goOn(c: Context<Env>, { uiPort }: Entrance, path: string, origin?: string): Response {
  return handOver(c, origin, `http://127.0.0.1:${uiPort()}/${path}`);
}

function preferencesOf(lang: string | undefined): Preferences {
  const register = registers.find((one) => one === lang) ?? defaultPreferences.register;
  return { ...defaultPreferences, register, furigana: register === 'jaEasy' };
}

function secured(c: Context, body: string, status = 200, sources = "default-src 'none'"): Response {
  c.header(
    'Content-Security-Policy',
    `${sources}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  );
  c.header('X-Content-Type-Options', 'nosniff');
  c.header('X-Frame-Options', 'DENY');
  c.header('Referrer-Policy', 'same-origin');
  c.header('Cross-Origin-Resource-Policy', 'same-origin');
  c.header('Cache-Control', 'no-store');
  return c.body(body, status as 200);
}

function plain(c: Context, text: string, status: number): Response {
  c.header('Content-Type', 'text/plain; charset=utf-8');
  return secured(c, text, status);
}

function js(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}

/** The word to the page that opened us: to its origin only, and nothing but that we are there. */
function tellOpener(state: 'here' | 'refused', origin: string): string {
  const message = { type: 'madoguchi-agent', state, version: agentVersion };
  return `if (window.opener) window.opener.postMessage(${js(message)}, ${js(origin)});`;
}

const opening = w(
  '署名クライアントを開いています…',
  '{署名|しょめい}クライアントを ひらいて います…',
  'Opening the signing agent …',
);

/**
 * The first page. It has no COOP, so it can tell its opener "here" (to the request's origin only); then it replaces itself by the page of this start,
 * which has COOP and an address nobody can guess: neither the opener nor a service worker left on this port reaches that one.
 */
function handOver(c: Context, origin: string | undefined, address: string): Response {
  const nonce = randomBytes(16).toString('base64');
  c.header('Content-Type', 'text/html; charset=utf-8');
  return secured(
    c,
    `<!DOCTYPE html>
<html lang="ja"><head><meta charset="utf-8"><title>署名クライアント</title>
<noscript><meta http-equiv="refresh" content="0;url=${address}"></noscript>
<script nonce="${nonce}">
${origin === undefined ? '' : tellOpener('here', origin)}
location.replace(${js(address)});
</script></head>
<body><p>${opening.ja}<br><a href="${address}">${opening.en}</a></p></body></html>
`,
    200,
    `default-src 'none'; script-src 'nonce-${nonce}'`,
  );
}

const css = styleSheet();

/**
 * A refusal before anything is shown or asked. It stands on the known port, so it carries its look with it and no link or form. A genuine page
 * (`tell`: its origin) hears that the agent is there; any other hears nothing.
 */
async function refusal(
  c: Context,
  found: Trouble,
  status: number,
  { tell, lang }: { tell?: string; lang?: string } = {},
): Promise<Response> {
  const nonce = randomBytes(16).toString('base64');
  const page = (
    <Page
      title={troubleTitles.title}
      prefs={preferencesOf(lang)}
      siteName={siteName}
      path="/sign"
      switches="none"
      script={false}
    >
      <TroubleRows trouble={found} />
    </Page>
  );
  const html = String(await page)
    .replaceAll(/<link[^>]*>/g, '')
    .replace(
      '</head>',
      () =>
        `<style nonce="${nonce}">${css}</style>${tell === undefined ? '' : `<script nonce="${nonce}">${tellOpener('refused', tell)}</script>`}</head>`,
    );
  c.header('Content-Type', 'text/html; charset=utf-8');
  const sources = `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'`;
  return secured(c, html, status, sources);
}
