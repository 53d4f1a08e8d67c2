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

export function findMunicipality(code: string): Municipality | undefined {
  return demoMunicipalities.find((place) => place.code === code);
}
