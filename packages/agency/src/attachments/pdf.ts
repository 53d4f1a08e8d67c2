import { inflateSync } from 'node:zlib';

export interface PdfLook {
  /** Scripts, programs to start, or actions that run when it is opened. */
  readonly active: boolean;
  /** Files inside it. */
  readonly embeds: boolean;
  readonly encrypted: boolean;
}

const mostStreams = 2000;
const mostInflated = 32 * 1024 * 1024;
const mostInOne = 4 * 1024 * 1024;

/**
 * What a PDF would do when it is opened, by the names in it: also those written with #xx and those in compressed object streams (ISO 32000-1 7.5.7). It
 * says too much rather than too little: a name in a text counts. Bounded: 2 000 streams, 32 MB unpacked.
 */
export function lookAtPdf(bytes: Uint8Array): PdfLook {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const text = file.toString('latin1');
  const names = new Set(namesIn(text));
  let inflated = 0;
  let from = 0;
  for (let count = 0; count < mostStreams && inflated < mostInflated; count += 1) {
    const at = text.indexOf('/ObjStm', from);
    if (at < 0) break;
    const start = text.indexOf('stream', at);
    if (start < 0) break;
    from = start + 6;
    const data = start + (text.startsWith('\r\n', start + 6) ? 8 : 7);
    const end = text.indexOf('endstream', data);
    const unpacked = unpack(file.subarray(data, end < 0 ? file.length : end));
    inflated += unpacked.length;
    for (const name of namesIn(unpacked)) names.add(name);
  }
  const has = (...wanted: string[]) => wanted.some((name) => names.has(name));
  return {
    active: has(
      'JavaScript',
      'JS',
      'Launch',
      'OpenAction',
      'AA',
      'RichMedia',
      'SubmitForm',
      'ImportData',
      'XFA',
    ),
    embeds: has('EmbeddedFile', 'EmbeddedFiles', 'Filespec'),
    encrypted: has('Encrypt'),
  };
}

function unpack(data: Buffer): string {
  try {
    return inflateSync(data, { maxOutputLength: mostInOne }).toString('latin1');
  } catch {
    return '';
  }
}

const interesting =
  /^(JavaScript|JS|Launch|OpenAction|AA|RichMedia|SubmitForm|ImportData|XFA|EmbeddedFiles?|Filespec|Encrypt)$/;

function* namesIn(text: string): Generator<string> {
  for (const [, written = ''] of text.matchAll(/\/([A-Za-z#0-9]{2,60})(?![A-Za-z#0-9])/g)) {
    const name = written.includes('#')
      ? written.replaceAll(/#([0-9a-fA-F]{2})/g, (_, hex: string) =>
          String.fromCharCode(Number.parseInt(hex, 16)),
        )
      : written;
    if (interesting.test(name)) yield name;
  }
}
