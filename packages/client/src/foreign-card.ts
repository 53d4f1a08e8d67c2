import { type StatusWord, splitResponse, type Transmit } from '@madoguchi/card';

/**
 * What lies in the reader when it is no card of ours, as far as it tells by itself. Nothing is read from such a card: it is asked whether it
 * knows an application's name.
 */
export type ForeignCard =
  | 'payment-card'
  | 'passport'
  | 'residence-card'
  | 'driving-licence'
  | 'felica'
  | 'mifare'
  | 'old-resident-card'
  | 'unknown';

/** Application identifiers that name a card's kind. */
const applications: readonly (readonly [ForeignCard, string])[] = [
  // EMV Book 1, 12.2: the directory of payment applications, "2PAY.SYS.DDF01" (contactless) and "1PAY.SYS.DDF01".
  ['payment-card', '325041592e5359532e4444463031'],
  ['payment-card', '315041592e5359532e4444463031'],
  // ICAO Doc 9303-10: the eMRTD application.
  ['passport', 'a0000002471001'],
  // 在留カード等仕様書 (Immigration Services Agency): DF1. Assumption: not tried with a real card.
  ['residence-card', 'd392f0004f0200000000000000000000'],
  // 運転免許証及び運転免許証作成システム等仕様書 (National Police Agency): DF1. Assumption: not tried with a real card.
  ['driving-licence', 'a0000002310100000000000000000000'],
  // 住基AP of a card without a JPKI application (card.md 1, secondary source).
  ['old-resident-card', 'd3921000310001010401'],
];

/**
 * The storage card named in an ATR that a contactless reader made up: PC/SC part 3, 3.1.3.2.3, historical bytes
 * `80 4F 0C A0 00 00 03 06 SS NN NN`. SS = 11 is FeliCa (transit and electronic money cards in Japan).
 */
function storageCardOf(atr: Uint8Array): ForeignCard | undefined {
  const bytes = Buffer.from(atr);
  const at = bytes.indexOf(Buffer.from('804f0ca000000306', 'hex'));
  if (at < 0) return undefined;
  const standard = bytes[at + 8];
  if (standard === 0x11) return 'felica';
  return standard === 0x03 ? 'mifare' : 'unknown';
}

/** Status words by which a card says that it does not know the application (or SELECT itself). */
const strangers: readonly StatusWord['kind'][] = [
  'notFound',
  'wrongParameters',
  'unknownInstruction',
  'unknownClass',
  'wrongLength',
  'conditionsOfUse',
  'other',
];

/** Does this answer to SELECT of our application mean "another kind of card"? */
export function isStranger(status: StatusWord): boolean {
  return strangers.includes(status.kind);
}

/** Asks a strange card, by its ATR and a few SELECTs, what it is. Never throws for what a card answers. */
export async function nameForeignCard(transmit: Transmit, atr?: Uint8Array): Promise<ForeignCard> {
  const storage = atr === undefined ? undefined : storageCardOf(atr);
  if (storage !== undefined) return storage;
  for (const [kind, aid] of applications) {
    const bytes = Buffer.from(aid, 'hex');
    // Without P2 = 0C: some of these cards know only the form that answers with the application's description.
    const command = Uint8Array.of(0x00, 0xa4, 0x04, 0x00, bytes.length, ...bytes, 0x00);
    const answer = splitResponse(await transmit(command));
    if (answer?.status.kind === 'ok' || (answer !== undefined && answer.status.sw >> 8 === 0x61)) return kind;
  }
  return 'unknown';
}
