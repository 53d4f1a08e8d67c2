/**
 * Readers with a PIN pad of their own: the PIN goes from its keys to the card and never through this computer. PC/SC part 10 (v2), 2.
 *
 * Pads have digits only, so they serve the 4-digit PINs; the signature password has letters and is typed on the keyboard.
 */

/** `CM_IOCTL_GET_FEATURE_REQUEST` is control code 3400 of the smart card class. */
export const featureRequest = 3400;
const verifyPinDirect = 0x06;

/** What a reader's pad answered. */
export type PadAnswer =
  | { kind: 'answer'; response: Uint8Array }
  | { kind: 'cancelled' }
  | { kind: 'timeout' };

export interface PinPad {
  /** Lets the holder type a 4-digit PIN; `header` is CLA INS P1 P2 of the VERIFY the reader completes. */
  verify(header: Uint8Array): Promise<PadAnswer>;
}

/** The control code of secure PIN verification in a reader's list of features (tag, length 4, big-endian code). */
export function verifyControlCode(features: Uint8Array): number | undefined {
  for (let at = 0; at + 2 <= features.length; ) {
    const length = features[at + 1] ?? 0;
    if (features[at] === verifyPinDirect && length === 4 && at + 6 <= features.length)
      return Buffer.from(features.subarray(at + 2, at + 6)).readUInt32BE(0);
    at += 2 + length;
  }
  return undefined;
}

const pinLength = 4;
const seconds = 30;
/** English (US) is what every pad has; Japanese (0411) is asked for and pads without it fall back. */
const language = 0x0411;

/** PIN_VERIFY_STRUCTURE (PC/SC part 10, 2.5.2) for a VERIFY with four ASCII digits. Integers are little-endian. */
export function verifyStructure(header: Uint8Array): Uint8Array {
  if (header.length !== 4) throw new RangeError('CLA INS P1 P2');
  const apdu = Buffer.from([...header, pinLength, ...new Array<number>(pinLength).fill(0xff)]);
  const head = Buffer.alloc(19);
  head.writeUInt8(seconds, 0); // bTimeOut
  head.writeUInt8(seconds, 1); // bTimeOut2, after the first key
  head.writeUInt8(0x82, 2); // bmFormatString: bytes, offset 0, left justified, ASCII
  head.writeUInt8(pinLength, 3); // bmPINBlockString: the block is as long as the PIN
  head.writeUInt8(0, 4); // bmPINLengthFormat: no length inside the APDU's data
  head.writeUInt16LE((pinLength << 8) | pinLength, 5); // wPINMaxExtraDigit: least, most
  head.writeUInt8(0x02, 7); // bEntryValidationCondition: the OK key
  head.writeUInt8(0x01, 8); // bNumberMessage
  head.writeUInt16LE(language, 9);
  head.writeUInt8(0, 11); // bMsgIndex: PIN insertion prompt
  head.writeUInt32LE(apdu.length, 15); // bTeoPrologue stays 0
  return Buffer.concat([head, apdu]);
}

/** Status words of the pad itself (PC/SC part 10, 2.5.2): 6400 no key in time, 6401 the cancel key. */
export function padAnswer(response: Uint8Array): PadAnswer {
  const [high, low] = response.subarray(-2);
  if (high === 0x64 && low === 0x00) return { kind: 'timeout' };
  if (high === 0x64 && low === 0x01) return { kind: 'cancelled' };
  return { kind: 'answer', response };
}
