import { CaError, type Sentence } from '../error.js';
import { identityOf, type Resident } from '../identity/resident.js';

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

/** Names of the columns (CSV) and members (JSON). `stay_until`, `kana` and `ward` (成年被後見人) may be empty or missing. */
export const columns = [
  'number',
  'name',
  'kana',
  'address',
  'birth',
  'sex',
  'municipality',
  'stay_until',
  'ward',
] as const;
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

export type Cells = Readonly<Partial<Record<(typeof columns)[number], string>>>;

/** What is said of a column that does not hold, of what stands in it. */
const sentences = {
  number: (typed: string): Sentence => ({
    ja: `宛名番号「${typed}」は英数字10文字までです（個人番号や住民票コードは使えません）。`,
    jaEasy: `{番号|ばんごう}「${typed}」は {英語|えいご}の {字|じ}と {数字|すうじ} 10{文字|もじ}までに して ください。`,
    en: `The number "${typed}" must be 1 to 10 letters or digits (never an individual number or a resident code).`,
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
  const cell = (name: (typeof columns)[number]) => (cells[name] ?? '').trim();
  const fault = (field: keyof typeof sentences, rule: string) =>
    faults.push({ line, field, rule, words: sentences[field](cell(field)) });

  const number = cell('number');
  if (!/^[0-9A-Za-z-]{1,10}$/.test(number)) fault('number', 'register.number');
  const sex = sexOf(cell('sex'));
  if (sex === undefined) fault('sex', 'register.sex');
  const stay = cell('stay_until');
  const stayUntil = stay === '' ? undefined : endOfDay(stay);
  if (stay !== '' && stayUntil === undefined) fault('stay_until', 'register.stay');
  const ward = yesOrNo(cell('ward'));
  if (ward === undefined) fault('ward', 'register.ward');
  const kana = cell('kana');
  if (kana.length > 200 || !/^[\p{Script=Katakana}\p{Script=Hiragana}ー・\s]*$/u.test(kana))
    fault('kana', 'register.kana');
  const person: Resident = {
    name: cell('name').replace(/[ \u3000]+/g, '\u3000'),
    address: cell('address'),
    birthDate: cell('birth'),
    sex: sex ?? 'unknown',
    municipality: cell('municipality'),
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
