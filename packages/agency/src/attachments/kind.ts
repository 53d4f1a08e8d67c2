/** What the bytes of a file are, whatever its name says. */
export type FileKind =
  | 'pdf'
  | 'jpeg'
  | 'png'
  | 'gif'
  | 'tiff'
  | 'heif'
  | 'zip'
  | 'xml'
  | 'html'
  | 'text'
  | 'program'
  | 'ole'
  | 'unknown';

/** Endings of names, and what such files may be. Office files since 2007 are zip archives; older ones are OLE. */
const kindsOfEnding: Readonly<Record<string, readonly FileKind[]>> = {
  pdf: ['pdf'],
  jpg: ['jpeg'],
  jpeg: ['jpeg'],
  png: ['png'],
  gif: ['gif'],
  tif: ['tiff'],
  tiff: ['tiff'],
  heic: ['heif'],
  zip: ['zip'],
  docx: ['zip'],
  xlsx: ['zip'],
  pptx: ['zip'],
  doc: ['ole'],
  xls: ['ole'],
  xml: ['xml'],
  xtx: ['xml'],
  csv: ['text'],
  txt: ['text'],
};

/** Whether a file of this name may be of this kind; true for endings that this table does not know. */
export function fitsName(name: string, kind: FileKind): boolean {
  const ending = /\.([a-z0-9]+)$/.exec(name.toLowerCase())?.[1] ?? '';
  const kinds = Object.hasOwn(kindsOfEnding, ending) ? kindsOfEnding[ending] : undefined;
  return kinds === undefined || kinds.includes(kind);
}

/** Beginnings that name a format (hexadecimal), with their kind. */
const beginnings: readonly (readonly [string, FileKind])[] = [
  ['255044462d', 'pdf'],
  ['ffd8ff', 'jpeg'],
  ['89504e470d0a1a0a', 'png'],
  ['474946383761', 'gif'],
  ['474946383961', 'gif'],
  ['49492a00', 'tiff'],
  ['4d4d002a', 'tiff'],
  ['504b0304', 'zip'],
  ['504b0506', 'zip'],
  ['d0cf11e0a1b11ae1', 'ole'],
  ['4d5a', 'program'],
  ['7f454c46', 'program'],
  ['cafebabe', 'program'],
  ['cffaedfe', 'program'],
  ['2321', 'program'],
];

/** By the first octets; text by what it holds. Looks at 4 kB at most. Runs in the reader's browser too. */
export function kindOf(bytes: Uint8Array): FileKind {
  const head = bytes.subarray(0, 4096);
  const hex = [...head.subarray(0, 16)].map((octet) => octet.toString(16).padStart(2, '0')).join('');
  const named = beginnings.find(([beginning]) => hex.startsWith(beginning));
  if (named !== undefined) return named[1];
  const latin = new TextDecoder('latin1').decode(head);
  if (latin.slice(4, 8) === 'ftyp' && /^(hei[cx]|mif1|avif)/.test(latin.slice(8))) return 'heif';
  if (head.length === 0 || head.includes(0)) return 'unknown';
  const text = latin
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .trimStart()
    .toLowerCase();
  if (/^<!doctype html|^<html|^<script|<svg[\s>]/.test(text)) return 'html';
  if (text.startsWith('<?xml') || /^<[a-z_]/.test(text)) return 'xml';
  // Control characters other than tab and line ends are in no text, in UTF-8 as in Shift_JIS.
  return head.some((octet) => octet < 32 && ![9, 10, 13, 27].includes(octet)) ? 'unknown' : 'text';
}
