import { fill, glossary, type Words } from '@madoguchi/ui/words';
import type { MatchedField, Rung } from '../matching/index.js';

/** Sentences of the three lights. */
export const lightWords = {
  signatureGood: {
    ja: 'この申請は、カードの鍵で署名され、変わっていません。',
    jaEasy: '{申請|しんせい}は カードで {署名|しょめい}されました。そのあと {変|か}わっていません。',
    en: 'This application was signed with the card’s key and has not been changed.',
  },
  validityGood: {
    ja: '証明書は有効です。',
    jaEasy: '{証明書|しょうめいしょ}は {使|つか}えます。',
    en: 'The certificate is valid.',
  },
  validityByCrl: {
    ja: '証明書は有効です（失効リスト {when} 時点、番号 {number}）。',
    jaEasy: '{証明書|しょうめいしょ}は {使|つか}えます（{when} の リスト、{number}{番|ばん}）。',
    en: 'The certificate is valid (revocation list of {when}, No. {number}).',
  },
  validityByOcsp: {
    ja: '証明書は有効です（{when} に認証局が回答）。',
    jaEasy: '{証明書|しょうめいしょ}は {使|つか}えます（{when} に たしかめました）。',
    en: 'The certificate is valid (the authority’s answer of {when}).',
  },
  notExamined: {
    ja: '書類の入れ物が署名のときのままではないため、だれの署名かを確かめていません。',
    jaEasy: 'ファイルが {変|か}わって いるので、だれの {署名|しょめい}か {調|しら}べて いません。',
    en: 'Not examined, because the container is not as it was when it was signed.',
  },
  noSigner: {
    ja: '署名した人の証明書がないため、だれの申請か照合できません。補正を求めるか、却下できます。',
    jaEasy: '{証明書|しょうめいしょ}が ありません。だれの {申請|しんせい}か わかりません。',
    en: 'There is no signer’s certificate, so nobody can be matched. You may ask for a correction or reject.',
  },
  noIdentity: {
    ja: '証明書に氏名・住所などがありません。署名用ではない証明書で署名されたおそれがあります。',
    jaEasy: '{証明書|しょうめいしょ}に {名前|なまえ}と {住所|じゅうしょ}が ありません。',
    en: 'The certificate holds no name and address; it may not be a signature certificate.',
  },
  notRegistered: {
    ja: '住民記録に、この氏名と生年月日の人が見つかりません。転入・改姓を確かめ、補正を求めるか、却下できます。',
    jaEasy:
      'この {人|ひと}の {記録|きろく}が ありません。{引|ひ}っこしや {名前|なまえ}の {変更|へんこう}を {見|み}てください。',
    en: 'The resident records hold nobody of this name and birth date. Check for a move or a change of name; you may ask for a correction or reject.',
  },
  decidedDifferent: {
    ja: '住民記録の候補は、職員が別の人と判断しました。補正を求めるか、却下できます。',
    jaEasy: '{記録|きろく}の {人|ひと}は べつの {人|ひと}だと {決|き}めました。',
    en: 'An officer decided that the person on record is somebody else. You may ask for a correction or reject.',
  },
  withoutRegister: {
    ja: '{parts}（申請書と証明書。住民記録とはつながっていません）',
    jaEasy: '{parts}（{申請|しんせい}と {証明書|しょうめいしょ}だけ）',
    en: '{parts} (application and certificate; no resident records are connected)',
  },
  againstApplication: {
    ja: '{parts}（証明書と申請書）',
    jaEasy: '{parts}（{証明書|しょうめいしょ}と {申請|しんせい}）',
    en: '{parts} (certificate and application)',
  },
  personField: { ja: '{person} {field}', jaEasy: '{person} {field}', en: '{person}: {field}' },
  kana: { ja: 'フリガナ', jaEasy: 'フリガナ', en: 'reading (furigana)' },
  personWithoutBirth: {
    ja: '生年月日が書かれていないため、住民記録と比べていません。',
    jaEasy: '{生|う}まれた {日|ひ}が ないので、{比|くら}べて いません。',
    en: 'No date of birth was given, so this person is not compared with the resident record.',
  },
  personNotRegistered: {
    ja: '住民記録に、この生年月日と名前の人が見つかりません。ほかの市区町村に登録されているかもしれません。',
    jaEasy: '{記録|きろく}に この {人|ひと}が いません。',
    en: 'Nobody of this name and date of birth is in the resident record; they may be registered elsewhere.',
  },
  personsToJudge: {
    ja: '{parts}。申請書に書かれた人の照合は、根拠を見て判断してください。',
    jaEasy: '{parts}。{書|か}かれた {人|ひと}を {確|たし}かめて ください。',
    en: '{parts}. See the evidence for the people named in the application.',
  },
  cosignerGood: {
    ja: '証明書は、申請書に書かれた人のものです。',
    jaEasy: '{申請|しんせい}に {書|か}いて ある {人|ひと}です。',
    en: 'The certificate is that of the person named in the application.',
  },
  cosignerToJudge: {
    ja: '証明書と、申請書に書かれた人とに、違うところがあります。根拠を見て判断してください。',
    jaEasy: '{少|すこ}し ちがう ところが あります。{確|たし}かめて ください。',
    en: 'The certificate differs in part from the person named in the application; see the evidence.',
  },
  cosignerOther: {
    ja: '証明書は、申請書に書かれた人のものではありません。',
    jaEasy: '{申請|しんせい}に {書|か}いて ある {人|ひと}では ありません。',
    en: 'The certificate is not that of the person named in the application.',
  },
  againstEarlier: {
    ja: '{parts}（補正の証明書と、はじめの申請書）',
    jaEasy: '{parts}（{直|なお}した {申請|しんせい}と はじめの {申請|しんせい}）',
    en: '{parts} (certificate of the correction and first application)',
  },
  fieldResult: { ja: '{field} {result}', jaEasy: '{field} {result}', en: '{field}: {result}' },
  comparison: {
    ja: '{field}（証明書と{against}）',
    jaEasy: '{field}（{証明書|しょうめいしょ}と {against}）',
    en: '{field} (certificate and {against})',
  },
  submission: { ja: '申請書の形式', jaEasy: '{申請|しんせい}の かたち', en: 'Form of the application' },
  crl: { ja: '失効リスト', jaEasy: '{失効|しっこう}リスト', en: 'Revocation list' },
  ocsp: {
    ja: '認証局の回答（OCSP）',
    jaEasy: '{認証局|にんしょうきょく}の こたえ',
    en: 'Authority’s answer (OCSP)',
  },
  asked: {
    ja: '失効情報の問合せ',
    jaEasy: '{失効|しっこう}を {聞|き}いた {結果|けっか}',
    en: 'Question about revocation',
  },
  unclear: {
    ja: '確かめきれない点があります。根拠を見てください。',
    jaEasy: 'わからない ところが あります。{下|した}を {見|み}てください。',
    en: 'Something could not be settled; see the evidence.',
  },
} as const satisfies Record<string, Words>;

