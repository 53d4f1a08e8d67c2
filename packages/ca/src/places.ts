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
