import { findPrefecture } from './prefectures.js';

/** A municipality or ward of issue, as the certificates and CRL partitions write it. */
export interface Municipality {
  /** Five digits, without check digit. */
  readonly code: string;
  readonly name: string;
  readonly prefecture: string;
  /** Hepburn without macron, with the suffix of its type: `Mihon-shi`. */
  readonly romaji: string;
  readonly prefectureRomaji: string;
}

/** The demo places. Prefecture code 99 does not exist, so nothing here can be taken for a real place. */
export const demoMunicipalities: readonly Municipality[] = [
  { code: '99201', name: '見本市', prefecture: '見本県', romaji: 'Mihon-shi', prefectureRomaji: 'Mihon-ken' },
  { code: '99301', name: '手本町', prefecture: '見本県', romaji: 'Tehon-cho', prefectureRomaji: 'Mihon-ken' },
];

/** The number of the invented city that every prefecture has in the scheme of 2008: no prefecture has 99 cities. */
const inventedCity = '299';

/** A demo place by its code: one of `demoMunicipalities`, or the invented 見本市 of a prefecture (`13299` in Tokyo). */
export function findMunicipality(code: string): Municipality | undefined {
  const known = demoMunicipalities.find((place) => place.code === code);
  if (known !== undefined || code.slice(2) !== inventedCity) return known;
  const prefecture = findPrefecture(code.slice(0, 2));
  if (prefecture === undefined) return undefined;
  return {
    code,
    name: '見本市',
    prefecture: prefecture.name,
    romaji: 'Mihon-shi',
    prefectureRomaji: prefecture.romaji,
  };
}

/**
 * A municipality's code as the certificates write it, of one as a file has it: five digits, or six with the check digit of the 全国地方公共団体コード. Anything
 * else comes back as it is.
 */
export function municipalityCode(text: string): string {
  const plain = text.normalize('NFKC').trim();
  if (!/^\d{6}$/.test(plain)) return plain;
  const sum = [...plain.slice(0, 5)].reduce((all, digit, at) => all + Number(digit) * (6 - at), 0);
  return plain.endsWith(String((11 - (sum % 11)) % 10)) ? plain.slice(0, 5) : plain;
}
