import { randomBytes } from 'node:crypto';
import type { CardChannel } from '../../channel.js';
import type { MadeToken, TokenStep } from '../../tokens/make-token.js';
import type { KnownToken, TokenMedium } from '../../tokens/token-service.js';
import { Bell } from '../bell.js';
import type { HeldPin } from '../held-pin.js';
import type { Trouble } from '../trouble.js';

export type TokenStage =
  | { at: 'ask'; notice?: Trouble }
  | { at: 'choose'; tokens: readonly KnownToken[]; notice?: Trouble; ended?: TokenMedium }
  | { at: 'working'; step: TokenStep | 'reading' }
  | { at: 'done'; medium: TokenMedium; made: MadeToken };

/** The holder of a card at the page of smartphones. The card's password waits as long as that of a signature. */
export class TokenJob {
  readonly id: string = randomBytes(16).toString('hex');
  readonly channel: CardChannel;
  readonly #pin: HeldPin;
  #stage: TokenStage = { at: 'ask' };
  readonly #bell = new Bell();

  constructor(channel: CardChannel, pin: HeldPin) {
    this.channel = channel;
    this.#pin = pin;
  }

  get pin(): Uint8Array | undefined {
    return this.#pin.bytes;
  }

  get stage(): TokenStage {
    return this.#stage;
  }

  moveTo(next: TokenStage): void {
    this.#stage = next;
    this.#bell.ring();
  }

  /** Resolves when the stage changes, or after `timeoutMs`. */
  changed(timeoutMs: number): Promise<void> {
    return this.#bell.heard(timeoutMs);
  }

  forget(): void {
    this.#pin.forget();
  }
}

/** One at a time: a second one takes the place of what stands still. */
export class TokenJobs {
  #job: TokenJob | undefined;

  /** Undefined while one works at the card. */
  open(channel: CardChannel, pin: HeldPin): TokenJob | undefined {
    if (this.#job?.stage.at === 'working') return undefined;
    this.#job?.forget();
    this.#job = new TokenJob(channel, pin);
    return this.#job;
  }

  get(id: string): TokenJob | undefined {
    return this.#job?.id === id ? this.#job : undefined;
  }

  drop(job: TokenJob): void {
    job.forget();
    if (this.#job === job) this.#job = undefined;
  }

  close(): void {
    this.#job?.forget();
    this.#job = undefined;
  }
}
