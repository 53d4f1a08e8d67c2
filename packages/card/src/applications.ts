/** Applications (AP) of a card. `issuerDomain` is the state after a reset, reached again by the AID of the GlobalPlatform ISD. */
export type ApplicationName = 'jpki' | 'text' | 'visual' | 'common' | 'resident' | 'issuerDomain';

/** Applications by their AID. */
export const aids = {
  /** 公的個人認証AP: keys and certificates. */
  jpki: Uint8Array.of(0xd3, 0x92, 0xf0, 0x00, 0x26, 0x01, 0x00, 0x00, 0x00, 0x01),
  /** 券面事項入力補助AP: the four basic items and My Number as text. */
  text: Uint8Array.of(0xd3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x04, 0x08),
  /** 券面事項確認AP: the card's face as images. */
  visual: Uint8Array.of(0xd3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x04, 0x02),
  /** 共通カードAP: the card's own number, municipality and expiry, as a record. */
  common: Uint8Array.of(0xd3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x01, 0x00),
  /** 住基AP: only what one source saw of it; its interface is not public. */
  resident: Uint8Array.of(0xd3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x04, 0x01),
  /** GlobalPlatform issuer security domain: GET DATA as after a reset. */
  issuerDomain: Uint8Array.of(0xa0, 0x00, 0x00, 0x01, 0x51, 0x00, 0x00),
} as const satisfies Record<ApplicationName, Uint8Array>;

const names = Object.keys(aids) as ApplicationName[];

/** Only whole AIDs select: a prefix answers 6A82 like an unknown one. */
export function applicationByAid(aid: Uint8Array): ApplicationName | undefined {
  return names.find((name) => Buffer.compare(aids[name], aid) === 0);
}
