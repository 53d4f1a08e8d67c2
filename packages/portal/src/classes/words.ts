import type { Words } from '@madoguchi/ui';

export const texts = {
  title: { ja: '講座と相談会', jaEasy: 'おしえる {日|ひ}', en: 'Classes' },
  lead: {
    ja: 'オンライン申請のしかたを、いっしょに習う会です。お金はかかりません。',
    jaEasy: 'いっしょに {習|なら}います。お{金|かね}は いりません。',
    en: 'Learn to apply online, together with others. Free of charge.',
  },
  calendar: {
    ja: 'カレンダーに入れる（iCalendar）',
    jaEasy: 'カレンダーに {入|い}れる',
    en: 'Add to your calendar (iCalendar)',
  },
  none: {
    ja: 'いま予定されている講座はありません。',
    jaEasy: 'いまは ありません。',
    en: 'No class is planned just now.',
  },
  sample: { ja: '見本（ほんとうにはありません）', jaEasy: '{見本|みほん}', en: 'sample, not a real class' },
  start: { ja: 'とき', jaEasy: 'いつ', en: 'When' },
  startValue: {
    ja: '{time}から{minutes}分',
    jaEasy: '{time}から {minutes}{分|ふん}',
    en: '{time}, {minutes} minutes',
  },
  place: { ja: 'ところ', jaEasy: 'どこ', en: 'Where' },
  seats: { ja: '空いている席', jaEasy: 'あいて いる {席|せき}', en: 'Seats left' },
  seatsValue: { ja: '{n}席（定員{all}人）', jaEasy: '{n}（ぜんぶで {all}）', en: '{n} of {all}' },
  full: { ja: '満席です', jaEasy: 'いっぱいです', en: 'Full' },
  telephone: { ja: '電話', jaEasy: '{電話|でんわ}', en: 'Telephone' },
  join: { ja: '申し込む', jaEasy: '{申|もう}し{込|こ}む', en: 'Sign up' },
  byPhone: {
    ja: '申込みは、上の電話でお願いします。',
    jaEasy: '{電話|でんわ}で {申|もう}し{込|こ}んで ください。',
    en: 'Please sign up by telephone.',
  },
  name: { ja: 'お名前', jaEasy: 'お{名前|なまえ}', en: 'Your name' },
  nameHint: {
    ja: '当日お呼びする名前です。苗字だけでもかまいません。',
    jaEasy: 'この {名前|なまえ}で よびます。',
    en: 'By which we call you on the day. A family name is enough.',
  },
  people: { ja: '来る人の数', jaEasy: '{何人|なんにん}で', en: 'How many come' },
  peopleUnit: { ja: '人', jaEasy: '{人|にん}', en: 'people' },
  telephoneLabel: { ja: '電話番号', jaEasy: '{電話番号|でんわばんごう}', en: 'Telephone number' },
  telephoneHint: {
    ja: '中止や変更のときだけ、お電話します。',
    jaEasy: 'かわる ときだけ {電話|でんわ}します。',
    en: 'We call only if the class is changed or cancelled.',
  },
  kept: {
    ja: 'お名前と電話番号は、講座が終わって30日たつと消します。',
    jaEasy: '{名前|なまえ}は 30{日|にち}あとに {消|け}します。',
    en: 'Name and number are erased 30 days after the class.',
  },
  done: { ja: '申し込みました', jaEasy: '{申|もう}し{込|こ}みました', en: 'You are signed up' },
  doneAgain: {
    ja: 'この申込みは、もう受け付けています。',
    jaEasy: 'もう {申|もう}し{込|こ}んで います。',
    en: 'You have already signed up.',
  },
  code: { ja: '取消しの確認コード', jaEasy: 'やめる ときの {確認|かくにん}コード', en: 'Code to cancel' },
  keep: {
    ja: '来られなくなったときに使います。書きとめてください。もう一度は出ません。',
    jaEasy: 'やめる ときに {使|つか}います。{紙|かみ}に {書|か}いて ください。',
    en: 'You need it if you cannot come. Write it down: it is not shown again.',
  },
  cancel: { ja: '申込みを取り消す', jaEasy: 'やめる', en: 'Cancel' },
  cancelTitle: {
    ja: '講座の申込みを取り消す',
    jaEasy: '{申|もう}し{込|こ}みを やめる',
    en: 'Cancel your seat',
  },
  cancelled: { ja: '申込みを取り消しました', jaEasy: 'やめました', en: 'Your seat is given back' },
  back: { ja: '講座の一覧へ', jaEasy: 'もどる', en: 'To the classes' },
  list: { ja: '講座に申し込んだ人', jaEasy: '{来|く}る {人|ひと}', en: 'Who comes to the classes' },
  nobody: { ja: 'まだいません。', jaEasy: 'まだ いません。', en: 'Nobody yet.' },
} satisfies Record<string, Words>;

export const faults = {
  name: {
    ja: 'お名前を書いてください（40文字まで）。',
    jaEasy: '{名前|なまえ}を {書|か}いて ください。',
    en: 'Enter a name of up to 40 characters.',
  },
  people: {
    ja: '1人から4人までで書いてください。',
    jaEasy: '1から 4までの {数字|すうじ}です。',
    en: 'From 1 to 4 people.',
  },
  telephone: {
    ja: '電話番号を数字で書いてください（例: 090-0000-0000）。',
    jaEasy: '{電話番号|でんわばんごう}を {書|か}いて ください。',
    en: 'Enter a telephone number, for example 090-0000-0000.',
  },
  left: { ja: '空いている席は、あと{n}席です。', jaEasy: 'あと {n}です。', en: 'Only {n} seats are left.' },
  code: {
    ja: '確認コードが違います。もう一度確かめてください。',
    jaEasy: '{確認|かくにん}コードが ちがいます。もう いちど {見|み}て ください。',
    en: 'There is no such code. Please check it.',
  },
} satisfies Record<string, Words>;
