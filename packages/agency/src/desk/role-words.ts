import type { Words } from '@madoguchi/ui';
import type { StaffFault } from './officers.js';
import type { Role } from './roles.js';

export const roleWords: Record<Role, Words> = {
  reception: { ja: '受付', jaEasy: '{受付|うけつけ}', en: 'Reception' },
  examiner: { ja: '審査', jaEasy: '{審査|しんさ}', en: 'Examiner' },
  approver: { ja: '決裁', jaEasy: '{決|き}める {人|ひと}', en: 'Approver' },
  auditor: { ja: '監査', jaEasy: '{監査|かんさ}', en: 'Auditor' },
  admin: { ja: '管理', jaEasy: '{管理|かんり}', en: 'Administrator' },
};

export const roleHints: Record<Role, Words> = {
  reception: {
    ja: '申請を見る、補正を求める、担当を決める',
    jaEasy: '{見|み}る、{直|なお}して もらう',
    en: 'See applications, ask for corrections, assign',
  },
  examiner: {
    ja: '受付のすることに加えて、照合の判断、受理・却下の起案',
    jaEasy: '{調|しら}べて、{提案|ていあん}する',
    en: 'As reception, and decide near matches, propose decisions',
  },
  approver: {
    ja: '審査のすることに加えて、受理・却下の決定、基幹システムへの書き出し',
    jaEasy: '{受|う}けつけるか、ことわるかを {決|き}める',
    en: 'As examiner, and accept or reject, export to core systems',
  },
  auditor: {
    ja: '見るだけ。申請、証跡、監査の記録',
    jaEasy: '{見|み}るだけ',
    en: 'Reading only: applications, evidence, the audit log',
  },
  admin: {
    ja: '職員と役割、基幹システムの鍵。申請の中身は見られません',
    jaEasy: '{職員|しょくいん}と {鍵|かぎ}を {管理|かんり}する',
    en: 'Officers, roles and keys of core systems. Sees no application',
  },
};

/** What the pages of officers and roles say. */
export const staffTexts = {
  title: { ja: '職員と役割', jaEasy: '{職員|しょくいん}と {役割|やくわり}', en: 'Officers and roles' },
  lead: {
    ja: '役割は、役所全体か、課か、手続ごとに渡します。取り上げた役割は、次の操作から使えません。',
    jaEasy: '{職員|しょくいん}が できる ことを {決|き}めます。',
    en: 'A role reaches over the whole agency, a department or one procedure. What is taken away ends with the next click.',
  },
  officer: { ja: '職員の記号', jaEasy: '{職員|しょくいん}の {記号|きごう}', en: 'Officer’s id' },
  officerHint: {
    ja: '例: shimin-07。英小文字・数字・ハイフン。監査の記録に残るため、氏名は使いません',
    jaEasy: '{例|れい}: shimin-07。{名前|なまえ}は {書|か}きません。',
    en: 'For example shimin-07. No names: it stands in the audit log',
  },
  roles: { ja: '役割', jaEasy: '{役割|やくわり}', en: 'Roles' },
  scope: { ja: '及ぶ範囲', jaEasy: 'どの {手続|てつづき}まで', en: 'Reaches over' },
  whole: { ja: '役所全体', jaEasy: 'ぜんぶ', en: 'The whole agency' },
  department: { ja: '課: {name}', jaEasy: '{課|か}: {name}', en: 'Department: {name}' },
  add: { ja: '登録する', jaEasy: '{登録|とうろく}する', en: 'Add' },
  added: { ja: '登録しました', jaEasy: '{登録|とうろく}しました', en: 'Added' },
  link: {
    ja: 'この一度だけのリンクを、本人に安全に渡してください。カードを登録すると、カードで入れます。いまここでだけ見られます。',
    jaEasy: 'この リンクを その {人|ひと}に わたして ください。いま だけ {見|み}えます。',
    en: 'Pass this one-time link to the officer safely: it registers their card. It is shown here and now only.',
  },
  list: { ja: '職員の一覧', jaEasy: '{職員|しょくいん}', en: 'Officers' },
  cards: { ja: 'カード', jaEasy: 'カード', en: 'Cards' },
  ended: { ja: 'はずれました', jaEasy: 'やめました', en: 'Removed' },
  remove: { ja: 'はずす', jaEasy: 'やめて もらう', en: 'Remove' },
  forbiddenTitle: {
    ja: 'あなたの役割では、できません',
    jaEasy: 'あなたは できません',
    en: 'Your role does not allow this',
  },
  forbidden: {
    ja: 'この操作ができる役割を、あなたはここで持っていません。必要なときは、管理の担当に頼んでください。',
    jaEasy: 'できる {人|ひと}に たのんで ください。',
    en: 'You hold no role here that allows this. Ask an administrator if you need it.',
  },
  noRole: { ja: '役割なし', jaEasy: '{役割|やくわり} なし', en: 'no role' },
} as const satisfies Record<string, Words>;

export const staffFaultWords: Record<StaffFault, Words> = {
  officer: {
    ja: '職員の記号は、英小文字・数字・ハイフンで40文字までです。',
    jaEasy: '{英小文字|えいこもじ}と {数字|すうじ}で {書|か}いて ください。',
    en: 'An id has small letters, digits and hyphens, up to 40.',
  },
  roles: {
    ja: '役割を1つ以上選んでください。',
    jaEasy: '{役割|やくわり}を えらんで ください。',
    en: 'Choose at least one role.',
  },
  scope: {
    ja: 'この範囲はありません。',
    jaEasy: 'その {手続|てつづき}は ありません。',
    en: 'There is no such scope.',
  },
  unknown: {
    ja: 'この職員は登録されていません。',
    jaEasy: 'この {人|ひと}は いません。',
    en: 'There is no such officer.',
  },
  lastAdmin: {
    ja: '管理の担当が1人もいなくなるため、できません。先に、ほかの職員に管理の役割を渡してください。',
    jaEasy: '{管理|かんり}する {人|ひと}が いなく なります。できません。',
    en: 'Nobody would be left to manage officers. Give that role to another officer first.',
  },
};
