import { inflateSync } from 'node:zlib';

export interface PdfLook {
  /** Scripts, programs to start, or actions that run when it is opened. */
  readonly active: boolean;
  /** Files inside it. */
  readonly embeds: boolean;
  readonly encrypted: boolean;
  /** There is more packed in it than is looked at. */
  readonly tooMuch: boolean;
}

const mostStreams = 2000;
/** Octets that come out of all streams; one that cannot be unpacked counts as the largest, for it may have cost as much. */
const mostInflated = 128 * 1024 * 1024;
const mostInOne = 4 * 1024 * 1024;

/**
 * What a PDF would do when it is opened, by the names in it: also those written with #xx and those in compressed object streams (ISO 32000-1 7.5.7). It
 * says too much rather than too little: a name in a text counts, and so does an object stream that cannot be looked into. Bounded: 2 000 streams, 128 MB
 * unpacked.
 */
export function lookAtPdf(bytes: Uint8Array): PdfLook {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const text = file.toString('latin1');
  const names = new Set(namesIn(text));
  let [streams, inflated, isClosed] = [0, 0, false];
  for (const { data, dictionary } of objectStreams(text)) {
    streams += 1;
    if (streams > mostStreams || inflated > mostInflated) break;
    const end = text.indexOf('endstream', data);
    const unpacked = unpack(file.subarray(data, end < 0 ? file.length : end));
    inflated += unpacked?.length ?? mostInOne;
    if (unpacked === undefined || otherCoding.test(plainNames(dictionary))) isClosed = true;
    for (const name of namesIn(unpacked ?? '')) names.add(name);
  }
  const has = (...wanted: string[]) => wanted.some((name) => names.has(name));
  // What is encrypted is told as that.
  const isHidden = isClosed && !has('Encrypt');
  return {
    tooMuch: streams > mostStreams || inflated > mostInflated,
    active:
      isHidden ||
      has('JavaScript', 'JS', 'Launch', 'OpenAction', 'AA', 'RichMedia', 'SubmitForm', 'ImportData', 'XFA'),
    embeds: has('EmbeddedFile', 'EmbeddedFiles', 'Filespec'),
    encrypted: has('Encrypt'),
  };
}

/** Where the data of each object stream begins, with what stands of its dictionary in front of it. */
function* objectStreams(text: string): Generator<{ data: number; dictionary: string }> {
  const type = /\/(?:O|#4[fF])(?:b|#62)(?:j|#6[aA])(?:S|#53)(?:t|#74)(?:m|#6[dD])(?![A-Za-z#0-9])/g;
  // The word stands behind its dictionary and ends its line (7.3.8.1); anywhere else it is a text.
  const begin = />>[\s\0]*stream\r?\n/g;
  for (let found = type.exec(text); found !== null; found = type.exec(text)) {
    begin.lastIndex = type.lastIndex;
    if (begin.exec(text) === null) return;
    const data = begin.lastIndex;
    yield { data, dictionary: text.slice(text.lastIndexOf(' obj', found.index), data) };
    type.lastIndex = data;
  }
}

/** Undefined where it is no zlib stream, a damaged one, or unpacks to more than is looked at. */
function unpack(data: Buffer): string | undefined {
  try {
    return inflateSync(data, { maxOutputLength: mostInOne }).toString('latin1');
  } catch {
    return undefined;
  }
}

/** Codings under or over Flate that change how a name is written; nobody needs them for object streams. */
const otherCoding =
  /\/(Predictor|ASCIIHexDecode|AHx|ASCII85Decode|A85|LZWDecode|LZW|RunLengthDecode|RL)(?![A-Za-z0-9])/;

const interesting =
  /^(JavaScript|JS|Launch|OpenAction|AA|RichMedia|SubmitForm|ImportData|XFA|EmbeddedFiles?|Filespec|Encrypt)$/;

function* namesIn(text: string): Generator<string> {
  for (const [, written = ''] of text.matchAll(/\/([A-Za-z#0-9]{2,60})(?![A-Za-z#0-9])/g)) {
    const name = plainNames(written);
    if (interesting.test(name)) yield name;
  }
}

/** Names as they are meant: #xx stands for an octet (7.3.5). */
function plainNames(text: string): string {
  return text.includes('#')
    ? text.replaceAll(/#([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text;
}
