import { randomBytes } from 'node:crypto';
import type { Certificate } from '@madoguchi/pki';
import type { KeyKind } from '../../card-visit.js';
import type { CardChannel } from '../../channel.js';
import type { RenewalStep, RenewedKey } from '../../renewal/renew-key.js';
import { Bell } from '../bell.js';
import type { HeldPin } from '../held-pin.js';
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
export class RenewalJob {
  readonly id: string = randomBytes(16).toString('hex');
  readonly channel: CardChannel;
  /** Proof that the yes comes from the page that told what will be done. */
  readonly serving: string = randomBytes(16).toString('hex');
  keys: readonly OwnKey[] = [];
  readonly #pins: ReadonlyMap<KeyKind, HeldPin>;
  #stage: RenewalStage = { at: 'ask' };
  readonly #bell = new Bell();

  constructor(channel: CardChannel, pins: ReadonlyMap<KeyKind, HeldPin>) {
    this.channel = channel;
    this.#pins = pins;
  }

  /** The PIN, unless its five minutes are over. */
  pin(key: KeyKind): Uint8Array | undefined {
    return this.#pins.get(key)?.bytes;
  }

  /** Those whose PIN was typed; authentication first: the signature certificate may not outlive it. */
  get typed(): KeyKind[] {
    return (['auth', 'sign'] as const).filter((key) => this.#pins.has(key));
  }

  get stage(): RenewalStage {
    return this.#stage;
  }

  moveTo(next: RenewalStage): void {
    this.#stage = next;
    this.#bell.ring();
  }

  /** Resolves when the stage changes, or after `timeoutMs`. */
  changed(timeoutMs: number): Promise<void> {
    return this.#bell.heard(timeoutMs);
  }

  forget(): void {
    for (const pin of this.#pins.values()) pin.forget();
  }
}

/** The one renewal of this agent: a second one takes the place of what stands still. */
export class RenewalJobs {
  #job: RenewalJob | undefined;

  /** Undefined while a renewal works at the card. */
  open(channel: CardChannel, pins: ReadonlyMap<KeyKind, HeldPin>): RenewalJob | undefined {
    if (this.#job?.stage.at === 'working') return undefined;
    this.#job?.forget();
    this.#job = new RenewalJob(channel, pins);
    return this.#job;
  }

  get(id: string): RenewalJob | undefined {
    return this.#job?.id === id ? this.#job : undefined;
  }

  drop(job: RenewalJob): void {
    job.forget();
    if (this.#job === job) this.#job = undefined;
  }

  close(): void {
    this.#job?.forget();
    this.#job = undefined;
  }
}
