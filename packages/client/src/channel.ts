import type { Transmit } from '@madoguchi/card';
import type { PinPad } from './pin-pad.js';

/** What a reader knows beside the card's answers. */
export interface CardExtras {
  /** The answer to reset, as the reader made it. */
  atr?: Uint8Array;
  /** The reader's own keys; asks the reader, undefined where it has none. */
  pinPad?: () => Promise<PinPad | undefined>;
}

/** The two keys of a smartphone token, each as base64url of SHA-256 over its SubjectPublicKeyInfo. */
export interface TokenKeys {
  readonly sign: string;
  readonly auth: string;
}

/**
 * A place where one card can be reached: a PC/SC reader or a card image. What stands above cannot tell which.
 *
 * `withCard` has the card for itself while `fn` runs and leaves it locked: at the end, also after an error, the
 * JPKI application is selected anew and the card is reset, so that nobody inherits a verified PIN
 * (measured: on a shared connection a second program got a signature without a PIN). Visits are short: never
 * wait for a person inside `fn`, except at the reader's own PIN pad.
 */
export interface CardChannel {
  /** Reader name or file name, shown to the holder before the PIN. */
  readonly label: string;
  /** Where the keys of this token are known without asking it: Android's tells of its authentication key after a second PIN only. */
  readonly keys?: TokenKeys;
  withCard<T>(fn: (transmit: Transmit, extras?: CardExtras) => Promise<T>): Promise<T>;
}
