import type { Shape } from './shape.js';

/** What a card says about something that its description is not sure of. */
export interface Finding {
  readonly id: string;
  readonly verdict: 'confirmed' | 'refuted' | 'unseen';
  readonly ja: string;
  readonly en: string;
}

type Answers = ReadonlyMap<string, Shape>;
type Judge = (answers: Answers) => Finding['verdict'];

const word = (answers: Answers, id: string) => answers.get(id)?.sw ?? 'none';
const there = (answers: Answers, id: string) => !['none', '6A82'].includes(word(answers, id));

/** The answer is one of these words; without the file or application nothing is seen. */
const says =
  (id: string, ...expected: readonly string[]): Judge =>
  (answers) => {
    if (!there(answers, id) && !expected.includes('6A82')) return 'unseen';
    return expected.includes(word(answers, id)) ? 'confirmed' : 'refuted';
  };
const hasTags =
  (id: string, tags: string): Judge =>
  (answers) => {
    const shape = answers.get(id);
    if (shape?.sw !== '9000' && shape?.sw !== '6282') return 'unseen';
    return shape.tags?.startsWith(tags) ? 'confirmed' : 'refuted';
  };
/** All tries are only known to be ten when ten are left; fewer may have been spent. */
const tenTries: Judge = (answers) => {
  const ids = ['text.0014.query', 'text.0015.query', 'visual.0012.query', 'visual.0013.query'];
  const words = ids.map((id) => word(answers, id)).filter((sw) => sw !== 'none' && sw !== '6A82');
  if (words.some((sw) => sw === '6300' || /^63C[B-F]$/.test(sw))) return 'refuted';
  return words.includes('63CA') ? 'confirmed' : 'unseen';
};
/** 6A86 before the PIN is asked for says that a form is off; 6982 that its P1 is known. */
const formsOff: Judge = (answers) => {
  const words = [1, 2, 3, 4, 5].map((form) => word(answers, `sign.P1-0${form}`));
  if (words.every((sw) => sw === '6A86')) return 'confirmed';
  return words.includes('6982') && word(answers, 'sign.P1-06') === '6A86' ? 'refuted' : 'unseen';
};
const unseen: Judge = () => 'unseen';

const table: readonly (readonly [id: string, ja: string, en: string, judge: Judge])[] = [
  [
    'blockedStatusWord',
    'ロック後の VERIFY が 6984 か 6983 か（暗証番号を送らないと分からないので調べない）',
    'VERIFY on a blocked PIN: 6984 or 6983 (not asked: it would take a PIN)',
    unseen,
  ],
  ['numberTries', '照合番号A・Bの回数は10回', 'number A and number B have 10 tries', tenTries],
  [
    'successRestoresTries',
    '正しい照合で回数がもとに戻る（調べない）',
    'a right PIN gives the tries back (not asked)',
    unseen,
  ],
  [
    'verifyBeforeEachSignature',
    '署名のたびに VERIFY が要るか（調べない）',
    'a VERIFY for each signature (not asked)',
    unseen,
  ],
  [
    'signatureForms',
    '署名コマンドの P1=01〜05 は使えない',
    'P1 01 to 05 of the signature command are off',
    formsOff,
  ],
  [
    'endOfFileStatusWord',
    'ファイルの終わりをまたぐ読出しは 6282',
    'a read across the end of a file answers 6282',
    says('read.acrossEnd', '6282'),
  ],
  ['mf', 'MF（3F00）の選択は 6A82', 'SELECT of 3F00 answers 6A82', says('select.3F00', '6A82')],
  ['resident', '住基APがある', 'there is a resident-register AP', says('resident.application', '9000')],
  ['issuerDomain', 'ISDを選択できる', 'the ISD can be selected', says('issuerDomain.application', '9000')],
  ['availability', 'EF 0008 は3バイト', 'EF 0008 has 3 bytes', says('jpki.0008.read', '6282', '9000')],
  ['protected', 'EF 0009 は読めない', 'EF 0009 is protected', says('jpki.0009.read', '6982')],
  [
    'textCertificate',
    '入力補助APのCV証明書は暗証番号なしで読める',
    'the CV certificate of the Text AP is free',
    hasTags('text.0004.read', '7F21{5F4E'),
  ],
  [
    'textSessionKey',
    '入力補助APのEF 0006は暗証番号なしで読める',
    'EF 0006 of the Text AP is free',
    hasTags('text.0006.read', 'A1{90 91'),
  ],
  [
    'textBlocked',
    '入力補助APのEF 0012は常にロック（63C0）',
    'EF 0012 of the Text AP is always blocked (63C0)',
    says('text.0012.query', '63C0'),
  ],
  [
    'textUnknown',
    '入力補助APのEF 0008がある',
    'EF 0008 of the Text AP is there',
    says('text.0008.select', '9000'),
  ],
  [
    'visualInformation',
    '券面確認APの基本情報は FF30{DF31〜DF35}',
    'basic information of the Visual AP is FF30{DF31 to DF35}',
    hasTags('visual.0003.read', 'FF30{DF31 DF32'),
  ],
  [
    'commonRecord',
    '共通カードAPのEF 0001はレコード',
    'EF 0001 of the common AP is a record',
    says('common.0001.record', '9000'),
  ],
  ['challenge', 'GET CHALLENGE が使える', 'GET CHALLENGE is there', says('challenge', '9000')],
  [
    'secureMessaging',
    'SM付きREADは 69FC',
    'READ with secure messaging answers 69FC',
    says('sm.read', '69FC'),
  ],
  [
    'authenticity',
    '券面APは暗証番号なしでカード真正性に署名する',
    'Text and Visual AP sign for authenticity without PIN',
    says('authenticity.text', '9000'),
  ],
  [
    'internalAuthenticate',
    '共通カードAPは内部認証に答える',
    'the common AP answers INTERNAL AUTHENTICATE',
    says('internalAuthenticate', '9000'),
  ],
  ['getData', 'ISDで GET DATA が使える', 'GET DATA works in the ISD', says('getData.0045', '9000')],
  [
    'query5',
    '5バイトの残り回数照会も答える',
    'the query in 5 bytes is answered',
    (answers) => {
      const sw = word(answers, 'jpki.0018.query5');
      return sw === 'none' ? 'unseen' : sw.startsWith('63C') ? 'confirmed' : 'refuted';
    },
  ],
];

/** Judges the rows of the description that are not sure by what a card answered. */
export function findings(answers: Answers): Finding[] {
  return table.map(([id, ja, en, judge]) => ({ id, verdict: judge(answers), ja, en }));
}
