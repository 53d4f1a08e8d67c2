import { createHash } from 'node:crypto';
import type { PdfFile, PdfView } from './file.js';
import {
  isArray,
  isString,
  type PdfReference,
  type PdfValue,
  pdfDictionary,
  pdfName,
  pdfReference,
  pdfString,
} from './value.js';
import { writeObject, writeValue } from './write.js';

/**
 * What an incremental update writes (ISO 32000-2 7.5.6): new objects, and old ones anew. The bytes of the file stay as they are in front
 * of it. The cross-reference takes the form of the newest one there, since a reader of the file can read that.
 */
export class Increment {
  readonly view: PdfView;
  readonly #objects = new Map<number, { generation: number; value: PdfValue }>();
  #next: number;

  constructor(view: PdfView) {
    this.view = view;
    this.#next = view.size;
  }

  /** A new object. */
  add(value: PdfValue): PdfReference {
    const reference = this.reserve();
    this.set(reference, value);
    return reference;
  }

  /** A number for a new object whose value comes later: objects that point at each other. */
  reserve(): PdfReference {
    const reference = pdfReference(this.#next);
    this.#next += 1;
    return reference;
  }

  /** The value of a reserved object, or the new value of an old one. */
  set({ number, generation }: PdfReference, value: PdfValue): void {
    this.#objects.set(number, { generation, value });
  }

  /** The object as it will be. */
  get(reference: PdfReference): PdfValue {
    return this.#objects.get(reference.number)?.value ?? this.view.get(reference);
  }

  /** The whole file with the update, and where each object of the update starts. */
  write(): { bytes: Buffer; offsets: ReadonlyMap<number, number> } {
    const { file } = this.view;
    const parts: Uint8Array[] = [file.bytes];
    let length = file.bytes.length;
    const put = (part: Uint8Array) => {
      parts.push(part);
      length += part.length;
    };
    const last = file.bytes[file.bytes.length - 1];
    if (last !== 10 && last !== 13) put(Buffer.from('\n'));
    const numbers = [...this.#objects.keys()].sort((a, b) => a - b);
    const offsets = new Map<number, number>();
    for (const number of numbers) {
      const object = this.#objects.get(number);
      if (object === undefined) continue;
      offsets.set(number, length);
      put(writeObject(number, object.generation, object.value));
    }
    const start = length;
    const entries = numbers.map((number) => ({
      number,
      generation: this.#objects.get(number)?.generation ?? 0,
      offset: offsets.get(number) ?? 0,
    }));
    const isStream = file.sections[0]?.form === 'stream';
    put(isStream ? this.#xrefStream(entries, start) : this.#xrefTable(entries));
    put(Buffer.from(`startxref\n${start}\n%%EOF\n`));
    return { bytes: Buffer.concat(parts), offsets };
  }

  #trailer(size: number): Record<string, PdfValue | undefined> {
    const { file, trailer } = this.view;
    return {
      Size: size,
      Root: trailer.entries.get('Root'),
      Info: trailer.entries.get('Info'),
      ID: nextId(trailer.entries.get('ID'), file),
      Prev: file.sections[0]?.offset ?? 0,
    };
  }

  #xrefTable(entries: readonly Entry[]): Buffer {
    const lines = runs(entries).map((run) => {
      const head = `${run[0]?.number ?? 0} ${run.length}\n`;
      const pad = (value: number, width: number) => String(value).padStart(width, '0');
      return (
        head + run.map(({ offset, generation }) => `${pad(offset, 10)} ${pad(generation, 5)} n \n`).join('')
      );
    });
    const trailer = writeValue(pdfDictionary(this.#trailer(this.#next)));
    return Buffer.concat([Buffer.from(`xref\n${lines.join('')}trailer\n`), trailer, Buffer.from('\n')]);
  }

  #xrefStream(entries: readonly Entry[], start: number): Buffer {
    const own = this.#next;
    const all = [...entries, { number: own, generation: 0, offset: start }];
    const data = Buffer.alloc(all.length * 8);
    for (const [index, { offset, generation }] of all.entries()) {
      data[index * 8] = 1;
      data.writeUIntBE(offset, index * 8 + 1, 5);
      data.writeUInt16BE(generation, index * 8 + 6);
    }
    const dictionary = pdfDictionary({
      Type: pdfName('XRef'),
      W: [1, 5, 2],
      Index: runs(all).flatMap((run) => [run[0]?.number ?? 0, run.length]),
      ...this.#trailer(own + 1),
    });
    return writeObject(own, 0, { kind: 'stream', dictionary, data });
  }
}

interface Entry {
  readonly number: number;
  readonly generation: number;
  readonly offset: number;
}

function runs(entries: readonly Entry[]): Entry[][] {
  const found: Entry[][] = [];
  for (const entry of entries) {
    const run = found.at(-1);
    if (run?.at(-1)?.number === entry.number - 1) run?.push(entry);
    else found.push([entry]);
  }
  return found;
}

/** The first half names the document for ever, the second its state (14.4). */
function nextId(id: PdfValue | undefined, { bytes }: PdfFile): PdfValue | undefined {
  const [first] = isArray(id) ? id : [];
  if (!isString(first)) return undefined;
  const state = createHash('sha256').update(first.bytes).update(bytes).digest().subarray(0, 16);
  return [pdfString(first.bytes, true), pdfString(state, true)];
}
