import { inflateSync } from 'node:zlib';
import { fail } from '../der/fault.js';
import { isArray, isDictionary, nameOf, type PdfDictionary, type PdfStream, type PdfValue } from './value.js';

/**
 * A stream's data with its filter undone: none, or FlateDecode with PNG or TIFF predictors, which is all that cross-references and object
 * streams come in. At most `limit` octets. Throws DerFault with a rule `pdf.filter.…`.
 */
export function decodeStream({ dictionary, data }: PdfStream, limit: number): Uint8Array {
  const filter = single(dictionary.entries.get('Filter'));
  const parameters = single(dictionary.entries.get('DecodeParms'));
  if (filter === undefined || filter === null) {
    if (data.length > limit) fail('pdf.filter.size', data.byteOffset);
    return data;
  }
  if (nameOf(filter) !== 'FlateDecode') fail('pdf.filter.unsupported', data.byteOffset);
  return unpredict(inflate(data, limit), isDictionary(parameters) ? parameters : undefined);
}

function single(value: PdfValue | undefined): PdfValue | undefined {
  if (!isArray(value)) return value;
  if (value.length > 1) fail('pdf.filter.unsupported', 0);
  return value[0];
}

function inflate(data: Uint8Array, limit: number): Uint8Array {
  try {
    return inflateSync(data, { maxOutputLength: Math.max(1, limit) });
  } catch (error) {
    const tooLarge = error instanceof RangeError;
    return fail(tooLarge ? 'pdf.filter.size' : 'pdf.filter.flate', data.byteOffset);
  }
}

const numberOf = (parameters: PdfDictionary, key: string, usual: number): number => {
  const value = parameters.entries.get(key) ?? usual;
  return typeof value === 'number' && Number.isInteger(value) ? value : fail('pdf.filter.predictor', 0);
};

/** Undoes the prediction of ISO 32000-2 7.4.4.4, for samples of one octet. */
function unpredict(data: Uint8Array, parameters: PdfDictionary | undefined): Uint8Array {
  const predictor = parameters === undefined ? 1 : numberOf(parameters, 'Predictor', 1);
  if (parameters === undefined || predictor === 1) return data;
  const columns = numberOf(parameters, 'Columns', 1);
  const isSimple =
    numberOf(parameters, 'Colors', 1) === 1 && numberOf(parameters, 'BitsPerComponent', 8) === 8;
  if (!isSimple || columns < 1 || columns > 1 << 16) fail('pdf.filter.predictor', 0);
  if (predictor === 2) return fromTiff(data, columns);
  if (predictor < 10 || predictor > 15) fail('pdf.filter.predictor', 0);
  return fromPng(data, columns);
}

function fromTiff(data: Uint8Array, columns: number): Uint8Array {
  const out = Uint8Array.from(data);
  for (let at = 0; at < out.length; at++) {
    if (at % columns !== 0) out[at] = (out[at] ?? 0) + (out[at - 1] ?? 0);
  }
  return out;
}

/** Each row is led by its own filter type (RFC 2083 section 6), whatever the predictor's number says. */
function fromPng(data: Uint8Array, columns: number): Uint8Array {
  const rows = Math.floor(data.length / (columns + 1));
  if (rows * (columns + 1) !== data.length) fail('pdf.filter.predictor', 0);
  const out = new Uint8Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    const type = data[row * (columns + 1)] ?? 0;
    if (type > 4) fail('pdf.filter.predictor', 0);
    for (let column = 0; column < columns; column++) {
      const at = row * columns + column;
      const left = column > 0 ? (out[at - 1] ?? 0) : 0;
      const up = row > 0 ? (out[at - columns] ?? 0) : 0;
      const corner = column > 0 && row > 0 ? (out[at - columns - 1] ?? 0) : 0;
      out[at] = (data[row * (columns + 1) + 1 + column] ?? 0) + predicted(type, left, up, corner);
    }
  }
  return out;
}

function predicted(type: number, left: number, up: number, corner: number): number {
  switch (type) {
    case 1:
      return left;
    case 2:
      return up;
    case 3:
      return (left + up) >> 1;
    case 4: {
      const guess = left + up - corner;
      const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
      return a <= b && a <= c ? left : b <= c ? up : corner;
    }
    default:
      return 0;
  }
}
