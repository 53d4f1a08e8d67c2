import { readFile } from 'node:fs/promises';
import { bundledReaders, type KnownReader } from './ccid-list.js';

/** Where the CCID driver keeps its own list, by system. */
const places = [
  '/etc/libccid_Info.plist',
  '/usr/lib/pcsc/drivers/ifd-ccid.bundle/Contents/Info.plist',
  '/usr/lib64/pcsc/drivers/ifd-ccid.bundle/Contents/Info.plist',
  '/usr/libexec/SmartCardServices/drivers/ifd-ccid.bundle/Contents/Info.plist',
];

/** Three arrays of the same length: numbers in hexadecimal, and the names PC/SC shows. Undefined when the text is not of that form. */
export function parseInfoPlist(text: string): KnownReader[] | undefined {
  const strings = (key: string) => {
    const at = text.indexOf(`<key>${key}</key>`);
    const end = text.indexOf('</array>', at);
    if (at < 0 || end < 0) return undefined;
    return [...text.slice(at, end).matchAll(/<string>([^<]*)<\/string>/g)].map(([, value = '']) => value);
  };
  const vendors = strings('ifdVendorID');
  const products = strings('ifdProductID');
  const names = strings('ifdFriendlyName');
  if (vendors === undefined || products === undefined || names === undefined) return undefined;
  if (vendors.length !== products.length || vendors.length !== names.length) return undefined;
  return names.map((name, index) => ({
    vendor: Number.parseInt(vendors[index] ?? '', 16),
    product: Number.parseInt(products[index] ?? '', 16),
    name: name.replaceAll('&amp;', '&').replaceAll('&lt;', '<').replaceAll('&gt;', '>'),
  }));
}

/** The readers the driver of this machine knows; where its list is not to be found, the one that came with us. */
export async function knownReaders(): Promise<KnownReader[]> {
  for (const place of places) {
    const text = await readFile(place, 'utf8').catch(() => undefined);
    const list = text === undefined ? undefined : parseInfoPlist(text);
    if (list !== undefined && list.length > 0) return list;
  }
  return bundledReaders();
}

/** PC/SC's name of a reader begins with the driver's: `ACS ACR39U ICC Reader [CCID Interface] (serial) 00 00`. */
export function isKnownReader(name: string, known: readonly KnownReader[]): boolean {
  const plain = name.toLowerCase();
  return known.some(({ name: one }) => one !== '' && plain.startsWith(one.toLowerCase()));
}
