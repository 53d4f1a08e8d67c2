/** Qe, next state after the more and the less probable symbol, switch of sense (ISO/IEC 15444-1, table C.2). */
const states: readonly (readonly [qe: number, more: number, less: number, flip: 0 | 1])[] = [
  [0x5601, 1, 1, 1],
  [0x3401, 2, 6, 0],
  [0x1801, 3, 9, 0],
  [0x0ac1, 4, 12, 0],
  [0x0521, 5, 29, 0],
  [0x0221, 38, 33, 0],
  [0x5601, 7, 6, 1],
  [0x5401, 8, 14, 0],
  [0x4801, 9, 14, 0],
  [0x3801, 10, 14, 0],
  [0x3001, 11, 17, 0],
  [0x2401, 12, 18, 0],
  [0x1c01, 13, 20, 0],
  [0x1601, 29, 21, 0],
  [0x5601, 15, 14, 1],
  [0x5401, 16, 14, 0],
  [0x5101, 17, 15, 0],
  [0x4801, 18, 16, 0],
  [0x3801, 19, 17, 0],
  [0x3401, 20, 18, 0],
  [0x3001, 21, 19, 0],
  [0x2801, 22, 19, 0],
  [0x2401, 23, 20, 0],
  [0x2201, 24, 21, 0],
  [0x1c01, 25, 22, 0],
  [0x1801, 26, 23, 0],
  [0x1601, 27, 24, 0],
  [0x1401, 28, 25, 0],
  [0x1201, 29, 26, 0],
  [0x1101, 30, 27, 0],
  [0x0ac1, 31, 28, 0],
  [0x09c1, 32, 29, 0],
  [0x08a1, 33, 30, 0],
  [0x0521, 34, 31, 0],
  [0x0441, 35, 32, 0],
  [0x02a1, 36, 33, 0],
  [0x0221, 37, 34, 0],
  [0x0141, 38, 35, 0],
  [0x0111, 39, 36, 0],
  [0x0085, 40, 37, 0],
  [0x0049, 41, 38, 0],
  [0x0025, 42, 39, 0],
  [0x0015, 43, 40, 0],
  [0x0009, 44, 41, 0],
  [0x0005, 45, 42, 0],
  [0x0001, 45, 43, 0],
  [0x5601, 46, 46, 0],
];

/** Contexts and the states they start in (table D.7): 0–8 zero coding, 9–13 sign, 14–16 refinement, 17 run length, 18 uniform. */
export const runLengthContext = 17;
export const uniformContext = 18;
const contexts = 19;

/** The MQ arithmetic coder (ISO/IEC 15444-1, annex C.2). */
export class MqCoder {
  readonly #index = new Uint8Array(contexts);
  readonly #sense = new Uint8Array(contexts);
  /** The byte before the first is never written out: a carry cannot reach it. */
  readonly #bytes: number[] = [0];
  #a = 0x8000;
  #c = 0;
  #count = 12;

  constructor() {
    this.#index[0] = 4;
    this.#index[runLengthContext] = 3;
    this.#index[uniformContext] = 46;
  }

  encode(context: number, bit: number): void {
    const state = states[this.#index[context] ?? 0];
    if (state === undefined) throw new RangeError('a state out of the table');
    const [qe, more, less, flip] = state;
    const probable = bit === this.#sense[context];
    this.#a -= qe;
    if (probable && (this.#a & 0x8000) !== 0) {
      this.#c += qe;
      return;
    }
    // The larger part of the interval goes to the symbol that is more probable at this moment.
    if (this.#a < qe === probable) this.#a = qe;
    else this.#c += qe;
    if (!probable && flip) this.#sense[context] = 1 - (this.#sense[context] ?? 0);
    this.#index[context] = probable ? more : less;
    do {
      this.#a = (this.#a << 1) & 0xffff;
      this.#c *= 2;
      this.#count -= 1;
      if (this.#count === 0) this.#byteOut();
    } while ((this.#a & 0x8000) === 0);
  }

  #byteOut(): void {
    const last = this.#bytes.length - 1;
    if (this.#bytes[last] !== 0xff && this.#c >= 0x8000000) {
      this.#bytes[last] = (this.#bytes[last] ?? 0) + 1;
      this.#c -= 0x8000000;
    }
    // After FF a bit is stuffed, so that no marker appears inside.
    const shift = this.#bytes[last] === 0xff ? 20 : 19;
    this.#bytes.push(this.#c >>> shift);
    this.#c %= 2 ** shift;
    this.#count = shift === 20 ? 7 : 8;
  }

  /** Ends the code word; nothing may be encoded after it. */
  flush(): Uint8Array {
    const limit = this.#c + this.#a;
    this.#c -= this.#c % 0x10000;
    this.#c += 0xffff;
    if (this.#c >= limit) this.#c -= 0x8000;
    for (let round = 0; round < 2; round += 1) {
      this.#c *= 2 ** this.#count;
      this.#byteOut();
    }
    const end = this.#bytes.at(-1) === 0xff ? -1 : undefined;
    return Uint8Array.from(this.#bytes.slice(1, end));
  }
}
