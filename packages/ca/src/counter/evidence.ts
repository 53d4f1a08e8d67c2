import type { Words } from '@madoguchi/ui';

/** Something that was seen, by its kind: numbers are never recorded. */
interface Evidence {
  readonly id: string;
  readonly label: Words;
}

/** A document that proves who somebody is. Group A: with photograph, from an authority; group B: without. */
interface Document extends Evidence {
  readonly group: 'A' | 'B';
}

const word = (ja: string, jaEasy: string, en: string): Words => ({ ja, jaEasy, en });
const document = (
  id: string,
  group: Document['group'],
  ja: string,
  jaEasy: string,
  en: string,
): Document => ({
  id,
  group,
  label: word(ja, jaEasy, en),
});

/** 本人確認書類 as municipalities list them for these certificates: one of A, or two of B. */
export const documents: readonly Document[] = [
  document('licence', 'A', '運転免許証', '{運転免許証|うんてんめんきょしょう}', 'Driving licence'),
  document('passport', 'A', '旅券（パスポート）', 'パスポート', 'Passport'),
  document('card', 'A', 'マイナンバーカード', 'マイナンバーカード', 'My Number Card'),
  document('residence', 'A', '在留カード・特別永住者証明書', '{在留|ざいりゅう}カード', 'Residence card'),
  document('disability', 'A', '障害者手帳', '{障害者手帳|しょうがいしゃてちょう}', 'Disability certificate'),
  document(
    'insurance',
    'B',
    '健康保険の資格確認書',
    '{健康保険|けんこうほけん}の {紙|かみ}',
    'Health insurance certificate',
  ),
  document('pension', 'B', '年金手帳・年金証書', '{年金|ねんきん}の {手帳|てちょう}', 'Pension book'),
  document('care', 'B', '介護保険証', '{介護保険証|かいごほけんしょう}', 'Care insurance card'),
  document(
    'school',
    'B',
    '学生証・社員証',
    '{学生証|がくせいしょう}・{社員証|しゃいんしょう}',
    'Student or staff card',
  ),
];

/** What shows that somebody may act for a child or a ward. A guardian of an adult is in the guardianship register only. */
export const authorities: readonly (Evidence & { readonly for: readonly ('child' | 'ward')[] })[] = [
  {
    id: 'koseki',
    for: ['child'],
    label: word('戸籍謄本・戸籍の証明', '{戸籍|こせき}の {紙|かみ}', 'Family register certificate'),
  },
  {
    id: 'juminhyo',
    for: ['child'],
    label: word(
      '住民票の続柄（同じ世帯の親）',
      '{住民票|じゅうみんひょう}（{同|おな}じ {家|いえ}の {親|おや}）',
      'Residence record: a parent of the same household',
    ),
  },
  {
    id: 'toki',
    for: ['child', 'ward'],
    label: word(
      '後見の登記事項証明書',
      '{後見|こうけん}の {登記|とうき}の {紙|かみ}',
      'Certificate of the guardianship register',
    ),
  },
];

/** What must be right on an answer (回答書) before its bearer may act. All of them. */
export const answerChecks: readonly Evidence[] = [
  {
    id: 'answer-signed',
    label: word(
      '回答書に、本人の署名と日付がある',
      '{答|こた}えの {紙|かみ}に {本人|ほんにん}の {名前|なまえ}が ある',
      'The applicant has signed and dated the answer',
    ),
  },
  {
    id: 'answer-agent',
    label: word(
      '回答書の代理人の氏名・住所が、来た方の書類と同じ',
      '{来|き}た {人|ひと}の {名前|なまえ}が {紙|かみ}と {同|おな}じ',
      'The agent named there is the person who has come',
    ),
  },
  {
    id: 'answer-sealed',
    label: word(
      '暗証番号の紙は、封をしたまま持参された',
      'パスワードの {紙|かみ}は {閉|と}じて ある',
      'The slip with the PINs came sealed',
    ),
  },
];

/** On what an office acts of its own accord (職権). */
export const officeEvidence: readonly Evidence[] = [
  {
    id: 'register',
    label: word(
      '住民記録の異動の通知',
      '{住民|じゅうみん}の {記録|きろく}の {知|し}らせ',
      'Notice of a change in the resident record',
    ),
  },
  {
    id: 'notice',
    label: word(
      'ほかの機関からの文書',
      'ほかの {役所|やくしょ}の {紙|かみ}',
      'Letter from another authority',
    ),
  },
  {
    id: 'error',
    label: word('記録の誤りの確認', '{記録|きろく}の まちがい', 'Error in the record, confirmed'),
  },
];

/** Who stands at the counter or rings: the applicant, a legal representative (法定代理人), an agent with an answered letter, somebody of the household, or nobody: the office itself. */
export type Presenter = 'self' | 'guardian' | 'agent' | 'family' | 'office';

/** One of A, or two of B; unknown names count for nothing. */
function provesIdentity(seen: readonly string[]): boolean {
  const known = documents.filter(({ id }) => seen.includes(id));
  return known.some(({ group }) => group === 'A') || known.length >= 2;
}

/** Why somebody may not have a signature certificate, and a representative must act for them. */
export type Incapacity = 'child' | 'ward';

export type MissingProof = 'evidence' | 'authority' | 'answer';

/** What is still missing before a person who has come may act; empty: nothing. */
export function missingProofs(
  presenter: Presenter,
  seen: readonly string[],
  incapacity: Incapacity | undefined,
): MissingProof[] {
  const has = (id: string) => seen.includes(id);
  const missing: MissingProof[] = [];
  if (presenter === 'office') return officeEvidence.some(({ id }) => has(id)) ? [] : ['evidence'];
  if (!provesIdentity(seen)) missing.push('evidence');
  if (presenter === 'guardian') {
    const wanted = authorities.filter((one) => one.for.includes(incapacity ?? 'ward'));
    if (!wanted.some(({ id }) => has(id))) missing.push('authority');
  }
  if (presenter === 'agent' && !answerChecks.every(({ id }) => has(id))) missing.push('answer');
  return missing;
}

/** A kind of evidence in words, for the record; undefined for one that is not in the tables. */
export function evidenceWords(id: string): Words | undefined {
  return [...documents, ...authorities, ...answerChecks, ...officeEvidence].find((one) => one.id === id)
    ?.label;
}
