import type { PdfView } from './file.js';
import { isArray, type PdfValue } from './value.js';

/** A reference to an object: under which key it stands; for an array that is an object of its own, `[]`. */
export interface Referrer {
  readonly key: string;
  /** The object that holds it. */
  readonly from: number;
}

/** More of them are not told apart. */
const maximumReferrers = 256;

/**
 * Who refers to certain objects. An object that is written anew changes every place that refers to it, whatever the change looks like; and a
 * reference to an object that does not exist yet is a place to put something later.
 */
export class References {
  readonly #wanted: ReadonlySet<number>;
  readonly #found = new Map<number, Referrer[]>();

  constructor(wanted: ReadonlySet<number>) {
    this.#wanted = wanted;
  }

  /** Looks through these objects as they are in the view. Throws DerFault on one that cannot be read. */
  add(view: PdfView, numbers: Iterable<number>): void {
    for (const number of numbers) {
      const entry = view.entry(number);
      if (entry.kind === 'free') continue;
      const generation = entry.kind === 'at' ? entry.generation : 0;
      this.#walk(view.get({ kind: 'reference', number, generation }), '[]', number);
    }
  }

  #walk(value: PdfValue, key: string, from: number): void {
    if (typeof value !== 'object' || value === null) return;
    if (isArray(value)) {
      for (const each of value) this.#walk(each, key, from);
      return;
    }
    switch (value.kind) {
      case 'reference':
        this.#note(value.number, { key, from });
        return;
      case 'dictionary':
        for (const [inner, each] of value.entries) this.#walk(each, inner, from);
        return;
      case 'stream':
        this.#walk(value.dictionary, key, from);
        return;
      default:
    }
  }

  #note(number: number, referrer: Referrer): void {
    if (!this.#wanted.has(number)) return;
    const known = this.#found.get(number) ?? [];
    if (known.length === 0) this.#found.set(number, known);
    if (known.length < maximumReferrers) known.push(referrer);
  }

  has(number: number): boolean {
    return this.#found.has(number);
  }

  /** Whether everything that refers to the object does so under such a key. */
  only(number: number, allows: (key: string) => boolean): boolean {
    const all = this.#found.get(number) ?? [];
    return all.length < maximumReferrers && all.every(({ key }) => allows(key));
  }
}
