import { fail } from '../der/fault.js';
import type { PdfView } from './file.js';
import {
  isArray,
  isDictionary,
  isReference,
  nameOf,
  type PdfDictionary,
  type PdfReference,
  type PdfValue,
} from './value.js';

/** A page with what it inherits (ISO 32000-2 7.7.3.4). */
export interface PdfPage {
  readonly reference: PdfReference;
  readonly dictionary: PdfDictionary;
  readonly resources: PdfValue | undefined;
  /** What is shown of it, in its own coordinates: left, bottom, right, top. */
  readonly box: Rectangle;
  /** Clockwise, 0, 90, 180 or 270 degrees. */
  readonly rotation: number;
}

export type Rectangle = readonly [left: number, bottom: number, right: number, top: number];

const limits = { depth: 64, nodes: 200_000 };

const inheritable = ['Resources', 'MediaBox', 'CropBox', 'Rotate'] as const;

/**
 * Page `wanted` of the document, from 1, negative from the last (-1). Throws DerFault: `pdf.page.none` where there is no such page,
 * `pdf.pages` on a tree that is none.
 */
export function findPage(view: PdfView, wanted: number): PdfPage {
  const pages = view.dictionary(view.root.entries.get('Pages')) ?? fail('pdf.pages', 0);
  const target = wanted > 0 ? wanted - 1 : countOf(view, pages) + wanted;
  const walk: Walk = { view, left: target, nodes: 0, seen: new Set() };
  const found = target < 0 ? undefined : descend(walk, pages, new Map(), 0);
  return found ?? fail('pdf.page.none', 0);
}

interface Walk {
  readonly view: PdfView;
  left: number;
  nodes: number;
  readonly seen: Set<number>;
}

function countOf(view: PdfView, node: PdfDictionary): number {
  const count = view.resolve(node.entries.get('Count'));
  return typeof count === 'number' && Number.isInteger(count) && count >= 0 ? count : fail('pdf.pages', 0);
}

function descend(
  walk: Walk,
  node: PdfDictionary,
  above: ReadonlyMap<string, PdfValue>,
  depth: number,
): PdfPage | undefined {
  if (depth > limits.depth) fail('pdf.pages', 0);
  const inherited = new Map(above);
  for (const key of inheritable) {
    const value = node.entries.get(key);
    if (value !== undefined) inherited.set(key, value);
  }
  const kids = walk.view.resolve(node.entries.get('Kids'));
  if (!isArray(kids)) fail('pdf.pages', 0);
  for (const kid of kids) {
    walk.nodes += 1;
    if (!isReference(kid) || walk.seen.has(kid.number) || walk.nodes > limits.nodes) fail('pdf.pages', 0);
    walk.seen.add(kid.number);
    const dictionary = walk.view.dictionary(kid) ?? fail('pdf.pages', 0);
    if (
      nameOf(walk.view.resolve(dictionary.entries.get('Type'))) === 'Pages' ||
      dictionary.entries.has('Kids')
    ) {
      const count = countOf(walk.view, dictionary);
      if (walk.left >= count) walk.left -= count;
      else {
        const found = descend(walk, dictionary, inherited, depth + 1);
        if (found !== undefined) return found;
      }
    } else if (walk.left === 0) return pageOf(walk.view, kid, dictionary, inherited);
    else walk.left -= 1;
  }
  return undefined;
}

function pageOf(
  view: PdfView,
  reference: PdfReference,
  dictionary: PdfDictionary,
  inherited: ReadonlyMap<string, PdfValue>,
): PdfPage {
  const own = (key: (typeof inheritable)[number]) => dictionary.entries.get(key) ?? inherited.get(key);
  const media = rectangleOf(view, own('MediaBox')) ?? fail('pdf.page.box', 0);
  const crop = rectangleOf(view, own('CropBox')) ?? media;
  const box: Rectangle = [
    Math.max(media[0], crop[0]),
    Math.max(media[1], crop[1]),
    Math.min(media[2], crop[2]),
    Math.min(media[3], crop[3]),
  ];
  if (box[0] >= box[2] || box[1] >= box[3]) fail('pdf.page.box', 0);
  const rotate = view.resolve(own('Rotate'));
  const rotation = typeof rotate === 'number' && rotate % 90 === 0 ? ((rotate % 360) + 360) % 360 : 0;
  return { reference, dictionary, resources: own('Resources'), box, rotation };
}

/** A rectangle with its corners in order; undefined where it is none. */
export function rectangleOf(view: PdfView, value: PdfValue | undefined): Rectangle | undefined {
  const array = view.resolve(value);
  if (!isArray(array) || array.length !== 4) return undefined;
  const [a, b, c, d] = array.map((each) => view.resolve(each));
  if (typeof a !== 'number' || typeof b !== 'number' || typeof c !== 'number' || typeof d !== 'number')
    return undefined;
  return [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)];
}

/** How many pages the document says it has; 0 where it has no tree of pages. */
export function pageCount(view: PdfView): number {
  const pages = view.resolve(view.root.entries.get('Pages'));
  return isDictionary(pages) ? countOf(view, pages) : 0;
}
