/**
 * Writes DER from its end to its beginning, so that every length is known when it is written and nothing is copied twice: for what is
 * built tens of thousands of times a second. Used and finished within one turn of the event loop; `finish` gives a copy.
 */
export class BackwardWriter {
  #buffer: Buffer;
  #at: number;

  constructor(size = 4096) {
    this.#buffer = Buffer.allocUnsafe(size);
    this.#at = size;
  }

  /** What stands already, in octets: to be given to `wrap` for what is put from here on. */
  get written(): number {
    return this.#buffer.length - this.#at;
  }

  /** Forgets what was written: where whoever wrote before may have broken off. */
  clear(): void {
    this.#at = this.#buffer.length;
  }

  /** Puts octets before what stands already. */
  put(octets: Uint8Array): void {
    this.#need(octets.length);
    this.#at -= octets.length;
    if (octets.length > 32) this.#buffer.set(octets, this.#at);
    // A call costs more than a few octets.
    else
      for (let from = 0, to = this.#at; from < octets.length; from++, to++)
        this.#buffer[to] = octets[from] ?? 0;
  }

  /** Puts identifier and length before what was put since `written` was `since`. */
  wrap(tag: number, since: number): void {
    this.#need(6);
    let length = this.written - since;
    if (length < 0x80) this.#octet(length);
    else {
      let octets = 0;
      for (; length > 0; length >>>= 8, octets++) this.#octet(length & 0xff);
      this.#octet(0x80 | octets);
    }
    this.#octet(tag);
  }

  /** Puts an element with its content. */
  element(tag: number, content: Uint8Array): void {
    const since = this.written;
    this.put(content);
    this.wrap(tag, since);
  }

  /** Puts a character string under its tag, as UTF-8. */
  text(tag: number, text: string): void {
    const length = Buffer.byteLength(text);
    const since = this.written;
    this.#need(length);
    this.#at -= length;
    this.#buffer.write(text, this.#at, 'utf8');
    this.wrap(tag, since);
  }

  /** What was written, without a copy: good until the writer is used again. */
  view(): Uint8Array {
    return this.#buffer.subarray(this.#at);
  }

  /** A copy of what was written; the writer is empty again. */
  finish(): Uint8Array {
    const made = Buffer.allocUnsafe(this.written);
    this.#buffer.copy(made, 0, this.#at);
    this.#at = this.#buffer.length;
    return made;
  }

  #octet(value: number): void {
    this.#at -= 1;
    this.#buffer[this.#at] = value;
  }

  #need(more: number): void {
    if (more <= this.#at) return;
    const { written } = this;
    const larger = Buffer.allocUnsafe(2 * (written + more));
    this.#buffer.copy(larger, larger.length - written, this.#at);
    this.#buffer = larger;
    this.#at = larger.length - written;
  }
}
