import type { CheckWords } from './check-words.js';

/** Words for what is asked of a signature in a PDF. */
export const pdfCheckWords: Readonly<Record<string, CheckWords>> = {
  'pdf.format': {
    title: { ja: 'PDF の形式', jaEasy: 'PDFの かたち', en: 'Form of the PDF' },
    passed: {
      ja: 'PDF を1つの文書として読み取れました。',
      jaEasy: 'PDFを {読|よ}めました。',
      en: 'The PDF can be read as one document.',
    },
    means: {
      ja: '読み方によって中身が変わる文書は、何が署名されたか分かりません。',
      jaEasy: '{読|よ}み{方|かた}で {変|か}わる {書類|しょるい}は あぶないです。',
      en: 'In a file that reads in two ways nobody knows what was signed.',
    },
    source: 'ISO 32000-2 7.5',
  },
  'pdf.signature': {
    title: { ja: '署名の有無', jaEasy: '{署名|しょめい}が あるか', en: 'Signature present' },
    passed: {
      ja: 'PDF に署名があります。',
      jaEasy: '{署名|しょめい}が あります。',
      en: 'There is a signature in the PDF.',
    },
    means: {
      ja: '署名のない PDF は、誰のものか分かりません。',
      jaEasy: '{署名|しょめい}が ないと だれの ものか わかりません。',
      en: 'An unsigned PDF says nothing about who made it.',
    },
    source: 'ISO 32000-2 12.8',
  },
  'pdf.place': {
    title: { ja: '署名の場所', jaEasy: '{署名|しょめい}の {場所|ばしょ}', en: 'Place of the signature' },
    passed: {
      ja: '署名は、その時のファイル全体に及んでいます。',
      jaEasy: '{署名|しょめい}は ファイルの ぜんぶに あります。',
      en: 'The signature covers the whole file as it was then.',
    },
    means: {
      ja: '署名されていない部分が紛れ込むのを防ぎます。',
      jaEasy: '{署名|しょめい}して いない ところが ないか {調|しら}べます。',
      en: 'It leaves no gap in which something unsigned could hide.',
    },
    source: 'ISO 32000-2 12.8.1',
  },
  'pdf.changes': {
    title: {
      ja: '署名のあとの変更',
      jaEasy: '{署名|しょめい}の あとの {変更|へんこう}',
      en: 'Changes after the signature',
    },
    passed: {
      ja: '署名のあとに、許されない変更はありません。',
      jaEasy: 'わるい {変更|へんこう}は ありません。',
      en: 'Nothing was changed since that may not be.',
    },
    means: {
      ja: '署名が正しくても、あとから見え方を変える攻撃があります。',
      jaEasy: 'あとで {見|み}えかたを {変|か}える ことが できます。',
      en: 'There are attacks that leave the signature good and show something else.',
    },
    source: 'ISO 32000-2 12.8.2.2',
  },
  'pdf.laterStamps': {
    title: { ja: 'あとから加わった印影', jaEasy: 'あとから ついた はんこ', en: 'Stamps added later' },
    passed: {
      ja: '署名のあとに加わった、見える印影はありません。',
      jaEasy: 'あとから ついた はんこは ありません。',
      en: 'No visible stamp was added after the signature.',
    },
    means: {
      ja: 'あとの署名の印影は、前に署名した人の見ていないものです。',
      jaEasy: '{前|まえ}の {人|ひと}は {見|み}て いません。',
      en: 'Who signed before has not seen what a later stamp shows.',
    },
    source: 'ISO 32000-2 12.8.2',
  },
  'pdf.filled': {
    title: { ja: 'あとからの記入', jaEasy: 'あとから {書|か}いた もの', en: 'Fields filled in later' },
    passed: {
      ja: '署名のあとの記入や注釈はありません。',
      jaEasy: 'あとから {書|か}いた ものは ありません。',
      en: 'Nothing was filled in or annotated after the signature.',
    },
    means: {
      ja: '許された記入でも、前に署名した人の見ていないものです。',
      jaEasy: '{前|まえ}の {人|ひと}は {見|み}て いません。',
      en: 'Even where it is allowed, who signed before has not seen it.',
    },
    source: 'ISO 32000-2 12.8.2.2',
  },
  'pdf.metadata': {
    title: { ja: '文書情報の変更', jaEasy: '{書類|しょるい}の {情報|じょうほう}', en: 'Metadata' },
    passed: {
      ja: '署名のあとに、文書情報は変えられていません。',
      jaEasy: '{書類|しょるい}の {情報|じょうほう}は {同|おな}じです。',
      en: 'The metadata was not changed after the signature.',
    },
    means: {
      ja: '題名や作成者などで、本文ではありません。',
      jaEasy: '{題名|だいめい}などの ことです。',
      en: 'That is title, author and the like, not the text.',
    },
    source: 'ISO 32000-2 14.3',
  },
  'pdf.pades': {
    title: { ja: 'PAdES の形', jaEasy: 'PAdESの かたち', en: 'Form of PAdES' },
    passed: {
      ja: 'PAdES の決まりどおりです。',
      jaEasy: 'きまりの とおりです。',
      en: 'It follows the rules of PAdES.',
    },
    means: {
      ja: '長期保存の形式として、ほかのプログラムでも読めるようにする決まりです。',
      jaEasy: 'ほかの ソフトでも {読|よ}める ための きまりです。',
      en: 'The rules let other programs read it for decades.',
    },
    source: 'ETSI EN 319 142-1 6.3',
  },
  'pdf.registry.C1': {
    title: {
      ja: '登記用 PDF の形（C1：/Type）',
      jaEasy: '{登記|とうき}の PDFの かたち（C1）',
      en: 'Form for the registry (C1: /Type)',
    },
    passed: {
      ja: '登記用の形に合っています。',
      jaEasy: '{登記|とうき}の かたちに {合|あ}います。',
      en: 'It has the form that the registry takes.',
    },
    means: {
      ja: '登記の申請では、この形だけが受け付けられます。',
      jaEasy: '{登記|とうき}では この かたちだけ {使|つか}えます。',
      en: 'The registry takes this form alone.',
    },
    source: '法務省「電子署名を付した PDF」',
  },
  'pdf.registry.C2': {
    title: {
      ja: '登記用 PDF の形（C2：/SubFilter）',
      jaEasy: '{登記|とうき}の PDFの かたち（C2）',
      en: 'Form for the registry (C2: /SubFilter)',
    },
    passed: {
      ja: '登記用の形に合っています。',
      jaEasy: '{登記|とうき}の かたちに {合|あ}います。',
      en: 'It has the form that the registry takes.',
    },
    means: {
      ja: '登記の申請では、この形だけが受け付けられます。',
      jaEasy: '{登記|とうき}では この かたちだけ {使|つか}えます。',
      en: 'The registry takes this form alone.',
    },
    source: '法務省「電子署名を付した PDF」',
  },
  'pdf.registry.C3': {
    title: {
      ja: '登記用 PDF の形（C3：署名者氏名 /Name）',
      jaEasy: '{登記|とうき}の PDFの かたち（C3）',
      en: 'Form for the registry (C3: name of the signer, /Name)',
    },
    passed: {
      ja: '登記用の形に合っています。',
      jaEasy: '{登記|とうき}の かたちに {合|あ}います。',
      en: 'It has the form that the registry takes.',
    },
    means: {
      ja: '登記の申請では、この形だけが受け付けられます。',
      jaEasy: '{登記|とうき}では この かたちだけ {使|つか}えます。',
      en: 'The registry takes this form alone.',
    },
    source: '法務省「電子署名を付した PDF」',
  },
  'pdf.registry.C4': {
    title: {
      ja: '登記用 PDF の形（C4：署名日時 /M）',
      jaEasy: '{登記|とうき}の PDFの かたち（C4）',
      en: 'Form for the registry (C4: time of signing, /M)',
    },
    passed: {
      ja: '登記用の形に合っています。',
      jaEasy: '{登記|とうき}の かたちに {合|あ}います。',
      en: 'It has the form that the registry takes.',
    },
    means: {
      ja: '登記の申請では、この形だけが受け付けられます。',
      jaEasy: '{登記|とうき}では この かたちだけ {使|つか}えます。',
      en: 'The registry takes this form alone.',
    },
    source: '法務省「電子署名を付した PDF」',
  },
  'pdf.registry.C5': {
    title: {
      ja: '登記用 PDF の形（C5：署名の範囲 /ByteRange）',
      jaEasy: '{登記|とうき}の PDFの かたち（C5）',
      en: 'Form for the registry (C5: range, /ByteRange)',
    },
    passed: {
      ja: '登記用の形に合っています。',
      jaEasy: '{登記|とうき}の かたちに {合|あ}います。',
      en: 'It has the form that the registry takes.',
    },
    means: {
      ja: '登記の申請では、この形だけが受け付けられます。',
      jaEasy: '{登記|とうき}では この かたちだけ {使|つか}えます。',
      en: 'The registry takes this form alone.',
    },
    source: '法務省「電子署名を付した PDF」',
  },
  'pdf.registry.C6': {
    title: {
      ja: '登記用 PDF の形（C6：署名の中身 /Contents）',
      jaEasy: '{登記|とうき}の PDFの かたち（C6）',
      en: 'Form for the registry (C6: content, /Contents)',
    },
    passed: {
      ja: '登記用の形に合っています。',
      jaEasy: '{登記|とうき}の かたちに {合|あ}います。',
      en: 'It has the form that the registry takes.',
    },
    means: {
      ja: '登記の申請では、この形だけが受け付けられます。',
      jaEasy: '{登記|とうき}では この かたちだけ {使|つか}えます。',
      en: 'The registry takes this form alone.',
    },
    source: '法務省「電子署名を付した PDF」',
  },
  'pdf.registry.C7': {
    title: {
      ja: '登記用 PDF の形（C7：証明書と属性）',
      jaEasy: '{登記|とうき}の PDFの かたち（C7）',
      en: 'Form for the registry (C7: certificate and attributes)',
    },
    passed: {
      ja: '登記用の形に合っています。',
      jaEasy: '{登記|とうき}の かたちに {合|あ}います。',
      en: 'It has the form that the registry takes.',
    },
    means: {
      ja: '登記の申請では、この形だけが受け付けられます。',
      jaEasy: '{登記|とうき}では この かたちだけ {使|つか}えます。',
      en: 'The registry takes this form alone.',
    },
    source: '法務省「電子署名を付した PDF」',
  },
  'pdf.registry.C7.time': {
    title: {
      ja: '登記用 PDF の形（C7.time：署名時刻の属性）',
      jaEasy: '{登記|とうき}の PDFの かたち（C7.time）',
      en: 'Form for the registry (C7.time: signing time attribute)',
    },
    passed: {
      ja: '登記用の形に合っています。',
      jaEasy: '{登記|とうき}の かたちに {合|あ}います。',
      en: 'It has the form that the registry takes.',
    },
    means: {
      ja: '登記の申請では、この形だけが受け付けられます。',
      jaEasy: '{登記|とうき}では この かたちだけ {使|つか}えます。',
      en: 'The registry takes this form alone.',
    },
    source: '法務省「電子署名を付した PDF」',
  },
  'pdf.registry.C8': {
    title: {
      ja: '登記用 PDF の形（C8：内容の要約値）',
      jaEasy: '{登記|とうき}の PDFの かたち（C8）',
      en: 'Form for the registry (C8: digest of the content)',
    },
    passed: {
      ja: '登記用の形に合っています。',
      jaEasy: '{登記|とうき}の かたちに {合|あ}います。',
      en: 'It has the form that the registry takes.',
    },
    means: {
      ja: '登記の申請では、この形だけが受け付けられます。',
      jaEasy: '{登記|とうき}では この かたちだけ {使|つか}えます。',
      en: 'The registry takes this form alone.',
    },
    source: '法務省「電子署名を付した PDF」',
  },
  'pdf.registry.C8.direct': {
    title: {
      ja: '登記用 PDF の形（C8.direct：署名の属性）',
      jaEasy: '{登記|とうき}の PDFの かたち（C8.direct）',
      en: 'Form for the registry (C8.direct: signed attributes)',
    },
    passed: {
      ja: '登記用の形に合っています。',
      jaEasy: '{登記|とうき}の かたちに {合|あ}います。',
      en: 'It has the form that the registry takes.',
    },
    means: {
      ja: '登記の申請では、この形だけが受け付けられます。',
      jaEasy: '{登記|とうき}では この かたちだけ {使|つか}えます。',
      en: 'The registry takes this form alone.',
    },
    source: '法務省「電子署名を付した PDF」',
  },
  'pdf.registry.C9': {
    title: {
      ja: '登記用 PDF の形（C9：署名の方式）',
      jaEasy: '{登記|とうき}の PDFの かたち（C9）',
      en: 'Form for the registry (C9: method of the signature)',
    },
    passed: {
      ja: '登記用の形に合っています。',
      jaEasy: '{登記|とうき}の かたちに {合|あ}います。',
      en: 'It has the form that the registry takes.',
    },
    means: {
      ja: '登記の申請では、この形だけが受け付けられます。',
      jaEasy: '{登記|とうき}では この かたちだけ {使|つか}えます。',
      en: 'The registry takes this form alone.',
    },
    source: '法務省「電子署名を付した PDF」',
  },
};
