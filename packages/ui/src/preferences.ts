import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { type Register, registers } from './words.js';

/** How this reader wants the pages. */
export interface Preferences {
  register: Register;
  furigana: boolean;
  large: boolean;
}

export const defaultPreferences: Preferences = { register: 'ja', furigana: false, large: false };

const cookieName = 'mado_prefs';

/** Furigana not chosen: on in easy Japanese, off elsewhere. */
interface Choice {
  register: Register;
  furigana: boolean | undefined;
  large: boolean;
}

function flag(value: string | undefined, before: boolean | undefined): boolean | undefined {
  if (value === '1') return true;
  return value === '0' ? false : before;
}

function asRegister(value: string | undefined): Register | undefined {
  return registers.find((register) => register === value);
}

/** Cookie text `register.furigana.large`, e.g. `jaEasy.-.1`; anything else reads as no choice. */
function readCookie(text: string | undefined): Choice {
  const [lang, furigana, large] = (text ?? '').split('.');
  return {
    register: asRegister(lang) ?? 'ja',
    furigana: flag(furigana, undefined),
    large: large === '1',
  };
}

function writeCookie({ register, furigana, large }: Choice): string {
  return `${register}.${furigana === undefined ? '-' : Number(furigana)}.${Number(large)}`;
}

/**
 * The reader's choice from `?lang=ja|jaEasy|en`, `?furigana=0|1`, `?large=0|1`, else from the cookie `mado_prefs`, else plain Japanese.
 * A choice made in the query is kept in the cookie for a year; `{ cookie: false }` neither reads nor writes one (the signing agent).
 * Unknown values count as absent.
 */
export function readPreferences(c: Context, options: { cookie?: boolean } = {}): Preferences {
  const cookie = options.cookie ?? true;
  const before = readCookie(cookie ? getCookie(c, cookieName) : undefined);
  const query = (name: string) => c.req.query(name);
  const choice: Choice = {
    register: asRegister(query('lang')) ?? before.register,
    furigana: flag(query('furigana'), before.furigana),
    large: flag(query('large'), before.large) ?? false,
  };
  if (cookie && writeCookie(choice) !== writeCookie(before)) {
    setCookie(c, cookieName, writeCookie(choice), {
      path: '/',
      maxAge: 365 * 24 * 3600,
      sameSite: 'Lax',
      httpOnly: true,
      secure: new URL(c.req.url).protocol === 'https:',
    });
  }
  const furigana = choice.register !== 'en' && (choice.furigana ?? choice.register === 'jaEasy');
  return { register: choice.register, furigana, large: choice.large };
}

/** The preferences as a query, for rooms without cookies: `lang=en&furigana=0&large=1`. */
export function preferencesQuery(preferences: Preferences): string {
  const { register, furigana, large } = preferences;
  return `lang=${register}&furigana=${Number(furigana)}&large=${Number(large)}`;
}

/** The same path with some query parameters set, or taken away where the value is undefined. Never leads to another host. */
export function linkTo(path: string, changes: Record<string, string | undefined>): string {
  const [pathname = '', search = ''] = path.split('#')[0]?.split(/\?(.*)/s) ?? [];
  const query = new URLSearchParams(search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) query.delete(name);
    else query.set(name, value);
  }
  // Two slashes (or a backslash) at the start would name a host.
  const local = pathname.replace(/^[\\/]+/, '/');
  return query.size === 0 ? local || '/' : `${local}?${query}`;
}
