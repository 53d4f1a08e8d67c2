import type { Parsed } from '@madoguchi/pki';

/** One part of a form: a field's text or a file's bytes. */
interface FormPart {
  name: string;
  /** Set for files, as the browser sent it. */
  filename?: string;
  type?: string;
  bytes: Uint8Array;
}

interface MultipartLimits {
  parts: number;
  headerBytes: number;
}

const defaultLimits: MultipartLimits = { parts: 64, headerBytes: 4096 };

/**
 * The boundary of `multipart/form-data; boundary=…` (RFC 2046 5.1.1: 1–70 characters), else undefined.
 */
export function multipartBoundary(contentType: string | undefined): string | undefined {
  const match = /^multipart\/form-data\s*;\s*boundary=(?:"([^"\r\n]{1,70})"|([^\s;",]{1,70}))\s*$/i.exec(
    contentType ?? '',
  );
  return match?.[1] ?? match?.[2];
}

/**
 * Reads a form body (RFC 7578) that is already in memory and bounded in length. The parts share the body's memory.
 * Anything a browser would not write is refused: missing end, a part without name, header lines too long, text after the end.
 */
export function parseMultipart(
  body: Uint8Array,
  boundary: string,
  limits: MultipartLimits = defaultLimits,
): Parsed<FormPart[]> {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const delimiter = Buffer.from(`\r\n--${boundary}`, 'latin1');
  const opening = delimiter.subarray(2);
  if (!bytes.subarray(0, opening.length).equals(opening)) return fault('multipart.start', 0);
  const parts: FormPart[] = [];
  let at = opening.length;
  for (;;) {
    const mark = bytes.toString('latin1', at, at + 2);
    if (mark === '--') {
      const rest = bytes.toString('latin1', at + 2, at + 5);
      return rest === '' || rest === '\r\n' ? { ok: true, value: parts } : fault('multipart.after-end', at);
    }
    if (mark !== '\r\n') return fault('multipart.boundary', at);
    if (parts.length >= limits.parts) return fault('multipart.too-many-parts', at);
    const headerStart = at + 2;
    const headerEnd = bytes.subarray(headerStart, headerStart + limits.headerBytes).indexOf('\r\n\r\n');
    if (headerEnd < 0) return fault('multipart.header', headerStart);
    const header = readPartHeader(bytes.toString('utf8', headerStart, headerStart + headerEnd));
    if (header === undefined) return fault('multipart.header', headerStart);
    const start = headerStart + headerEnd + 4;
    const end = bytes.indexOf(delimiter, start);
    if (end < 0) return fault('multipart.end', start);
    parts.push({ ...header, bytes: bytes.subarray(start, end) });
    at = end + delimiter.length;
  }
}

function fault(rule: string, offset: number) {
  return { ok: false, rule, offset } as const;
}

/** Browsers percent-encode only the quote and line breaks in names (HTML, multipart/form-data encoding algorithm). */
function unescapeName(text: string): string {
  return text.replaceAll('%22', '"').replaceAll('%0D', '\r').replaceAll('%0A', '\n');
}

function readPartHeader(text: string): Omit<FormPart, 'bytes'> | undefined {
  let disposition: RegExpExecArray | null = null;
  let type: string | undefined;
  for (const line of text.split('\r\n')) {
    const field = /^content-disposition:\s*(.*)$/is.exec(line);
    if (field !== null) {
      if (disposition !== null) return undefined;
      disposition = /^form-data;\s*name="([^"\r\n]*)"(?:;\s*filename="([^"\r\n]*)")?\s*$/i.exec(
        field[1] ?? '',
      );
      if (disposition === null) return undefined;
    }
    const mime = /^content-type:\s*(\S.{0,200}?)\s*$/i.exec(line);
    if (mime !== null) type = mime[1];
  }
  const name = disposition?.[1];
  const filename = disposition?.[2];
  if (name === undefined || name === '') return undefined;
  return {
    name: unescapeName(name),
    ...(filename === undefined ? {} : { filename: unescapeName(filename) }),
    ...(type === undefined ? {} : { type }),
  };
}
