import { type PartialDate, readDate } from './birth-date.js';
import { type Comparison, compareGlyphs } from './compare.js';
import { type Glyph, toGlyphs, unicodeForm, withoutSpaces } from './glyphs.js';
import { matchByStructure } from './match-address.js';
import { type Sex, sexInWords } from './sex.js';

/** Where on the ladder two values met. The first four are a match, `variant` is near, `none` is a mismatch. */
export type Rung = 'exact' | 'unicode' | 'folded' | 'substitution' | 'structure' | 'variant' | 'none';

export type MatchedField = 'name' | 'address' | 'birthDate' | 'sex';

export interface FieldMatch {
  readonly verdict: 'match' | 'near' | 'mismatch' | 'absent';
  readonly rung: Rung;
  /** One Japanese sentence for the officer. */
  readonly reason: string;
}

export interface MatchInput {
  readonly certificate: {
    readonly name: string;
    /** One digit per character of `name`: 1 = a substitute stands for a character the certificate cannot show. */
    readonly nameSubstitution?: string;
    readonly address: string;
    readonly addressSubstitution?: string;
    /** YYYY-MM-DD, unknown parts 00. */
    readonly birthDate: string;
    readonly sex: Sex;
  };
  readonly application: {
    readonly name?: string;
    readonly address?: string;
    readonly birthDate?: string;
    readonly sex?: Sex;
  };
}

/** Longer texts than any register holds are not compared (a certificate's address has at most 200 characters). */
const LONGEST = 1000;

/**
 * Compares the four identity items (基本4情報) of a certificate with what an application or a register says. Each field gets the
 * first rung of the ladder on which both meet, with the reason; `near` wants a person's eyes, and nothing is ever rounded up.
 */
export function matchIdentity({ certificate, application }: MatchInput): Record<MatchedField, FieldMatch> {
  return {
    name: matchText(certificate.name, certificate.nameSubstitution, application.name, '氏名', nameEnd),
    address: matchText(
      certificate.address,
      certificate.addressSubstitution,
      application.address,
      '住所',
      matchByStructure,
    ),
    birthDate: matchBirthDate(certificate.birthDate, application.birthDate),
    sex: matchSex(certificate.sex, application.sex),
  };
}

function absent(what: string): FieldMatch {
  return { verdict: 'absent', rung: 'none', reason: `申請に${what}が書かれていません。` };
}

function matchText(
  mine: string,
  flags: string | undefined,
  typed: string | undefined,
  what: string,
  end: (certificate: readonly Glyph[], typed: readonly Glyph[]) => FieldMatch,
): FieldMatch {
  if (typed === undefined || typed.trim() === '') return absent(what);
  if (mine.trim() === '') {
    return { verdict: 'mismatch', rung: 'none', reason: `証明書に${what}がありません。` };
  }
  if (mine === typed) return { verdict: 'match', rung: 'exact', reason: '完全に一致します。' };
  if (mine.length > LONGEST || typed.length > LONGEST) {
    return { verdict: 'mismatch', rung: 'none', reason: `${what}が長すぎて比べられません。` };
  }
  const spaced = { mine: toGlyphs(mine, flags ?? ''), typed: toGlyphs(typed) };
  const tight = compareGlyphs(withoutSpaces(spaced.mine), withoutSpaces(spaced.typed));
  if (tight.kind === 'same') {
    return unicodeForm(mine) === unicodeForm(typed)
      ? { verdict: 'match', rung: 'unicode', reason: '文字の符号の違いのみで、同じ文字です。' }
      : { verdict: 'match', rung: 'folded', reason: '空白、全角・半角、ハイフンなどの表記の違いのみです。' };
  }
  if (tight.kind === 'substitution') {
    return {
      verdict: 'match',
      rung: 'substitution',
      reason: `証明書で表せない文字が代替文字になっています${pairsOf(tight)}。登録された文字と一致します。`,
    };
  }
  if (tight.kind === 'variant') return variantOf(tight);
  return end(spaced.mine, spaced.typed);
}

function variantOf(comparison: Comparison): FieldMatch {
  return {
    verdict: 'near',
    rung: 'variant',
    reason: `字体が違います${pairsOf(comparison)}。目で確かめてください。`,
  };
}

function nameEnd(certificate: readonly Glyph[], typed: readonly Glyph[]): FieldMatch {
  const mine = withoutSpaces(certificate);
  const theirs = withoutSpaces(typed);
  const compared = compareGlyphs(mine, theirs);
  if (mine.length !== theirs.length) {
    return {
      verdict: 'mismatch',
      rung: 'none',
      reason: `氏名の文字の数が違います（証明書 ${mine.length}文字、申請 ${theirs.length}文字）。`,
    };
  }
  return { verdict: 'mismatch', rung: 'none', reason: `氏名の文字が違います${pairsOf(compared)}。` };
}

function pairsOf(comparison: Comparison): string {
  const shown = comparison.differences
    .slice(0, 3)
    .map((one) => `${one.at + 1}文字目 証明書「${one.certificate}」申請「${one.typed}」`);
  return `（${shown.join('、')}${comparison.differences.length > 3 ? ' ほか' : ''}）`;
}

function matchBirthDate(mine: string, typed: string | undefined): FieldMatch {
  if (typed === undefined || typed.trim() === '') return absent('生年月日');
  const theirs = readDate(typed);
  if (theirs === undefined) {
    return { verdict: 'mismatch', rung: 'none', reason: '申請の生年月日が、暦にある日付ではありません。' };
  }
  const own = readDate(mine);
  if (own === undefined) {
    return { verdict: 'mismatch', rung: 'none', reason: '証明書の生年月日を日付として読めません。' };
  }
  if (mine === typed) return { verdict: 'match', rung: 'exact', reason: '一致します。' };
  const differing = dateParts.filter(
    ([part]) => own[part] !== 0 && theirs[part] !== 0 && own[part] !== theirs[part],
  );
  if (differing.length > 0) {
    return {
      verdict: 'mismatch',
      rung: 'none',
      reason: `${differing.map(([, word]) => word).join('と')}が違います（証明書 ${inWords(own)}、申請 ${inWords(theirs)}）。`,
    };
  }
  const unknown = dateParts.filter(([part]) => (own[part] === 0) !== (theirs[part] === 0));
  if (unknown.length > 0) {
    return {
      verdict: 'near',
      rung: 'structure',
      reason: `一方で${unknown.map(([, word]) => word).join('と')}が不明です。分かる部分は一致します（証明書 ${inWords(own)}、申請 ${inWords(theirs)}）。`,
    };
  }
  return { verdict: 'match', rung: 'folded', reason: '書き方の違いのみで、同じ日です。' };
}

const dateParts = [
  ['year', '年'],
  ['month', '月'],
  ['day', '日'],
] as const satisfies readonly (readonly [keyof PartialDate, string])[];

function inWords(date: PartialDate): string {
  return dateParts.map(([part, word]) => `${date[part] === 0 ? '不明' : date[part]}${word}`).join('');
}

function matchSex(mine: Sex, typed: Sex | undefined): FieldMatch {
  if (typed === undefined) return absent('性別');
  if (mine === typed)
    return { verdict: 'match', rung: 'exact', reason: `一致します（${sexInWords(mine)}）。` };
  const words = `証明書 ${sexInWords(mine)}、申請 ${sexInWords(typed)}`;
  if (mine === 'unknown' || typed === 'unknown') {
    return { verdict: 'near', rung: 'structure', reason: `一方で性別が不明です（${words}）。` };
  }
  return { verdict: 'mismatch', rung: 'none', reason: `性別が違います（${words}）。` };
}
