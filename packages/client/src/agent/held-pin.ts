/** The longest a PIN waits between the two visits to the card. */
const pinLifeMs = 5 * 60_000;

/**
 * The PIN while the citizen reads what will be signed: one buffer, zeroed after the signature, on any end of the session, and
 * after five minutes at the latest.
 */
export class HeldPin {
  readonly #bytes: Buffer;
  readonly #timer: NodeJS.Timeout;
  #gone = false;

  /** Takes the buffer over: nobody else keeps or copies it. */
  constructor(bytes: Buffer, lifeMs: number = pinLifeMs) {
    this.#bytes = bytes;
    this.#timer = setTimeout(() => this.forget(), lifeMs);
    this.#timer.unref();
  }

  /** The bytes, or undefined once forgotten. */
  get bytes(): Buffer | undefined {
    return this.#gone ? undefined : this.#bytes;
  }

  forget(): void {
    this.#gone = true;
    clearTimeout(this.#timer);
    this.#bytes.fill(0);
  }
}
