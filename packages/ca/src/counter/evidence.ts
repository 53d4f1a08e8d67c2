import type { Words } from '@madoguchi/ui';

/** A document that proves who somebody is. Group A: with photograph, from an authority; group B: without. Only its kind is recorded. */
interface Document {
  readonly id: string;
  readonly group: 'A' | 'B';
  readonly label: Words;
}

const word = (ja: string, jaEasy: string, en: string): Words => ({ ja, jaEasy, en });

/** 本人確認書類 as municipalities list them for these certificates: one of A, or two of B. */
export const documents: readonly Document[] = [
  {
    id: 'licence',
    group: 'A',
    label: word('運転免許証', '{運転免許証|うんてんめんきょしょう}', 'Driving licence'),
  },
  { id: 'passport', group: 'A', label: word('旅券（パスポート）', 'パスポート', 'Passport') },
  { id: 'card', group: 'A', label: word('マイナンバーカード', 'マイナンバーカード', 'My Number Card') },
  {
    id: 'residence',
    group: 'A',
    label: word('在留カード・特別永住者証明書', '{在留|ざいりゅう}カード', 'Residence card'),
  },
  {
    id: 'disability',
    group: 'A',
    label: word('障害者手帳', '{障害者手帳|しょうがいしゃてちょう}', 'Disability certificate'),
  },
  {
    id: 'insurance',
    group: 'B',
    label: word(
      '健康保険の資格確認書',
      '{健康保険|けんこうほけん}の {紙|かみ}',
      'Health insurance certificate',
    ),
  },
  {
    id: 'pension',
    group: 'B',
    label: word('年金手帳・年金証書', '{年金|ねんきん}の {手帳|てちょう}', 'Pension book'),
  },
  {
    id: 'care',
    group: 'B',
    label: word('介護保険証', '{介護保険証|かいごほけんしょう}', 'Care insurance card'),
  },
  {
    id: 'school',
    group: 'B',
    label: word(
      '学生証・社員証',
      '{学生証|がくせいしょう}・{社員証|しゃいんしょう}',
      'Student or staff card',
    ),
  },
];

/** Who stands at the counter: the applicant, a legal representative (法定代理人), or an agent with an answered letter (照会書・回答書). */
export const presenters = ['self', 'guardian', 'agent'] as const;
export type Presenter = (typeof presenters)[number];

/** One of A, or two of B; unknown names count for nothing. */
export function provesIdentity(seen: readonly string[]): boolean {
  const known = documents.filter(({ id }) => seen.includes(id));
  return known.some(({ group }) => group === 'A') || known.length >= 2;
}