export const identityWords = {
  fields: {
    name: glossary.name,
    address: glossary.address,
    birthDate: glossary.birthDate,
    sex: glossary.sex,
  } satisfies Record<MatchedField, Words>,
  against: {
    application: { ja: '申請書', jaEasy: '{申請|しんせい}', en: 'application' },
    record: { ja: '住民記録', jaEasy: '{住民|じゅうみん}の {記録|きろく}', en: 'resident record' },
    typed: {
      ja: '申請書に書かれた人',
      jaEasy: '{書|か}いて ある {人|ひと}',
      en: 'person named in the application',
    },
    earlier: { ja: 'はじめの申請書', jaEasy: 'はじめの {申請|しんせい}', en: 'first application' },
  },
  agreed: {
    ja: '{reason} 職員が同じ人と判断しました（到達番号 {receipt}）。',
    jaEasy: '{reason} {同|おな}じ {人|ひと}だと {決|き}めました（{receipt}）。',
    en: '{reason} An officer decided that it is the same person ({receipt}).',
  },
  decidedSame: {
    ja: '同じ人と判断済み',
    jaEasy: '{同|おな}じ {人|ひと}と {決|き}めた',
    en: 'decided to be the same person',
  },
  link: {
    ja: '証明書と住民の紐付け',
    jaEasy: '{証明書|しょうめいしょ}と {人|ひと}',
    en: 'Link of certificate and resident',
  },
  basis: {
    match: {
      ja: 'この証明書の人は、前に受理した申請の照合で分かっています。',
      jaEasy: '{前|まえ}の {申請|しんせい}で わかって います。',
      en: 'This certificate’s holder is known from an application accepted before.',
    },
    officer: {
      ja: 'この証明書の人は、職員の判断で分かっています。',
      jaEasy: '{職員|しょくいん}が {決|き}めました。',
      en: 'This certificate’s holder is known by an officer’s decision.',
    },
    import: {
      ja: 'この証明書の人は、住民記録システムから届いた一覧で分かっています。',
      jaEasy: '{住民|じゅうみん}の {一覧|いちらん}で わかって います。',
      en: 'This certificate’s holder is known from the register’s own list.',
    },
  },
  rungs: {
    exact: { ja: '完全に一致', jaEasy: '{同|おな}じ', en: 'identical' },
    unicode: {
      ja: '一致（文字の符号の違いのみ）',
      jaEasy: '{同|おな}じ {文字|もじ}',
      en: 'same (encoding only)',
    },
    folded: { ja: '表記の違いのみ', jaEasy: '{書|か}き{方|かた}だけ ちがう', en: 'differs in spelling only' },
    substitution: {
      ja: '一致（代替文字）',
      jaEasy: '{同|おな}じ（かわりの {文字|もじ}）',
      en: 'same (substitute character)',
    },
    sameStructure: {
      ja: '表記の違いのみ',
      jaEasy: '{書|か}き{方|かた}だけ ちがう',
      en: 'differs in spelling only',
    },
    structure: {
      ja: '一部が一方にしかない',
      jaEasy: '{片方|かたほう}だけに ある ものが ある',
      en: 'a part stands on one side only',
    },
    variant: {
      ja: '字体が違う',
      jaEasy: '{文字|もじ}の {形|かたち}が ちがう',
      en: 'other form of a character',
    },
    none: { ja: '一致しない', jaEasy: 'ちがう', en: 'does not match' },
  } satisfies Record<Rung | 'sameStructure', Words>,
} as const;

type Against = keyof typeof identityWords.against;

const labelsAgainst = (against: Against) => {
  const label = (field: MatchedField) =>
    fill(lightWords.comparison, {
      field: identityWords.fields[field],
      against: identityWords.against[against],
    });
  return {
    name: label('name'),
    address: label('address'),
    birthDate: label('birthDate'),
    sex: label('sex'),
  } satisfies Record<MatchedField, Words>;
};

/** What is compared with what, for each line of 照合. */
export const comparisonLabels = {
  application: labelsAgainst('application'),
  record: labelsAgainst('record'),
  typed: labelsAgainst('typed'),
  earlier: labelsAgainst('earlier'),
} satisfies Record<Against, Record<MatchedField, Words>>;
