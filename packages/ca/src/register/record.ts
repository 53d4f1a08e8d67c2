import { CaError, type Sentence } from '../error.js';
import { identityOf, type Resident } from '../identity/resident.js';
import { municipalityCode } from '../places.js';
import { dayAsWritten } from './day.js';

/** A person of the register as a municipality hands it over. */
export interface RegisterRecord extends Resident {
  /** 宛名番号: the municipality's own number of the person. Never 個人番号 or 住民票コード. */
  readonly number: string;
  /** Reading, or empty. */
  readonly kana: string;
}

/** What is wrong, and on which line. */
export interface RegisterFault {
  readonly line: number;
  /** The column or member, where the fault is in one. */
  readonly field?: string;
  readonly rule: string;
  readonly words: Sentence;
}

/**
 * Names of the columns (CSV) and members (JSON), each with the field's own heads. `stay_until`, `kana` and `ward` (成年被後見人) may be empty or missing.
 */
export const columnHeads = {
  number: ['宛名番号', '住民番号'],
  name: ['氏名', '名前'],
  kana: ['フリガナ', 'ふりがな', 'カナ氏名', '氏名カナ', '氏名フリガナ', '読み'],
  address: ['住所'],
  birth: ['生年月日'],
  sex: ['性別'],
  municipality: ['市区町村コード', '団体コード', '全国地方公共団体コード'],
  stay_until: ['在留期限', '在留期間の満了の日'],
  ward: ['成年被後見人'],
} as const;
export type Column = keyof typeof columnHeads;
export const columns = Object.keys(columnHeads) as readonly Column[];
export const neededColumns = ['number', 'name', 'address', 'birth', 'sex', 'municipality'] as const;

const sexes: ReadonlyMap<string, Resident['sex']> = new Map([
  ['male', 'male'],
  ['男', 'male'],
  ['男性', 'male'],
  ['female', 'female'],
  ['女', 'female'],
  ['女性', 'female'],
  ['other', 'other'],
  ['その他', 'other'],
  ['unknown', 'unknown'],
  ['不明', 'unknown'],
]);

/** The sex that a file or a page names; undefined where it is none. */
export function sexOf(text: string): Resident['sex'] | undefined {
  return sexes.get(text);
}

export type Cells = Readonly<Partial<Record<Column, string>>>;

/** What is said of a column that does not hold, of what stands in it. */
const sentences = {
  number: (typed: string): Sentence => ({
    ja: `宛名番号「${told(typed)}」は英数字15文字までです。数字だけの11けたと12けたは、住民票コードや個人番号かもしれないので使えません。`,
    jaEasy: `{番号|ばんごう}「${told(typed)}」は {英語|えいご}の {字|じ}と {数字|すうじ} 15{文字|もじ}までに して ください。`,
    en: `The number "${told(typed)}" must be 1 to 15 letters or digits, and not 11 or 12 digits, which might be a resident code or an individual number.`,
  }),
  sex: (typed: string): Sentence => ({
    ja: `性別「${typed}」は、男・女・その他・不明（male・female・other・unknown）のどれかです。`,
    jaEasy:
      '{性別|せいべつ}は {男|おとこ}・{女|おんな}・その{他|た}・{不明|ふめい}の どれかに して ください。',
    en: `The sex "${typed}" must be male, female, other or unknown.`,
  }),
  stay_until: (typed: string): Sentence => ({
    ja: `在留期限「${typed}」は日付ではありません。2029-03-31 のように書いてください。`,
    jaEasy: '{在留期限|ざいりゅうきげん}は 2029-03-31 のように {書|か}いて ください。',
    en: `The end of stay "${typed}" is not a date. Write it like 2029-03-31.`,
  }),
  ward: (typed: string): Sentence => ({
    ja: `成年被後見人の欄「${typed}」は、yes か no（空でも可）です。`,
    jaEasy: '{成年被後見人|せいねんひこうけんにん}は yes か no で {書|か}いて ください。',
    en: `The column ward is "${typed}": write yes or no, or leave it empty.`,
  }),
  kana: (): Sentence => ({
    ja: '読みは、かなだけで200文字までです。',
    jaEasy: '{読|よ}みは かなだけで {書|か}いて ください。',
    en: 'The reading may have kana only, up to 200 characters.',
  }),
};

/** Reads one person; all faults of the line at once. */
export function readRecord(line: number, cells: Cells): RegisterRecord | RegisterFault[] {
  const faults: RegisterFault[] = [];
  const cell = (name: Column) => (cells[name] ?? '').trim();
  const fault = (field: keyof typeof sentences, rule: string) =>
    faults.push({ line, field, rule, words: sentences[field](cell(field)) });

  const number = cell('number').normalize('NFKC');
  if (!isRegisterNumber(number)) fault('number', 'register.number');
  const sex = sexOf(cell('sex'));
  if (sex === undefined) fault('sex', 'register.sex');
  const stay = cell('stay_until');
  const stayUntil = stay === '' ? undefined : endOfDay(dayAsWritten(stay));
  if (stay !== '' && stayUntil === undefined) fault('stay_until', 'register.stay');
  const ward = yesOrNo(cell('ward'));
  if (ward === undefined) fault('ward', 'register.ward');
  const kana = wideKana(cell('kana'));
  if (kana.length > 200 || !/^[\p{Script=Katakana}\p{Script=Hiragana}ー・\s]*$/u.test(kana))
    fault('kana', 'register.kana');
  const person: Resident = {
    name: cell('name').replace(/[ \u3000]+/g, '\u3000'),
    address: cell('address'),
    birthDate: dayAsWritten(cell('birth')),
    sex: sex ?? 'unknown',
    municipality: municipalityCode(cell('municipality')),
    ...(stayUntil === undefined ? {} : { stayUntil }),
    ...(ward === true ? { ward } : {}),
  };
  try {
    identityOf(person);
  } catch (error) {
    if (!(error instanceof CaError)) throw error;
    const { rule, words } = error;
    faults.push({ line, field: rule.replace('resident.', ''), rule, words });
  }
  return faults.length > 0 ? faults : { ...person, number, kana };
}

/** 宛名番号 of up to 15; one that may be a 住民票コード (11 digits) or a 個人番号 (12) never comes in. */
function isRegisterNumber(text: string): boolean {
  return /^[0-9A-Za-z-]{1,15}$/.test(text) && !mayBeSecret(text);
}

const mayBeSecret = (text: string) => /^\d{11,12}$/.test(text.normalize('NFKC'));

/** A fault is printed and kept: it repeats no number that may be a secret. */
function told(number: string): string {
  return mayBeSecret(number) ? '•'.repeat(number.length) : number;
}

/** Half-width kana as the register writes them. */
function wideKana(text: string): string {
  return text.replace(/[\uff61-\uff9f]+/g, (kana) => kana.normalize('NFKC'));
}

function yesOrNo(text: string): boolean | undefined {
  if (['', 'no', 'false', '0', 'いいえ'].includes(text)) return false;
  return ['yes', 'true', '1', 'はい'].includes(text) ? true : undefined;
}

/** 23:59:59 Japanese time of a day, or undefined where there is no such day. */
export function endOfDay(text: string): Date | undefined {
  if (!isDay(text)) return undefined;
  return new Date(Date.parse(`${text}T00:00:00+09:00`) + 24 * 3600_000 - 1000);
}

/** A day of the calendar, YYYY-MM-DD. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}
