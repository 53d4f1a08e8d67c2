import type { PdfView } from './file.js';
import { isArray, nameOf, type PdfDictionary, type PdfValue } from './value.js';

/** A reference to an object: under which key it stands; for an array that is an object of its own, `[]`. */
interface Referrer {
  readonly key: string;
  /** The object that holds it. */
  readonly from: number;
  /** In how many dictionaries of that object it stands: in the outermost alone, 1. */
  readonly depth: number;
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
      this.#walk(view.get({ kind: 'reference', number, generation }), { key: '[]', from: number, depth: 0 });
    }
  }

  #walk(value: PdfValue, place: Referrer): void {
    if (typeof value !== 'object' || value === null) return;
    if (isArray(value)) {
      for (const each of value) this.#walk(each, place);
      return;
    }
    switch (value.kind) {
      case 'reference':
        this.#note(value.number, place);
        return;
      case 'dictionary':
        this.#walkEntries(value, place, () => false);
        return;
      case 'stream': {
        // A cross-reference stream is a trailer too, whose two references are no places in the document.
        const isTrailer = nameOf(value.dictionary.entries.get('Type')) === 'XRef';
        this.#walkEntries(value.dictionary, place, (key) => isTrailer && (key === 'Root' || key === 'Info'));
        return;
      }
      default:
    }
  }

  #walkEntries({ entries }: PdfDictionary, { from, depth }: Referrer, leavesOut: (key: string) => boolean) {
    for (const [key, each] of entries) {
      if (!leavesOut(key)) this.#walk(each, { key, from, depth: depth + 1 });
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

  /** Whether everything that refers to the object does so under such a key. Names of fonts and pictures are keys too, of anybody's choice. */
  only(number: number, allows: (key: string, place: Referrer) => boolean): boolean {
    const all = this.#found.get(number) ?? [];
    return all.length < maximumReferrers && all.every((place) => allows(place.key, place));
  }
}
