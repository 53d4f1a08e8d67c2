import { randomBytes } from 'node:crypto';
import type { Certificate } from '@madoguchi/pki';
import type { KeyKind } from '../../card-visit.js';
import type { CardChannel } from '../../channel.js';
import type { RenewalStep, RenewedKey } from '../../renewal/renew-key.js';
import { type HeldPin, PinGone } from '../held-pin.js';
import { Staged } from '../staged.js';
import type { Trouble } from '../trouble.js';

/** The form's name of a password. */
export type PinField = `pin-${KeyKind}`;

/** One certificate that will be renewed, as it stands in the card. */
export interface OwnKey {
  readonly key: KeyKind;
  readonly certificate: Certificate;
  /** From when on it may be renewed. */
  readonly opens: Date;
  /** New key and certificate lie in the card already, from an attempt that was broken off. */
  readonly unfinished: boolean;
}

export type RenewalStage =
  /** `field`: the password that the notice is about. */
  | { at: 'ask'; notice?: Trouble; field?: PinField }
  | { at: 'confirm' }
  | { at: 'working'; key: KeyKind; step: RenewalStep | 'reading' }
  | { at: 'done'; done: readonly (RenewedKey & { key: KeyKind })[]; when: Date; notice?: Trouble };

/** A renewal on its way, under the agent's own start page. Its PINs wait as long as those of a signature, and nothing is written to disk. */
export class RenewalJob extends Staged<RenewalStage> {
  readonly id: string = randomBytes(16).toString('hex');
  readonly channel: CardChannel;
  /** Proof that the yes comes from the page that told what will be done. */
  readonly serving: string = randomBytes(16).toString('hex');
  keys: readonly OwnKey[] = [];
  readonly #pins: ReadonlyMap<KeyKind, HeldPin>;

  constructor(channel: CardChannel, pins: ReadonlyMap<KeyKind, HeldPin>) {
    super({ at: 'ask' });
    this.channel = channel;
    this.#pins = pins;
  }

  /** @throws PinGone when its five minutes are over */
  pin(key: KeyKind): Uint8Array {
    const pin = this.#pins.get(key)?.bytes;
    if (pin === undefined) throw new PinGone();
    return pin;
  }

  /** Those whose PIN was typed; authentication first: the signature certificate may not outlive it. */
  get typed(): KeyKind[] {
    return (['auth', 'sign'] as const).filter((key) => this.#pins.has(key));
  }

  forget(): void {
    for (const pin of this.#pins.values()) pin.forget();
  }
}
