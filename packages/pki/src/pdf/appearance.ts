import { fail } from '../der/fault.js';
import { type PdfView, readPdfFile } from './file.js';
import { importPage } from './import-page.js';
import type { Increment } from './increment.js';
import { type PdfPage, pageCount, type Rectangle, rectangleOf } from './pages.js';
import { isArray, type PdfValue, pdfDictionary } from './value.js';

/** What a signature shows on a page. pki has no fonts: it is drawn by the caller, as a PDF whose first page is the picture. */
export interface PdfAppearance {
  /** One page; its size sets the proportions. */
  readonly pdf: Uint8Array;
  /** On which page, from 1, or from the last with -1. */
  readonly page: number;
  /** Where on the page as it is shown, in points (1/72 inch); default the lower right corner, or beside the stamps there, in the picture's own size. */
  readonly at?: PdfPlace;
}

/** From the left and from the bottom or the top of the page. */
export type PdfPlace = {
  readonly left: number;
  /** Default the picture's own. */
  readonly width?: number;
} & ({ readonly bottom: number } | { readonly top: number });

/** Distance from the edge of the page where no place was given: 15 mm, outside what printers cut off. */
const margin = (15 / 25.4) * 72;

/**
 * Brings the picture into the document; gives the widget's /Rect and /AP. Throws DerFault: `pdf.appearance.…` where the picture cannot be
 * read or does not lie on the page.
 */
export function placeAppearance(
  increment: Increment,
  appearance: PdfAppearance,
  page: PdfPage,
): { rectangle: Rectangle; entries: Record<string, PdfValue> } {
  const source = readPdfFile(appearance.pdf);
  if (!source.ok) fail(`pdf.appearance.${source.rule}`, source.offset);
  if (pageCount(source.value.view()) !== 1) fail('pdf.appearance.pages', 0);
  const { form, box } = importPage(increment, source.value, page.rotation);
  const shown = shownSize(page);
  const own = { width: box[2] - box[0], height: box[3] - box[1] };
  const width = appearance.at?.width ?? own.width;
  const height = (own.height * width) / own.width;
  const size = { width, height };
  const place =
    appearance.at === undefined
      ? freePlace(increment.view, page, size)
      : placeAt(appearance.at, shown, height);
  const { left, bottom } = place;
  if (left < 0 || bottom < 0 || left + width > shown.width || bottom + height > shown.height || width < 1) {
    fail('pdf.appearance.place', 0);
  }
  const rectangle = onPage(page, { ...place, ...size });
  return { rectangle, entries: { Rect: [...rectangle], AP: pdfDictionary({ N: form }) } };
}

interface Place {
  readonly left: number;
  readonly bottom: number;
}

function placeAt(at: PdfPlace, shown: { height: number }, height: number): Place {
  return { left: at.left, bottom: 'top' in at ? shown.height - at.top - height : at.bottom };
}

/** Space between two stamps. */
const gap = 6;
/** Rows, and columns. */
const mostTried = 30;

/** The lower right corner, or above and left of what was put there before: a second signer's stamp does not cover the first. */
function freePlace(view: PdfView, page: PdfPage, size: { width: number; height: number }): Place {
  const shown = shownSize(page);
  const corner: Place = {
    left: Math.max(0, shown.width - margin - size.width),
    bottom: Math.min(margin, Math.max(0, shown.height - size.height)),
  };
  const taken = takenOn(view, page);
  const isFree = (place: Place) => {
    const [a, b, c, d] = onPage(page, { ...place, ...size });
    return taken.every(([left, bottom, right, top]) => right <= a || left >= c || top <= b || bottom >= d);
  };
  for (let column = 0; column < mostTried; column++) {
    const left = corner.left - column * (size.width + gap);
    for (let row = 0; row < mostTried && left >= 0; row++) {
      const bottom = corner.bottom + row * (size.height + gap);
      if (bottom + size.height <= shown.height && isFree({ left, bottom })) return { left, bottom };
    }
  }
  return corner;
}

/** More annotations than these are not looked at: the place is a default, and may be chosen. */
const maximumTaken = 1000;

function takenOn(view: PdfView, { dictionary }: PdfPage): Rectangle[] {
  const list = view.resolve(dictionary.entries.get('Annots'));
  return (isArray(list) ? list : []).slice(0, maximumTaken).flatMap((each) => {
    const box = rectangleOf(view, view.dictionary(each)?.entries.get('Rect'));
    return box === undefined || box[0] >= box[2] || box[1] >= box[3] ? [] : [box];
  });
}

/** The picture inside the rectangle that a field has already. */
export function fillRectangle(increment: Increment, pdf: Uint8Array, turn: number): Record<string, PdfValue> {
  const source = readPdfFile(pdf);
  if (!source.ok) fail(`pdf.appearance.${source.rule}`, source.offset);
  const { form } = importPage(increment, source.value, turn);
  return { AP: pdfDictionary({ N: form }) };
}

function shownSize({ box, rotation }: PdfPage): { width: number; height: number } {
  const [width, height] = [box[2] - box[0], box[3] - box[1]];
  return rotation % 180 === 0 ? { width, height } : { width: height, height: width };
}

/** From the page as it is shown into its own coordinates, which its rotation turns clockwise. */
function onPage(
  { box, rotation }: PdfPage,
  { left, bottom, width, height }: { left: number; bottom: number; width: number; height: number },
): Rectangle {
  const [x, y, right, top] = box;
  const rounded = (values: [number, number, number, number]): Rectangle => {
    const [a, b, c, d] = values.map((value) => Math.round(value * 1000) / 1000);
    return [a ?? 0, b ?? 0, c ?? 0, d ?? 0];
  };
  switch (rotation) {
    case 90:
      return rounded([right - bottom - height, y + left, right - bottom, y + left + width]);
    case 180:
      return rounded([right - left - width, top - bottom - height, right - left, top - bottom]);
    case 270:
      return rounded([x + bottom, top - left - width, x + bottom + height, top - left]);
    default:
      return rounded([x + left, y + bottom, x + left + width, y + bottom + height]);
  }
}
