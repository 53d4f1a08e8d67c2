import type { Identity } from '@madoguchi/pki';
import { CaError } from '../error.js';
import { findMunicipality } from '../places.js';
import { substitute } from './substitution.js';

/** What the resident record (住民票) gives for a certificate. */
export interface Resident {
  /** As registered: family and given name joined by one U+3000. */
  readonly name: string;
  /** From the prefecture on, without postal code. */
  readonly address: string;
  /** YYYY-MM-DD, unknown parts 00. */
  readonly birthDate: string;
  readonly sex: 'male' | 'female' | 'other' | 'unknown';
  /** Municipality of residence and issue, five digits. */
  readonly municipality: string;
  /** End of the permitted stay (在留期限), for foreign residents. */
  readonly stayUntil?: Date;
  /** 成年被後見人: gets no signature certificate, and a guardian acts. */
  readonly ward?: boolean;
}

/** The longest address of the certificate profile. */
const longestAddress = 200;
const longestName = 100;

/**
 * The 基本4情報 as the certificate writes them, substitutes flagged.
 * Refuses (CaError) an empty or too long name or address, control characters, an impossible date, an unknown municipality.
 */
export function identityOf(resident: Resident): Identity {
  const name = written('name', resident.name.replace(/[ \u3000]+/g, '\u3000'), longestName);
  const address = written('address', resident.address, longestAddress);
  if (!isBirthDate(resident.birthDate)) {
    throw new CaError('resident.birthDate', {
      ja: `生年月日「${resident.birthDate}」は日付ではありません。1975-04-01 のように書いてください（不明な部分は 00）。`,
      jaEasy:
        '{生年月日|せいねんがっぴ}の {書|か}き{方|かた}が ちがいます。1975-04-01 のように {書|か}いて ください。',
      en: `The birth date "${resident.birthDate}" is not a date. Write it like 1975-04-01 (unknown parts as 00).`,
    });
  }
  if (findMunicipality(resident.municipality) === undefined) {
    throw new CaError('resident.municipality', {
      ja: `市区町村コード「${resident.municipality}」は、この認証局の表にありません。`,
      jaEasy: `{市|し}や {町|まち}の {番号|ばんごう}「${resident.municipality}」は ありません。`,
      en: `The municipality code "${resident.municipality}" is not in this authority's table.`,
    });
  }
  return {
    name: name.text,
    nameSubstitution: name.flags,
    address: address.text,
    addressSubstitution: address.flags,
    birthDate: resident.birthDate,
    sex: resident.sex,
  };
}

function written(field: 'name' | 'address', raw: string, longest: number) {
  const result = substitute(raw.trim());
  const empty = result.text === '';
  if (empty || result.text.length > longest || /[\p{Cc}\p{Cs}]/u.test(raw)) {
    const what = { name: { ja: '氏名', en: 'name' }, address: { ja: '住所', en: 'address' } }[field];
    throw new CaError(`resident.${field}`, {
      ja: empty ? `${what.ja}がありません。` : `${what.ja}は ${longest} 文字までです。改行などは使えません。`,
      jaEasy: empty ? `${what.ja}を 書いて ください。` : `${what.ja}は ${longest}文字までに して ください。`,
      en: empty
        ? `The ${what.en} is missing.`
        : `The ${what.en} may have up to ${longest} characters and no control characters.`,
    });
  }
  return result;
}

/** A calendar date, or one with unknown parts as zeros. */
function isBirthDate(text: string): boolean {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (parts === null) return false;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  if (month > 12 || day > 31) return false;
  if (month === 0 || day === 0) return true;
  // An unknown year is judged as a leap year, so that 29 February stays possible.
  const date = new Date(Date.UTC(year === 0 ? 2000 : year, month - 1, day));
  return date.getUTCMonth() === month - 1;
}
