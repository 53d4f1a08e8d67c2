import {
  closeWebSession,
  createWebLink,
  openWebSession,
  readWebSession,
  type Sql,
  type WebSession,
} from '@madoguchi/store';
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';

const hours = 8;

/** A part of the portal that opens by a one-time link, e.g. the helpdesk. */
export interface LinkPlace {
  /** A link of one scope opens no other. */
  readonly scope: string;
  readonly cookie: string;
  /** Where the cookie goes. */
  readonly path: string;
  /** Where the link leads, with the token in its query. */
  readonly enter: string;
}

/** Path of a one-time link that lets somebody in. `subject`: an account, never a name. */
export async function createLink(sql: Sql, place: LinkPlace, subject: string, now: Date): Promise<string> {
  return `${place.enter}?token=${await createWebLink(sql, { scope: place.scope, subject, now })}`;
}

/** The sessions of one place. `origin`: the portal's public one; behind a proxy the request itself does not tell that it came by https. */
export function linkSessions(
  { scope, cookie, path }: LinkPlace,
  { sql, clock, origin }: { sql: Sql; clock: () => Date; origin: string | undefined },
) {
  const options = (c: Context) =>
    ({
      httpOnly: true,
      sameSite: 'Strict',
      secure: (origin ?? c.req.url).startsWith('https:'),
      path,
    }) as const;
  return {
    /** Uses the link up; false where it opens nothing. */
    async enter(c: Context): Promise<boolean> {
      const token = c.req.query('token') ?? '';
      const session = await openWebSession(sql, { scope, token, now: clock(), hours });
      if (session === undefined) return false;
      setCookie(c, cookie, session, { ...options(c), maxAge: hours * 3600 });
      return true;
    },
    /** Whose browser this is. */
    read(c: Context): Promise<WebSession | undefined> {
      return readWebSession(sql, { scope, token: getCookie(c, cookie), now: clock() });
    },
    async leave(c: Context): Promise<void> {
      await closeWebSession(sql, scope, getCookie(c, cookie) ?? '');
      deleteCookie(c, cookie, options(c));
    },
  };
}
