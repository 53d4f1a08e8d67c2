import { paced, type Rate } from '@madoguchi/ui';
import type { Context, Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { refuse } from '../tsa/authority.js';

/** What one client address may do; each has a default. This machine itself is not made to wait. */
export interface CaLimits {
  /** Logins begun at the counter, and what cards ask online: renewals, tokens, revocations (default 120 a minute). */
  readonly requests?: Rate;
  /** Time stamps (default 600 a minute: an agency's archive asks for many). */
  readonly timeStamps?: Rate;
  /** Reverse proxies of our own before this service (default 0): how many entries of X-Forwarded-For are to be believed. */
  readonly proxies?: number;
}

/** Begun without a session, and each costs a signature of the office. */
const pages = ['/counter/login/start', '/counter/card/login/start'] as const;
/** From programs without a session, and each costs verifying a CMS. */
const programs = ['/renewal/*', '/tokens/*', '/revocation/*'] as const;
/** First part of a rule's name, by the first part of the path. */
const rooms: Readonly<Record<string, string>> = { tokens: 'token' };

/** Paces what anybody may ask for and what costs a signature or its verification. OCSP is not here: its answers are those of many relying parties behind one address. */
export function paceRoutes(app: Hono, { requests, timeStamps, proxies = 0 }: CaLimits = {}): void {
  const page = () => {
    throw new HTTPException(429);
  };
  const program = (c: Context) => {
    const [, place = ''] = c.req.path.split('/');
    return c.json({ rule: `${rooms[place] ?? place}.rate`, words: wait }, 429);
  };
  const perAddress = requests ?? { perMinute: 120 };
  const ofPages = paced(perAddress, proxies, page);
  const ofPrograms = paced(perAddress, proxies, program);
  for (const path of pages) app.use(path, ofPages);
  for (const path of programs) app.use(path, ofPrograms);
  app.use(
    '/tsa',
    paced(timeStamps ?? { perMinute: 600 }, proxies, (c) => {
      const { der } = refuse('systemFailure', 'too many requests from one address; try later');
      c.header('Content-Type', 'application/timestamp-reply');
      c.header('Cache-Control', 'no-store');
      return c.body(Uint8Array.from(der), 429);
    }),
  );
}

const wait = {
  ja: 'この回線からの申請が多すぎます。1分ほど待って、もう一度行ってください。',
  jaEasy: 'すこし まってから、もう{一度|いちど} して ください。',
  en: 'Too many requests from this address. Wait a minute and try again.',
};
