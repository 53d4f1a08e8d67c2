import { type PartialDate, readDate } from './birth-date.js';
import { compareGlyphs } from './compare.js';
import { type Glyph, toGlyphs, unicodeForm, withoutSpaces } from './glyphs.js';
import { shippedVariants } from './load-variants.js';
import { matchByStructure } from './match-address.js';
import { differenceNote, type FieldMatch, mismatch, placesOf } from './reasons.js';
import { type Sex, sexInWords } from './sex.js';
import type { Variants } from './variants.js';

export type MatchedField = 'name' | 'address' | 'birthDate' | 'sex';

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
 * `variants`: which characters are forms of one another; the shipped table where nothing else is given (see `loadVariants`).
 */
export function matchIdentity(
  { certificate, application }: MatchInput,
  variants: Variants = shippedVariants(),
): Record<MatchedField, FieldMatch> {
  return {
    name: matchText(
      certificate.name,
      certificate.nameSubstitution,
      application.name,
      '氏名',
      nameEnd,
      variants,
    ),
    address: matchText(
      certificate.address,
      certificate.addressSubstitution,
      application.address,
      '住所',
      matchByStructure,
      variants,
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
  end: (certificate: readonly Glyph[], typed: readonly Glyph[], variants: Variants) => FieldMatch,
  variants: Variants,
): FieldMatch {
  if (typed === undefined || typed.trim() === '') return absent(what);
  if (mine.trim() === '') return mismatch(`証明書に${what}がありません。`);
  if (mine === typed) return { verdict: 'match', rung: 'exact', reason: '完全に一致します。' };
  if (mine.length > LONGEST || typed.length > LONGEST) return mismatch(`${what}が長すぎて比べられません。`);
  const spaced = { mine: toGlyphs(mine, flags ?? ''), typed: toGlyphs(typed) };
  const tight = compareGlyphs(withoutSpaces(spaced.mine), withoutSpaces(spaced.typed), variants);
  switch (tight.kind) {
    case 'same':
      return unicodeForm(mine) === unicodeForm(typed)
        ? { verdict: 'match', rung: 'unicode', reason: '文字の符号の違いのみで、同じ文字です。' }
        : {
            verdict: 'match',
            rung: 'folded',
            reason: '空白、全角・半角、ハイフンなどの表記の違いのみです。',
          };
    case 'substitution':
      return {
        verdict: 'match',
        rung: 'substitution',
        reason: `証明書で表せない文字が代替文字になっています（${placesOf(tight)}）。登録された文字と一致します。`,
      };
    case 'variant':
      return {
        verdict: 'near',
        rung: 'variant',
        reason: `字体が違います（${placesOf(tight, 'variant')}）。目で確かめてください。`,
      };
    case 'different':
      return end(spaced.mine, spaced.typed, variants);
  }
}

function nameEnd(certificate: readonly Glyph[], typed: readonly Glyph[], variants: Variants): FieldMatch {
  const mine = withoutSpaces(certificate);
  const theirs = withoutSpaces(typed);
  const compared = compareGlyphs(mine, theirs, variants);
  if (mine.length !== theirs.length) {
    const first = compared.differences.find(({ kind }) => kind === 'different');
    const where = first === undefined ? '' : `${first.at + 1}文字目から違います。`;
    return mismatch(
      `氏名の文字の数が違います（証明書 ${mine.length}文字、申請 ${theirs.length}文字）。${where}`,
    );
  }
  return mismatch(`氏名の文字が違います（${placesOf(compared, 'different')}）。${differenceNote(compared)}`);
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
