import type { Submission } from '@madoguchi/procedure';
import type { Context } from 'hono';

/** A file of an application; `index`: its place among all of them. */
export interface SentFile {
  readonly index: number;
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The file that an address names by its place, e.g. `0`; undefined where there is none, and for anything that is no place. */
export function fileAt(
  files: Submission['attachments'] | undefined,
  place: string | undefined,
): SentFile | undefined {
  if (place === undefined || !/^[0-9]{1,3}$/.test(place)) return undefined;
  const index = Number(place);
  const file = files?.[index];
  return file && { ...file, index };
}

/** As a download, never shown by the browser, whatever it is: an HTML or SVG file would be script on our origin. */
export function sendFile(c: Context, { index, name, bytes }: SentFile): Response {
  return c.body(Uint8Array.from(bytes), 200, {
    'Content-Type': 'application/octet-stream',
    'Content-Disposition': disposition(name, index),
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'X-Content-Type-Options': 'nosniff',
  });
}

/** RFC 6266, with the name in UTF-8 and a harmless one for others; nothing invisible survives in it. */
function disposition(name: string, index: number): string {
  const visible = name.replaceAll(/[\p{C}/\\:*?"<>|]/gu, '_');
  const encoded = encodeURIComponent(visible).replaceAll(
    /['()*]/g,
    (ch) => `%${ch.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="attachment-${index + 1}"; filename*=UTF-8''${encoded}`;
}
