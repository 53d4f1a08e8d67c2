import { substitute } from '../identity/substitution.js';

/** Forms that one name is found under: every character of a row is the same to the search. To find a person only, never to match one. */
const families = [
  '辺邉邊',
  '斉斎齊齋',
  '高髙',
  '崎﨑嵜埼碕',
  '吉𠮷',
  '浜濱濵',
  '島嶋嶌',
  '沢澤',
  '広廣',
  '桜櫻',
  '国國',
  '竜龍',
  '滝瀧',
  '富冨',
  '峰峯',
  '渕淵',
  '真眞',
  '恵惠',
  '徳德',
  '黒黑',
  '柳栁',
  '橋槗𣘺',
  '緑綠',
  '神\ufa19',
  '塚\ufa10',
  '円圓',
  '蔵藏',
  '鉄鐵',
  '関關',
  '穂穗',
  '寿壽',
  '栄榮',
  '弥彌',
  '条條',
  '会會',
  '桑桒',
  '曽曾',
  '館舘',
  '涼凉',
  '葛葛',
  '芦蘆',
  '鴎鷗',
];

const familyOf = new Map(families.flatMap((row) => [...row].map((one) => [one, row[0] ?? one] as const)));

const kanjiDigits = '〇一二三四五六七八九';

/** Hiragana become katakana, widths and forms become one, blanks go. */
export function foldName(text: string): string {
  return [...plain(text)]
    .map((sign) => familyOf.get(sign) ?? sign)
    .join('')
    .replace(/[\s・･,、.]/gu, '');
}

/** The same for addresses: 一丁目２番３号, 1-2-3 and １－２－３ are one. */
export function foldAddress(text: string): string {
  return foldName(text)
    .replace(/([〇一二三四五六七八九十]+)(?=丁目|番|号)/g, (digits) => String(numberOf(digits)))
    .replace(/[‐‑–—―−－ーｰ]/g, '-')
    .replace(/(\d)(?:丁目|番地の?|番の?|号室|号棟|号|の)(?=\d)/g, '$1-')
    .replace(/(\d)(?:丁目|番地|番|号室|号)/g, '$1')
    .replace(/大字|字/g, '');
}

function plain(text: string): string {
  return substituted(text)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[ぁ-ゖ]/g, (kana) => String.fromCodePoint((kana.codePointAt(0) ?? 0) + 0x60));
}

/** Only what no repertoire holds is replaced; a missing character stays what it is. */
function substituted(text: string): string {
  return [...text.replace(/[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/gu, '')]
    .map((sign) => {
      const written = substitute(sign).text;
      return written === '〓' ? sign : written;
    })
    .join('');
}

/** 十二 → 12; up to 99, as 丁目 and 番 have them. */
function numberOf(digits: string): number {
  const [tens, ones] = digits.includes('十') ? digits.split('十') : [undefined, digits];
  const value = (part: string) => [...part].reduce((sum, one) => sum * 10 + kanjiDigits.indexOf(one), 0);
  return (tens === undefined ? 0 : tens === '' ? 10 : value(tens) * 10) + value(ones ?? '');
}
