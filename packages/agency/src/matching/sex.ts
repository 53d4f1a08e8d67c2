export type Sex = 'male' | 'female' | 'other' | 'unknown';

interface SexRow {
  readonly sex: Sex;
  /** Code in the signature certificate (SAN …5.3). */
  readonly certificate: string | undefined;
  /** Code in the card's text application (ISO/IEC 5218, with 9 for not applicable). */
  readonly text: string;
  readonly ja: string;
  readonly en: string;
}

/** The one table that joins the certificate's codes, the text application's codes and the words. */
export const sexTable: readonly SexRow[] = [
  { sex: 'male', certificate: '1', text: '1', ja: '男', en: 'male' },
  { sex: 'female', certificate: '2', text: '2', ja: '女', en: 'female' },
  { sex: 'other', certificate: undefined, text: '9', ja: 'その他', en: 'other' },
  { sex: 'unknown', certificate: '3', text: '3', ja: '不明', en: 'unknown' },
];

export function sexInWords(sex: Sex): string {
  return sexTable.find((row) => row.sex === sex)?.ja ?? '不明';
}
