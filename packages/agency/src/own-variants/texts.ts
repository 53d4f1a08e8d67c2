import type { Words } from '@madoguchi/ui';
import type { VariantKind } from '../matching/index.js';
import type { ProposalFault, RowFault } from './rows.js';

/** What the page of the agency's own character forms says. */
export const variantTexts = {
  title: { ja: '異体字の表', jaEasy: '{字|じ}の かたちの {表|ひょう}', en: 'Character forms (異体字)' },
  lead: {
    ja: '照合で「同じ字の別の形」とみなす文字の組です。あらかじめ入っている表に、この役所の行を加えられます。加えた行でも判定は「近い」までで、同じ人かどうかは職員が決めます。',
    jaEasy:
      'かたちが ちがっても {同|おな}じ {字|じ}だと {見|み}る {組|くみ}です。{同|おな}じ {人|ひと}かは、{職員|しょくいん}が {決|き}めます。',
    en: 'Characters that matching takes for forms of one character. Rows of this agency come after the table that is shipped. They make a match “near” at most: whether it is one person an officer decides.',
  },
  shipped: {
    ja: 'あらかじめ入っている表は{count}行です（常用漢字表、Unihan、戸籍の慣用）。',
    jaEasy: 'はじめから ある {表|ひょう}は {count} {行|ぎょう}です。',
    en: 'The table that is shipped has {count} rows (jōyō list, Unihan, customs of family registers).',
  },
  propose: { ja: '行を提案する', jaEasy: '{提案|ていあん}する', en: 'Propose a row' },
  kind: { ja: '組の種類', jaEasy: '{組|くみ}の しゅるい', en: 'Kind' },
  forms: { ja: '文字', jaEasy: '{字|じ}', en: 'Characters' },
  formsHint: {
    ja: '例: 邉邊。続けて書きます',
    jaEasy: '2つ{以上|いじょう}の {字|じ}を つづけて {書|か}きます。',
    en: 'For example 邉邊, one after the other',
  },
  note: { ja: '出典と理由', jaEasy: 'どこに {書|か}いて あるか、なぜか', en: 'Source and reason' },
  noteHint: {
    ja: '例: 戸籍統一文字情報。200文字まで。人の氏名や住所は書きません',
    jaEasy: '{人|ひと}の {名前|なまえ}や {住所|じゅうしょ}は {書|か}きません。',
    en: 'Up to 200 characters, no person’s name or address',
  },
  proposed: {
    ja: '提案しました。ほかの職員が確定すると、照合に使われます。',
    jaEasy: '{提案|ていあん}しました。ほかの {人|ひと}が {決|き}めると、{使|つか}われます。',
    en: 'Proposed. It counts once another officer has put it in force.',
  },
  rows: { ja: 'この役所の行', jaEasy: 'この {役所|やくしょ}の {行|ぎょう}', en: 'Rows of this agency' },
  none: {
    ja: 'この役所の行は、まだありません。',
    jaEasy: 'まだ ありません。',
    en: 'This agency has no rows of its own yet.',
  },
  who: { ja: '提案', jaEasy: '{提案|ていあん}した {人|ひと}', en: 'Proposed by' },
  state: { ja: '状態', jaEasy: 'いまの ようす', en: 'State' },
  waiting: {
    ja: 'ほかの職員の確定を待っています',
    jaEasy: 'ほかの {人|ひと}を {待|ま}って います',
    en: 'Waits for another officer',
  },
  inForce: {
    ja: '使っています（確定 {by}）',
    jaEasy: '{使|つか}って います（{by}）',
    en: 'In force, by {by}',
  },
  ended: { ja: 'やめました（{by}）', jaEasy: 'やめました（{by}）', en: 'Ended by {by}' },
  confirm: { ja: '確定する', jaEasy: '{決|き}める', en: 'Put in force' },
  end: { ja: 'やめる', jaEasy: 'やめる', en: 'End' },
  effect: {
    ja: '確定したりやめたりすると、関係する審査中の申請は、すぐに照合し直されます。',
    jaEasy: '{決|き}めると、{申請|しんせい}を すぐに もういちど {調|しら}べます。',
    en: 'When a row begins or ends to count, the undecided applications it concerns are looked at again at once.',
  },
  file: {
    ja: '使っている行を表のファイルとして保存する（TSV）',
    jaEasy: '{表|ひょう}を ファイルに する（TSV）',
    en: 'The rows in force as a file (TSV)',
  },
} as const satisfies Record<string, Words>;

