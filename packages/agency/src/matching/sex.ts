export type Sex = 'male' | 'female' | 'other' | 'unknown';

const words: Readonly<Record<Sex, string>> = { male: '男', female: '女', other: 'その他', unknown: '不明' };

/** As the application shows it. */
export function sexInWords(sex: Sex): string {
  return words[sex];
}
