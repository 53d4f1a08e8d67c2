import { randomBytes } from 'node:crypto';
import type { CardChannel } from '../../channel.js';
import type { MadeToken, TokenStep } from '../../tokens/make-token.js';
import type { KnownToken, TokenMedium } from '../../tokens/token-service.js';
import { type HeldPin, PinGone } from '../held-pin.js';
import { Staged } from '../staged.js';
import type { Trouble } from '../trouble.js';

/** What was chosen beside passwords that were refused: it stays chosen. */
export interface Chosen {
  readonly medium?: TokenMedium;
  readonly replace: boolean;
}

/** The tick under which one of several tokens is ended. */
export const sureField = ({ token }: KnownToken): `sure-${string}` => `sure-${token}`;

export type TokenStage =
  | { at: 'ask'; notice?: Trouble }
  | {
      at: 'choose';
      tokens: readonly KnownToken[];
      notice?: Trouble;
      /** What the notice is about. */
      field?: 'medium' | 'sign2' | 'auth2' | `sure-${string}`;
      chosen?: Chosen;
      ended?: TokenMedium;
    }
  | { at: 'working'; step: TokenStep | 'reading' }
  | { at: 'done'; medium: TokenMedium; made: MadeToken };

/** The holder of a card at the page of smartphones. The card's password waits as long as that of a signature. */
export class TokenJob extends Staged<TokenStage> {
  readonly id: string = randomBytes(16).toString('hex');
  readonly channel: CardChannel;
  readonly #pin: HeldPin;

  constructor(channel: CardChannel, pin: HeldPin) {
    super({ at: 'ask' });
    this.channel = channel;
    this.#pin = pin;
  }

  /** @throws PinGone when its five minutes are over */
  pin(): Uint8Array {
    const pin = this.#pin.bytes;
    if (pin === undefined) throw new PinGone();
    return pin;
  }

  forget(): void {
    this.#pin.forget();
  }
}