export const kindWords: Record<VariantKind, Words> = {
  variant: {
    ja: '異体字（例: 辺と邉）',
    jaEasy: '{同|おな}じ {字|じ}の べつの かたち',
    en: 'Forms of one character (辺, 邉)',
  },
  'between-kanji': {
    ja: '漢字のあいだの仮名（例: ヶとケ）',
    jaEasy: '{漢字|かんじ}の あいだの かな',
    en: 'Kana between kanji (ヶ, ケ)',
  },
  substitute: {
    ja: '証明書で表せない字と、代わりの字（先に表せない字）',
    jaEasy: '{証明書|しょうめいしょ}に {書|か}けない {字|じ}と、かわりの {字|じ}',
    en: 'A character that no certificate can show, then what stands for it',
  },
};

/** What is wrong with a proposal, and at which field. */
export const proposalFaults: Record<ProposalFault, { field: 'kind' | 'forms' | 'note'; message: Words }> = {
  kind: {
    field: 'kind',
    message: {
      ja: '組の種類を選んでください。',
      jaEasy: 'しゅるいを えらんで ください。',
      en: 'Choose the kind.',
    },
  },
  forms: {
    field: 'forms',
    message: {
      ja: '違う文字を、2つから12まで続けて書いてください。',
      jaEasy: '2つから 12までの {字|じ}を {書|か}いて ください。',
      en: 'Write two to twelve characters, each another.',
    },
  },
  script: {
    field: 'forms',
    message: {
      ja: '漢字でない文字があります。漢字（種類によっては仮名も）だけを書いてください。',
      jaEasy: '{漢字|かんじ}だけを {書|か}いて ください。',
      en: 'There is a character that is no kanji (or kana, where the kind allows it).',
    },
  },
  neverTheSame: {
    field: 'forms',
    message: {
      ja: '形は似ていても別の字（例: 土と士、未と末）は、同じとみなせません。',
      jaEasy: '{似|に}て いても べつの {字|じ}です。',
      en: 'They look alike and are different characters (土 and 士): no table may join them.',
    },
  },
  repertoire: {
    field: 'forms',
    message: {
      ja: '先に証明書で表せない字、後に表せる字（JIS X 0208・0212）を書いてください。',
      jaEasy: '{証明書|しょうめいしょ}に {書|か}けない {字|じ}を {先|さき}に {書|か}いて ください。',
      en: 'First the character that no certificate can show, then ones that it can (JIS X 0208, 0212).',
    },
  },
  note: {
    field: 'note',
    message: {
      ja: '出典と理由を、200文字までで書いてください。',
      jaEasy: '{理由|りゆう}を {書|か}いて ください。200{文字|もじ}までです。',
      en: 'Write source and reason, within 200 characters.',
    },
  },
  known: {
    field: 'forms',
    message: {
      ja: 'この組は、もう表にあるか、提案されています。',
      jaEasy: 'もう {表|ひょう}に あります。',
      en: 'The table has it already, or it has been proposed.',
    },
  },
};

export const rowFaultWords: Record<RowFault, Words> = {
  own: {
    ja: '自分の提案は、確定できません。ほかの職員に頼んでください。',
    jaEasy: '{自分|じぶん}の {提案|ていあん}は {決|き}められません。',
    en: 'Nobody puts their own proposal in force. Ask another officer.',
  },
  gone: {
    ja: 'この行は、もう確定されたか、やめられています。',
    jaEasy: 'もう {決|き}まって います。',
    en: 'This row has been put in force or ended meanwhile.',
  },
};
