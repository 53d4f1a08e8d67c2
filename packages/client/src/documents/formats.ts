import { asic, asicSimple } from './asic.js';
import { cades } from './cades.js';
import type { DocumentFormat } from './format.js';
import { pdf } from './pdf.js';
import { xml } from './xml.js';

/** Every format there is, in the order in which a file is tried. */
export const documentFormats: readonly DocumentFormat[] = [asicSimple, asic, xml, pdf, cades];

/** The format of a file by its octets; undefined for one that is none of ours. */
export function detectFormat(bytes: Uint8Array, name: string): DocumentFormat | undefined {
  return documentFormats.find(({ detect }) => detect(bytes, name));
}
