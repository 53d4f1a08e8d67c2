import type { RevocationReason } from '@madoguchi/pki';

/** Reasons this authority uses, RFC 5280 section 5.3.1 and the operating rules of JPKI 4.9.9. The others are never written. */
export type CaReason = Exclude<RevocationReason, 'removeFromCRL' | 'privilegeWithdrawn' | 'aACompromise'>;

interface ReasonRow {
  readonly when: { readonly ja: string; readonly jaEasy: string; readonly en: string };
  /** Whether a clerk at the counter may choose it; the others are the authority's own. */
  readonly counter: boolean;
  /** The statute's record it belongs to where the caller names none. */
  readonly ground: Ground;
}

/** Holder's request, change of the resident record, error in the record, the issuer's own event. */
export type Ground = 'request' | 'change' | 'error' | 'issuer';

export const reasons: Readonly<Record<CaReason, ReasonRow>> = {
  unspecified: {
    when: {
      ja: '交付の前に廃棄した',
      jaEasy: 'わたす{前|まえ}に すてた',
      en: 'destroyed before it was handed over',
    },
    counter: false,
    ground: 'error',
  },
  keyCompromise: {
    when: {
      ja: '秘密鍵が漏れた',
      jaEasy: 'かぎが ほかの{人|ひと}に もれた',
      en: "the holder's key has leaked",
    },
    counter: true,
    ground: 'request',
  },
  cACompromise: {
    when: {
      ja: '発行者の鍵が漏れた',
      jaEasy: '{役所|やくしょ}の かぎが もれた',
      en: "the issuer's key has leaked",
    },
    counter: false,
    ground: 'issuer',
  },
  affiliationChanged: {
    when: {
      ja: '氏名・住所などが変わった',
      jaEasy: '{名前|なまえ}や {住所|じゅうしょ}などが かわった',
      en: 'name, address or another recorded item has changed',
    },
    counter: true,
    ground: 'change',
  },
  superseded: {
    when: { ja: '更新した', jaEasy: '{新|あたら}しく した', en: 'it was renewed' },
    counter: true,
    ground: 'request',
  },
  cessationOfOperation: {
    when: { ja: '使わなくなった', jaEasy: 'もう つかわない', en: 'it is no longer needed' },
    counter: true,
    ground: 'request',
  },
  certificateHold: {
    when: {
      ja: 'カードをなくした（一時停止。もとには戻せません）',
      jaEasy: 'カードを なくした（もとに もどせません）',
      en: 'the card is lost (a hold, which is never released)',
    },
    counter: true,
    ground: 'request',
  },
};

export const caReasons = Object.keys(reasons) as readonly CaReason[];

/** The reason of that name as RFC 5280 spells it, or undefined. */
export function reasonByName(name: string): CaReason | undefined {
  return caReasons.find((reason) => reason === name);
}
