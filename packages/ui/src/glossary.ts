import type { Words } from './words.js';

/** The fixed words. One thing has one name in every room: take it from here, never write it again. */
export const glossary = {
  pinSign: {
    ja: '署名用パスワード（英数字6〜16文字）',
    jaEasy: '{署名用|しょめいよう}パスワード（{英字|えいじ}と {数字|すうじ}、6〜16{文字|もじ}）',
    en: 'Signature password (6–16 letters and digits) 署名用パスワード',
  },
  pinAuth: {
    ja: '利用者証明用パスワード（数字4けた）',
    jaEasy: '{利用者証明用|りようしゃしょうめいよう}パスワード（{数字|すうじ} 4けた）',
    en: 'User authentication password (4 digits) 利用者証明用パスワード',
  },
  signAndSend: {
    ja: '署名して送る',
    jaEasy: '{署名|しょめい}して {送|おく}る',
    en: 'Sign and send',
  },
  back: { ja: 'もどる', jaEasy: 'もどる', en: 'Back' },
  cancel: { ja: 'やめる', jaEasy: 'やめる', en: 'Stop' },
  required: { ja: '必須', jaEasy: '{必要|ひつよう}', en: 'Required' },
  optional: { ja: '任意', jaEasy: '{書|か}かなくても いい', en: 'Optional' },
  error: { ja: 'エラー', jaEasy: 'エラー', en: 'Error' },
  myNumberCard: {
    ja: 'マイナンバーカード',
    jaEasy: 'マイナンバーカード',
    en: 'My Number Card',
  },
  cardReader: { ja: 'カードリーダー', jaEasy: 'カードリーダー', en: 'card reader' },
  signature: { ja: '署名', jaEasy: '{署名|しょめい}', en: 'Signature' },
  matching: { ja: '照合', jaEasy: '{照合|しょうごう}', en: 'Identity match' },
  validity: { ja: '有効性', jaEasy: '{有効性|ゆうこうせい}', en: 'Validity' },
  good: { ja: '良い', jaEasy: 'よい', en: 'Good' },
  check: { ja: '要確認', jaEasy: '{確認|かくにん}が {必要|ひつよう}', en: 'Needs checking' },
  bad: { ja: '誤り', jaEasy: 'まちがい', en: 'Wrong' },
  pending: { ja: '確認中', jaEasy: '{確認|かくにん} しています', en: 'Being checked' },
  receiptNumber: {
    ja: '到達番号',
    jaEasy: '{到達番号|とうたつばんごう}（{受付|うけつけ}の {番号|ばんごう}）',
    en: 'Receipt number (到達番号)',
  },
  inquiryNumber: {
    ja: '問合せ番号',
    jaEasy: '{問合|といあわ}せ{番号|ばんごう}',
    en: 'Inquiry number (問合せ番号)',
  },
  arrival: { ja: '到達', jaEasy: '{到達|とうたつ}（とどくこと）', en: 'Arrival (到達)' },
  name: { ja: '氏名', jaEasy: '{名前|なまえ}', en: 'Name' },
  address: { ja: '住所', jaEasy: '{住所|じゅうしょ}', en: 'Address' },
  birthDate: { ja: '生年月日', jaEasy: '{生|う}まれた {日|ひ}', en: 'Date of birth' },
  sex: { ja: '性別', jaEasy: '{性別|せいべつ}', en: 'Sex' },
} satisfies Record<string, Words>;
