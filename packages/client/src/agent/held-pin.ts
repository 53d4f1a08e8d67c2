/** The longest a PIN waits between the two visits to the card. */
const pinLifeMs = 5 * 60_000;

/** How often the wall clock is asked: a computer that slept finds the PIN wiped within this time of waking. */
const lookMs = 5000;

interface HeldPinOptions {
  lifeMs?: number | undefined;
  /** Wall clock, milliseconds. */
  clock?: () => number;
  lookMs?: number;
}

/** The PIN was asked for after its five minutes. */
export class PinGone extends Error {}

/**
 * The PIN while the citizen reads what will be signed: one buffer, zeroed after the signature, on any end of the session, and
 * after five minutes at the latest. The five minutes are those of the wall clock too: timers stand still while a computer sleeps.
 */
export class HeldPin {
  readonly #bytes: Buffer;
  readonly #timers: NodeJS.Timeout[];
  readonly #until: number;
  readonly #clock: () => number;
  #gone = false;

  /** Takes the buffer over: nobody else keeps or copies it. */
  constructor(bytes: Buffer, options: HeldPinOptions = {}) {
    const { lifeMs = pinLifeMs, clock = Date.now } = options;
    this.#bytes = bytes;
    this.#clock = clock;
    this.#until = clock() + lifeMs;
    const look = Math.min(options.lookMs ?? lookMs, lifeMs);
    this.#timers = [setTimeout(() => this.forget(), lifeMs), setInterval(() => this.#look(), look)];
    for (const timer of this.#timers) timer.unref();
  }

  /** The bytes, or undefined once forgotten. */
  get bytes(): Buffer | undefined {
    this.#look();
    return this.#gone ? undefined : this.#bytes;
  }

  forget(): void {
    this.#gone = true;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#bytes.fill(0);
  }

  #look(): void {
    if (!this.#gone && this.#clock() >= this.#until) this.forget();
  }
}
