import type { HttpBindings } from '@hono/node-server';
import { preferencesQuery, readPreferences } from '@madoguchi/ui';
import type { Context, MiddlewareHandler } from 'hono';
import type { CardChannel } from '../channel.js';
import type { DeskJobs } from './desk/desk-job.js';
import type { Authorities } from './files/authorities.js';
import type { FilesJobs } from './files/files-job.js';
import type { Home } from './home/visits.js';
import { isFromOwnPage, isOwnScript, isTopLevel } from './http-guard.js';
import type { Logins } from './login/login-session.js';
import type { OneJob } from './one-job.js';
import type { AgentLook } from './pages/layout.js';
import type { RenewalJob } from './renewal/renewal-job.js';
import type { Sessions } from './sessions.js';
import type { SigningContext } from './sign-and-send.js';
import type { TokenJob } from './tokens/token-job.js';
import type { TokenFolder } from './tokens/token-place.js';

/** What every page on the port of this start is made from. */
export interface RoomOptions extends SigningContext {
  sessions: Sessions;
  logins: Logins;
  desks: DeskJobs;
  home: Home;
  files: FilesJobs;
  renewals: OneJob<RenewalJob>;
  tokenJobs: OneJob<TokenJob>;
  /** Where images that stand for smartphones are kept; undefined: smartphones are not offered. */
  phones: TokenFolder | undefined;
  authorities: Authorities;
  channels: () => Promise<CardChannel[]>;
  /** The same for a page that only looks: a reader on whose keys somebody types says so instead of letting it wait. */
  look: () => Promise<CardChannel[]>;
  /** Cards only for logins at this origin. */
  loginCards: (origin: string) => readonly CardChannel[];
  phrase: string;
  yesDelayMs: number | undefined;
  port: () => number;
  entrancePort: () => number;
  checkPeer: boolean;
}

export type RoomBindings = HttpBindings;

const foreignForm = `この入力は署名クライアントのページから送られたものではないため、受け付けませんでした。カードには触れていません。
This form was not sent from the page of the signing agent. It was refused, and the card was not touched.
`;

/** What a page here may be asked by: itself, or the address line. Never another page's form, frame or script. */
export function pageGuard(options: RoomOptions): MiddlewareHandler<{ Bindings: RoomBindings }> {
  return async (c, next) => {
    const { incoming } = c.env;
    if (c.req.method === 'POST') {
      if (!isFromOwnPage(incoming, options.port())) return c.text(foreignForm, 403);
    } else if (!isTopLevel(incoming) && !isOwnScript(incoming))
      return c.text('Not inside another page.\n', 403);
    return next();
  };
}

/** How the pages of `path` look for this reader: the agent keeps no cookies, the address carries the choice. */
export function lookOf(c: Context, options: RoomOptions, path: string): AgentLook {
  return {
    prefs: readPreferences(c, { cookie: false }),
    path,
    phrase: options.phrase,
    demo: options.demo,
  };
}

/** `/path?lang=…`, with the choice this request carried. */
export function pathFor(c: Context, path: string): string {
  return `/${path}?${preferencesQuery(readPreferences(c, { cookie: false }))}`;
}

/** The largest form a page here sends. */
export const maxFormBytes = 4096;

/** Content-Security-Policy of the page whose form leads back to the site that asked, and to no other. */
export function returnPolicy(origin: string): string {
  const sources = "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'";
  return `${sources}; base-uri 'none'; form-action ${origin}; frame-ancestors 'none'`;
}
