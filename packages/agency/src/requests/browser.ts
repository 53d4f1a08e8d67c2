import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import type { AgencyConfig, AgencyKeys } from '../options.js';
import { isSeal, type SealedFields, seal } from './seal.js';

const browserCookie = 'mado_browser';
const caseCookie = 'mado_case';
const caseSeconds = 30 * 60;

function cookieOptions(agency: AgencyConfig) {
  return {
    path: agency.basePath === '' ? '/' : agency.basePath,
    httpOnly: true,
    secure: agency.origin.startsWith('https:'),
    sameSite: 'Lax',
  } as const;
}

/**
 * Marks this browser, so that it sees the receipt of what it asked for without typing a number: the digest of a random cookie
 * that ends with the session. Nothing else is tied to it.
 */
export function markBrowser(c: Context, agency: AgencyConfig): Uint8Array {
  const known = getCookie(c, browserCookie);
  const token = known && /^[A-Za-z0-9_-]{22}$/.test(known) ? known : randomBytes(16).toString('base64url');
  if (token !== known) setCookie(c, browserCookie, token, cookieOptions(agency));
  return digest(token);
}

export function isBrowser(c: Context, browserHash: Uint8Array): boolean {
  const token = getCookie(c, browserCookie);
  if (!token) return false;
  const given = digest(token);
  return given.length === browserHash.length && timingSafeEqual(given, browserHash);
}

/** After the inquiry number was given: this browser may look at that case for half an hour. */
export function openCase(
  c: Context,
  agency: AgencyConfig,
  keys: AgencyKeys,
  receiptNumber: string,
  now: Date,
): void {
  const until = Math.floor(now.getTime() / 1000) + caseSeconds;
  const mark = seal(keys.secret, caseFields(agency, receiptNumber, until));
  setCookie(c, caseCookie, `${receiptNumber}.${until}.${mark}`, {
    ...cookieOptions(agency),
    maxAge: caseSeconds,
  });
}

export function mayOpenCase(
  c: Context,
  agency: AgencyConfig,
  keys: AgencyKeys,
  receiptNumber: string,
  now: Date,
): boolean {
  const [number, until = '', given = ''] = (getCookie(c, caseCookie) ?? '').split('.');
  if (number !== receiptNumber || !/^[0-9]{1,11}$/.test(until)) return false;
  const isOurs = isSeal(keys.secret, caseFields(agency, receiptNumber, Number(until)), given);
  return isOurs && now.getTime() / 1000 < Number(until);
}

function caseFields(agency: AgencyConfig, receiptNumber: string, until: number): SealedFields {
  return ['case', agency.code, receiptNumber, until];
}

function digest(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
