import { deflateSync } from 'node:zlib';
import { fail } from '../der/fault.js';
import type { PdfFile, PdfView } from './file.js';
import { decodeStream } from './filters.js';
import type { Increment } from './increment.js';
import { findPage, type Rectangle } from './pages.js';
import {
  isArray,
  isReference,
  isStream,
  type PdfReference,
  type PdfValue,
  pdfDictionary,
  pdfName,
} from './value.js';

const limits = { objects: 2000, octets: 16 << 20 };

/** Where a page hangs in its own document, and what lives there only: nothing of it comes along. */
const leftBehind = new Set([
  'Parent',
  'P',
  'StructParent',
  'StructParents',
  'Metadata',
  'PieceInfo',
  'LastModified',
]);

/**
 * The first page of another document as a form XObject of this one: what it shows, with its fonts and images, nothing else. `turn` is the
 * rotation of the page it goes on, so that it stands upright there. Throws DerFault, `pdf.import.…` for what is too large.
 */
export function importPage(
  increment: Increment,
  source: PdfFile,
  turn: number,
): { form: PdfReference; box: Rectangle } {
  const view = source.view();
  const page = findPage(view, 1);
  const copy = copier(increment, view);
  const data = contentOf(view, page.dictionary.entries.get('Contents'));
  const group = page.dictionary.entries.get('Group');
  const dictionary = pdfDictionary({
    Type: pdfName('XObject'),
    Subtype: pdfName('Form'),
    BBox: [...page.box],
    Matrix: matrixOf(turn),
    Resources: copy(page.resources ?? pdfDictionary({})),
    Group: group === undefined ? undefined : copy(group),
    Filter: pdfName('FlateDecode'),
  });
  const form = increment.add({ kind: 'stream', dictionary, data: deflateSync(data) });
  return { form, box: page.box };
}

/** The annotation's own fitting moves the result into place: only the direction counts (12.5.5). */
function matrixOf(turn: number): number[] {
  switch (turn) {
    case 90:
      return [0, 1, -1, 0, 0, 0];
    case 180:
      return [-1, 0, 0, -1, 0, 0];
    case 270:
      return [0, -1, 1, 0, 0, 0];
    default:
      return [1, 0, 0, 1, 0, 0];
  }
}

/** The page's content streams, joined as they are drawn. */
function contentOf(view: PdfView, value: PdfValue | undefined): Uint8Array {
  const found = view.resolve(value);
  const parts = (isArray(found) ? found : [found]).flatMap((each) => {
    const part = view.resolve(each);
    return isStream(part) ? [decodeStream(part, limits.octets), Buffer.from('\n')] : [];
  });
  const data = Buffer.concat(parts);
  return data.length > limits.octets ? fail('pdf.import.size', 0) : data;
}

/** Copies values with everything they refer to, each object once. */
function copier(increment: Increment, view: PdfView): (value: PdfValue) => PdfValue {
  const known = new Map<number, PdfReference>();
  let octets = 0;
  const copy = (value: PdfValue): PdfValue => {
    if (isArray(value)) return value.map(copy);
    if (typeof value !== 'object' || value === null) return value;
    switch (value.kind) {
      case 'reference':
        return copyReference(value);
      case 'dictionary':
        return { kind: 'dictionary', entries: copyEntries(value.entries) };
      case 'stream': {
        octets += value.data.length;
        if (octets > limits.octets) fail('pdf.import.size', 0);
        const dictionary = { kind: 'dictionary', entries: copyEntries(value.dictionary.entries) } as const;
        return { kind: 'stream', dictionary, data: value.data };
      }
      default:
        return value;
    }
  };
  const copyEntries = (entries: ReadonlyMap<string, PdfValue>) =>
    new Map(
      [...entries].flatMap(([key, value]) => (leftBehind.has(key) ? [] : [[key, copy(value)] as const])),
    );
  const copyReference = (reference: PdfReference): PdfValue => {
    const before = known.get(reference.number);
    if (before !== undefined) return before;
    if (known.size >= limits.objects) fail('pdf.import.objects', 0);
    const there = increment.reserve();
    known.set(reference.number, there);
    const value = view.get(reference);
    increment.set(there, isReference(value) ? null : copy(value));
    return there;
  };
  return copy;
}
