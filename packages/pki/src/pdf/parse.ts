import { fail } from '../der/fault.js';
import { isDictionary, type PdfDictionary, type PdfStream, type PdfString, type PdfValue } from './value.js';

/** Nesting of arrays and dictionaries that no honest document comes near. */
const maximumDepth = 64;

/** Values in one object: what they take in memory is many times what they take in the file. */
const maximumValues = 200_000;

const [CR, LF] = [13, 10];
/** What an octet is: 1 white space, 2 a delimiter, 4 a digit (ISO 32000-2 tables 1 and 2). */
const kinds = new Uint8Array(256);
for (const octet of [0, 9, LF, 12, CR, 32]) kinds[octet] = 1;
for (const octet of Buffer.from('()<>[]{}/%')) kinds[octet] = 2;
for (const octet of Buffer.from('0123456789')) kinds[octet] = 4;

export function isWhite(octet: number | undefined): boolean {
  return octet !== undefined && kinds[octet] === 1;
}

const isDigit = (octet: number | undefined): boolean => octet !== undefined && kinds[octet] === 4;

function hexValue(octet: number | undefined): number | undefined {
  if (octet === undefined) return undefined;
  if (octet >= 48 && octet <= 57) return octet - 48;
  const letter = octet | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : undefined;
}

/** The names in a text of operators, as a default appearance is one; what is no name is passed over. */
export function namesIn(text: string): string[] {
  return [...text.matchAll(/\/([^\0\t\n\f\r ()<>[\]{}/%]+)/g)].map(([, name = '']) =>
    name.replaceAll(/#([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
  );
}

/** Octets that come one by one, without an object for each. */
class Octets {
  #buffer = new Uint8Array(64);
  #count = 0;

  push(octet: number): void {
    if (this.#count === this.#buffer.length) {
      const larger = new Uint8Array(this.#count * 2);
      larger.set(this.#buffer);
      this.#buffer = larger;
    }
    this.#buffer[this.#count] = octet;
    this.#count += 1;
  }

  get bytes(): Uint8Array {
    return this.#buffer.subarray(0, this.#count);
  }
}

/**
 * A strict cursor over PDF syntax: what different programs read differently (doubled keys, odd numbers, missing keywords) is refused, never
 * repaired. Methods throw a DerFault with a rule `pdf.syntax.…`; wrap the outermost call in `attempt`. Linear in the input.
 */
export class PdfParser {
  readonly bytes: Uint8Array;
  readonly limit: number;
  at: number;
  #values = 0;

  constructor(bytes: Uint8Array, at = 0, limit = bytes.length) {
    this.bytes = bytes;
    this.at = at;
    this.limit = limit;
  }

  /** How many values were read. */
  get values(): number {
    return this.#values;
  }

  get #octet(): number | undefined {
    return this.at < this.limit ? this.bytes[this.at] : undefined;
  }

  /** Over white space and comments. */
  skip(): void {
    while (this.at < this.limit) {
      const octet = this.bytes[this.at];
      if (isWhite(octet)) this.at += 1;
      else if (octet === 37) {
        while (this.at < this.limit && this.bytes[this.at] !== CR && this.bytes[this.at] !== LF) this.at += 1;
      } else return;
    }
  }

  /** Takes the keyword if it is next and ends there. */
  takes(word: string): boolean {
    this.skip();
    const end = this.at + word.length;
    if (end > this.limit) return false;
    for (let i = 0; i < word.length; i++) {
      if (this.bytes[this.at + i] !== word.charCodeAt(i)) return false;
    }
    if (!this.#endsAt(end)) return false;
    this.at = end;
    return true;
  }

  #endsAt(position: number): boolean {
    const octet = position < this.limit ? this.bytes[position] : undefined;
    return octet === undefined || ((kinds[octet] ?? 0) & 3) !== 0;
  }

  keyword(word: string): void {
    if (!this.takes(word)) fail(`pdf.syntax.${word}`, this.at);
  }

  /** An integer from 0, without sign. */
  natural(rule = 'pdf.syntax.integer'): number {
    this.skip();
    const start = this.at;
    let value = 0;
    while (isDigit(this.#octet)) {
      value = value * 10 + ((this.#octet ?? 48) - 48);
      this.at += 1;
      if (this.at - start > 15) fail(rule, start);
    }
    if (this.at === start || !this.#endsAt(this.at)) fail(rule, start);
    return value;
  }

  /** The next value; a stream is read by `indirect` only. */
  value(depth = 0): PdfValue {
    if (depth > maximumDepth) fail('pdf.syntax.depth', this.at);
    this.#values += 1;
    if (this.#values > maximumValues) fail('pdf.syntax.size', this.at);
    this.skip();
    const octet = this.#octet;
    switch (octet) {
      case 47:
        return { kind: 'name', name: this.#name() };
      case 40:
        return this.#literal();
      case 60:
        return this.bytes[this.at + 1] === 60 ? this.#dictionary(depth) : this.#hexString();
      case 91:
        return this.#array(depth);
      case 116:
        this.keyword('true');
        return true;
      case 102:
        this.keyword('false');
        return false;
      case 110:
        this.keyword('null');
        return null;
      default:
        return this.#numberOrReference();
    }
  }

  #name(): string {
    this.at += 1;
    let name = '';
    while (!this.#endsAt(this.at)) {
      let octet = this.bytes[this.at] ?? 0;
      this.at += 1;
      if (octet === 35) {
        const [high, low] = [hexValue(this.bytes[this.at]), hexValue(this.bytes[this.at + 1])];
        if (high === undefined || low === undefined || this.at + 2 > this.limit)
          fail('pdf.syntax.name', this.at);
        octet = high * 16 + low;
        this.at += 2;
      }
      name += String.fromCharCode(octet);
      if (name.length > 1024) fail('pdf.syntax.name', this.at);
    }
    return name;
  }

  #literal(): PdfString {
    const start = this.at;
    const found = new Octets();
    let open = 1;
    this.at += 1;
    while (open > 0) {
      const octet = this.#octet;
      if (octet === undefined) fail('pdf.syntax.string', start);
      this.at += 1;
      if (octet === 92) this.#escape(found);
      else if (octet === CR) {
        // Every end of line in a string is one line feed (7.3.4.2).
        if (this.#octet === LF) this.at += 1;
        found.push(LF);
      } else {
        if (octet === 40) open += 1;
        if (octet === 41) open -= 1;
        if (open > 0) found.push(octet);
      }
    }
    return { kind: 'string', bytes: found.bytes, hex: false, start, end: this.at };
  }

  #escape(found: Octets): void {
    const octet = this.#octet;
    if (octet === undefined) fail('pdf.syntax.string', this.at);
    this.at += 1;
    const known = 'nrtbf'.indexOf(String.fromCharCode(octet));
    if (known >= 0) found.push([LF, CR, 9, 8, 12][known] ?? LF);
    else if (octet === CR) {
      if (this.#octet === LF) this.at += 1;
    } else if (octet === LF) {
      // A line break behind a backslash is not part of the string.
    } else if (octet >= 48 && octet <= 55) {
      let value = octet - 48;
      for (let i = 0; i < 2; i++) {
        const next = this.#octet;
        if (next === undefined || next < 48 || next > 55) break;
        value = value * 8 + next - 48;
        this.at += 1;
      }
      found.push(value & 255);
    } else found.push(octet);
  }

  #hexString(): PdfString {
    const start = this.at;
    this.at += 1;
    const found = new Uint8Array(this.#hexLength());
    let count = 0;
    for (; ; this.at++) {
      const octet = this.#octet;
      if (octet === 62) break;
      if (isWhite(octet)) continue;
      const digit = hexValue(octet);
      if (digit === undefined) fail('pdf.syntax.hex', this.at);
      // An odd last digit is the high half of its octet.
      const at = count >> 1;
      found[at] = (found[at] ?? 0) | ((count & 1) === 0 ? digit << 4 : digit);
      count += 1;
    }
    this.at += 1;
    return { kind: 'string', bytes: found.subarray(0, (count + 1) >> 1), hex: true, start, end: this.at };
  }

  #hexLength(): number {
    const end = Buffer.from(this.bytes.buffer, this.bytes.byteOffset, this.limit).indexOf(62, this.at);
    if (end < 0) fail('pdf.syntax.hex', this.at);
    return (end - this.at + 1) >> 1;
  }

  #array(depth: number): PdfValue[] {
    this.at += 1;
    const found: PdfValue[] = [];
    for (;;) {
      this.skip();
      if (this.#octet === 93) break;
      if (this.#octet === undefined) fail('pdf.syntax.array', this.at);
      found.push(this.value(depth + 1));
    }
    this.at += 1;
    return found;
  }

  #dictionary(depth: number): PdfDictionary {
    this.at += 2;
    const entries = new Map<string, PdfValue>();
    for (;;) {
      this.skip();
      if (this.#octet === 62 && this.bytes[this.at + 1] === 62 && this.at + 2 <= this.limit) break;
      const start = this.at;
      if (this.#octet !== 47) fail('pdf.syntax.dictionary', start);
      const key = this.#name();
      // Of two entries with one key some programs take the first, others the last.
      if (entries.has(key)) fail('pdf.syntax.key.doubled', start);
      entries.set(key, this.value(depth + 1));
    }
    this.at += 2;
    return { kind: 'dictionary', entries };
  }

  #numberOrReference(): PdfValue {
    const start = this.at;
    const number = this.#digits(10);
    if (number !== undefined) {
      const after = this.at;
      const generation = this.#referenceTail();
      if (generation !== undefined) return { kind: 'reference', number, generation };
      this.at = after;
      return number;
    }
    while (!this.#endsAt(this.at) && this.at - start < 64) this.at += 1;
    const text = Buffer.from(this.bytes.subarray(start, this.at)).toString('latin1');
    return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : fail('pdf.syntax.value', start);
  }

  /** A token of nothing but digits, at most `longest`; otherwise undefined, and nothing is taken. */
  #digits(longest: number): number | undefined {
    const start = this.at;
    let [at, value] = [start, 0];
    while (at < this.limit && kinds[this.bytes[at] ?? 0] === 4) {
      value = value * 10 + (this.bytes[at] ?? 48) - 48;
      at += 1;
    }
    if (at === start || at - start > longest || !this.#endsAt(at)) return undefined;
    this.at = at;
    return value;
  }

  /** `G R` behind a number: the generation. */
  #referenceTail(): number | undefined {
    this.skip();
    const generation = this.#digits(5);
    if (generation === undefined) return undefined;
    this.skip();
    if (this.#octet !== 82 || !this.#endsAt(this.at + 1)) return undefined;
    this.at += 1;
    return generation;
  }

  /**
   * The indirect object that starts here: `N G obj … endobj`. `lengthOf` resolves a stream's /Length when it is a reference; undefined where
   * that is no whole number.
   */
  indirect(lengthOf: (value: PdfValue) => number | undefined): {
    number: number;
    generation: number;
    value: PdfValue;
  } {
    const number = this.natural('pdf.syntax.object');
    const generation = this.natural('pdf.syntax.object');
    this.keyword('obj');
    const value = this.value();
    const whole = isDictionary(value) && this.takes('stream') ? this.#stream(value, lengthOf) : value;
    this.keyword('endobj');
    return { number, generation, value: whole };
  }

  #stream(dictionary: PdfDictionary, lengthOf: (value: PdfValue) => number | undefined): PdfStream {
    // The keyword is followed by CR LF or LF; CR alone would leave open where the data begins (7.3.8.1).
    if (this.#octet === CR) this.at += 1;
    if (this.#octet !== LF) fail('pdf.syntax.stream', this.at);
    const start = this.at + 1;
    const length = lengthOf(dictionary.entries.get('Length') ?? null);
    if (length === undefined || length < 0 || !Number.isInteger(length) || start + length > this.limit) {
      fail('pdf.syntax.stream.length', start);
    }
    this.at = start + length;
    for (let i = 0; i < 2 && isWhite(this.#octet); i++) this.at += 1;
    this.keyword('endstream');
    return { kind: 'stream', dictionary, data: this.bytes.subarray(start, start + length) };
  }
}
