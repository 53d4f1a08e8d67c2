import type { Words } from '@madoguchi/ui';
import type { CaReason, Ground } from '../reasons.js';
import type { Presenter } from './evidence.js';
import type { Right } from './roles.js';

/** Why a clerk may end a certificate, and what it needs. */
interface RevocationGround {
  readonly id: string;
  readonly label: Words;
  readonly hint?: Words;
  readonly reason: CaReason;
  /** Which of the statute's records it belongs to. */
  readonly ground: Ground;
  readonly right: Right;
  /** Who may ask for it. */
  readonly by: readonly Presenter[];
}

const holders: readonly Presenter[] = ['self', 'guardian'];

/**
 * The grounds of a revocation at the counter (lifecycle reference 3.1 and 3.2). Changes of the register and deaths come as register events,
 * which revoke by rule; what stands here ex officio is for what no event covers. A hold by telephone has a page of its own.
 */
export const grounds: readonly RevocationGround[] = [
  {
    id: 'request',
    label: {
      ja: '本人の失効申請（使わなくなった）',
      jaEasy: '{本人|ほんにん}が やめたい',
      en: 'The holder asks for it: no longer needed',
    },
    reason: 'cessationOfOperation',
    ground: 'request',
    right: 'revoke',
    by: holders,
  },
  {
    id: 'leak',
    label: {
      ja: '秘密鍵や署名用パスワードが漏れた（漏えい等の届出）',
      jaEasy: 'パスワードを ほかの {人|ひと}に {知|し}られた',
      en: 'The key or its password has leaked',
    },
    reason: 'keyCompromise',
    ground: 'request',
    right: 'revoke',
    by: holders,
  },
  {
    id: 'error',
    label: {
      ja: '証明書の記録に誤りがあった（職権）',
      jaEasy: '{証明書|しょうめいしょ}に まちがいが ある',
      en: 'The certificate has a recording error (ex officio)',
    },
    hint: {
      ja: '名義人に通知してください。',
      jaEasy: '{本人|ほんにん}に {知|し}らせて ください。',
      en: 'Notify the holder.',
    },
    reason: 'affiliationChanged',
    ground: 'error',
    right: 'exOfficio',
    by: ['office'],
  },
  {
    id: 'cardEnded',
    label: {
      ja: 'カードが廃止された（職権）',
      jaEasy: 'カードが つかえなく なった',
      en: 'The card was abolished (ex officio)',
    },
    reason: 'cessationOfOperation',
    ground: 'change',
    right: 'exOfficio',
    by: ['office'],
  },
];

export const lossKinds = ['lost', 'stolen', 'found'] as const;
export type LossKind = (typeof lossKinds)[number];

/**
 * What the loss of a card ends (lifecycle reference 3.2): by telephone, without a card or a paper, it is a hold (certificateHold); told in
 * person, with proof of identity, the card is abolished and both certificates end. A hold is never released: a card that is found again
 * gets new certificates.
 */
export const lossRules: Readonly<
  Record<LossKind, { readonly byPhone: CaReason | undefined; readonly inPerson: CaReason | undefined }>
> = {
  lost: { byPhone: 'certificateHold', inPerson: 'cessationOfOperation' },
  stolen: { byPhone: 'certificateHold', inPerson: 'cessationOfOperation' },
  found: { byPhone: undefined, inPerson: undefined },
};
