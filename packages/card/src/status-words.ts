/** Status words (ISO/IEC 7816-4, 5.6) a My Number Card gives, each once. */
export const SW = {
  ok: 0x9000,
  /** Data end before Le; the data that exist are in the answer. */
  endOfFile: 0x6282,
  /** A wrong value without a retry limit. */
  wrongValue: 0x6300,
  /** 63Cx: x tries left, after a wrong PIN or as the answer to a query. */
  triesLeft: 0x63c0,
  memoryFailure: 0x6581,
  /** The security environment lacks what the command needs (seen with SET SESSION KEY). */
  securityEnvironment: 0x66f1,
  wrongLength: 0x6700,
  secureMessagingNotSupported: 0x6882,
  chainingNotSupported: 0x6884,
  wrongFileStructure: 0x6981,
  securityStatus: 0x6982,
  /** VERIFY on a blocked PIN as some clients expect it. */
  blocked: 0x6983,
  /** VERIFY on a blocked PIN as the real card says it. */
  blockedRealCard: 0x6984,
  conditionsOfUse: 0x6985,
  noCurrentFile: 0x6986,
  /** A class of secure messaging on a command that takes none. */
  secureMessagingObjects: 0x69fc,
  wrongData: 0x6a80,
  functionNotSupported: 0x6a81,
  notFound: 0x6a82,
  recordNotFound: 0x6a83,
  wrongParameters: 0x6a86,
  referenceNotFound: 0x6a88,
  wrongOffset: 0x6b00,
  /** 6Cxx: wrong Le, xx is the right one (00 = 256). */
  wrongLe: 0x6c00,
  unknownInstruction: 0x6d00,
  unknownClass: 0x6e00,
  noDiagnosis: 0x6f00,
} as const;

/** A status word as a value. Numbers do not travel above this table; `sw` stays for display only. */
export type StatusWord =
  | { kind: 'ok'; sw: number }
  | { kind: 'wrongPin'; tries: number; sw: number }
  | { kind: 'wrongLe'; le: number; sw: number }
  | {
      kind:
        | 'endOfFile'
        | 'wrongValue'
        | 'memoryFailure'
        | 'wrongLength'
        | 'securityEnvironment'
        | 'chaining'
        | 'functionNotSupported'
        | 'recordNotFound'
        | 'noDiagnosis'
        | 'secureMessaging'
        | 'wrongFileStructure'
        | 'securityStatus'
        | 'blocked'
        | 'conditionsOfUse'
        | 'noCurrentFile'
        | 'wrongData'
        | 'notFound'
        | 'wrongParameters'
        | 'referenceNotFound'
        | 'wrongOffset'
        | 'unknownInstruction'
        | 'unknownClass'
        | 'other';
      sw: number;
    };

const kinds = new Map<number, Exclude<StatusWord['kind'], 'wrongPin' | 'wrongLe'>>([
  [SW.ok, 'ok'],
  [SW.endOfFile, 'endOfFile'],
  [SW.wrongValue, 'wrongValue'],
  [SW.memoryFailure, 'memoryFailure'],
  [SW.wrongLength, 'wrongLength'],
  [SW.secureMessagingNotSupported, 'secureMessaging'],
  [SW.secureMessagingObjects, 'secureMessaging'],
  [SW.securityEnvironment, 'securityEnvironment'],
  [SW.chainingNotSupported, 'chaining'],
  [SW.functionNotSupported, 'functionNotSupported'],
  [SW.recordNotFound, 'recordNotFound'],
  [SW.noDiagnosis, 'noDiagnosis'],
  [SW.wrongFileStructure, 'wrongFileStructure'],
  [SW.securityStatus, 'securityStatus'],
  [SW.blocked, 'blocked'],
  [SW.blockedRealCard, 'blocked'],
  [SW.conditionsOfUse, 'conditionsOfUse'],
  [SW.noCurrentFile, 'noCurrentFile'],
  [SW.wrongData, 'wrongData'],
  [SW.notFound, 'notFound'],
  [SW.wrongParameters, 'wrongParameters'],
  [SW.referenceNotFound, 'referenceNotFound'],
  [SW.wrongOffset, 'wrongOffset'],
  [SW.unknownInstruction, 'unknownInstruction'],
  [SW.unknownClass, 'unknownClass'],
]);

/**
 * The meaning of a status word.
 * `wrongPin` stands for 63Cx: after VERIFY the PIN was wrong, after a query it only tells the tries left.
 * `blocked` stands for 6983 and 6984: cards differ (the real card says 6984), a client accepts both.
 */
export function statusWord(sw: number): StatusWord {
  if ((sw & 0xfff0) === SW.triesLeft) return { kind: 'wrongPin', tries: sw & 0x0f, sw };
  if ((sw & 0xff00) === SW.wrongLe) return { kind: 'wrongLe', le: sw & 0xff || 256, sw };
  return { kind: kinds.get(sw) ?? 'other', sw };
}

/** A status word for people: `6982 (securityStatus)`. */
export function statusWordName(status: StatusWord): string {
  const hex = status.sw.toString(16).toUpperCase().padStart(4, '0');
  return status.kind === 'wrongPin' ? `${hex} (${status.tries} tries left)` : `${hex} (${status.kind})`;
}

/** Cuts a response APDU into data and status; `undefined` when it has no status word (under 2 bytes). */
export function splitResponse(response: Uint8Array): { data: Uint8Array; status: StatusWord } | undefined {
  const end = response.length - 2;
  const high = response[end];
  const low = response[end + 1];
  if (high === undefined || low === undefined) return undefined;
  return { data: response.subarray(0, end), status: statusWord((high << 8) | low) };
}
