import type { PdfView } from './file.js';
import { namesIn } from './parse.js';
import { isArray, isString, nameOf, type PdfDictionary, type PdfValue } from './value.js';

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
  readonly #fonts = new Set<string>();

  constructor(wanted: ReadonlySet<number>) {
    this.#wanted = wanted;
  }

  /** The names of fonts that default appearances ask for (/DA, 12.7.4.3), of the form, fields and annotations, wherever they stand. */
  get fonts(): ReadonlySet<string> {
    return this.#fonts;
  }

  /** Looks through these objects as they are in the view. Throws DerFault on one that cannot be read. */
  add(view: PdfView, numbers: Iterable<number>): void {
    for (const number of numbers) {
      const entry = view.entry(number);
      if (entry.kind === 'free') continue;
      const generation = entry.kind === 'at' ? entry.generation : 0;
      this.#walk(view, view.get({ kind: 'reference', number, generation }), {
        key: '[]',
        from: number,
        depth: 0,
      });
    }
  }

  #walk(view: PdfView, value: PdfValue, place: Referrer): void {
    if (typeof value !== 'object' || value === null) return;
    if (isArray(value)) {
      for (const each of value) this.#walk(view, each, place);
      return;
    }
    switch (value.kind) {
      case 'reference':
        this.#note(value.number, place);
        return;
      case 'dictionary':
        this.#walkEntries(view, value, place, () => false);
        return;
      case 'stream': {
        // A cross-reference stream is a trailer too, whose two references are no places in the document.
        const isTrailer = nameOf(value.dictionary.entries.get('Type')) === 'XRef';
        this.#walkEntries(
          view,
          value.dictionary,
          place,
          (key) => isTrailer && (key === 'Root' || key === 'Info'),
        );
        return;
      }
      default:
    }
  }

  #walkEntries(
    view: PdfView,
    { entries }: PdfDictionary,
    { from, depth }: Referrer,
    leavesOut: (key: string) => boolean,
  ): void {
    for (const [key, each] of entries) {
      if (key === 'DA') this.#noteFonts(view.resolve(each));
      if (!leavesOut(key)) this.#walk(view, each, { key, from, depth: depth + 1 });
    }
  }

  #noteFonts(appearance: PdfValue): void {
    if (!isString(appearance)) return;
    for (const name of namesIn(Buffer.from(appearance.bytes).toString('latin1'))) this.#fonts.add(name);
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
