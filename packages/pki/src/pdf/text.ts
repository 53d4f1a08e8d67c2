import { type PdfString, pdfString } from './value.js';

/** A text string (ISO 32000-2 7.9.2.2): ASCII as it is, everything else UTF-16BE with its mark. */
export function textString(text: string): PdfString {
  if (/^[\x20-\x7e]*$/.test(text)) return pdfString(Buffer.from(text, 'latin1'));
  const units = Buffer.from(text, 'utf16le').swap16();
  return pdfString(Buffer.concat([Buffer.of(0xfe, 0xff), units]));
}

/** The text of a text string: UTF-16BE or UTF-8 by its mark, else octet by octet (PDFDocEncoding, which for letters is Latin 1). */
export function textOf({ bytes }: PdfString): string {
  const buffer = Buffer.from(bytes);
  if (buffer[0] === 0xfe && buffer[1] === 0xff) {
    const even = buffer.subarray(2, buffer.length - (buffer.length % 2));
    return Buffer.from(even).swap16().toString('utf16le');
  }
  if (buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf)
    return buffer.subarray(3).toString('utf8');
  return buffer.toString('latin1');
}

const japanOffset = 9 * 3_600_000;

/** A date in the form that the registry takes, in Japan's time: `D:YYYYMMDDHHmmSS+09'00'`. */
export function dateString(time: Date): PdfString {
  const digits = new Date(time.getTime() + japanOffset).toISOString().replace(/\D/g, '').slice(0, 14);
  return pdfString(Buffer.from(`D:${digits}+09'00'`, 'latin1'));
}

/**
 * The time of a date string with all its digits and a zone (`Z` or `±HH'mm'`, the last apostrophe optional), as the registry's form asks;
 * undefined for anything else, also for days that no calendar has.
 */
export function dateOf(text: string): Date | undefined {
  const match = /^D:(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(Z|Z00'00'?|[+-]\d{2}'\d{2}'?)$/.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second, zone = 'Z'] = match;
  const local = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  // Date takes 31 February for 3 March: what comes back must be what went in.
  if (
    Number.isNaN(local.getTime()) ||
    local.toISOString().replace(/\D/g, '').slice(0, 14) !== match.slice(1, 7).join('')
  ) {
    return undefined;
  }
  if (zone.startsWith('Z')) return local;
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(4, 6))];
  if (hours > 23 || minutes > 59) return undefined;
  const offset = (hours * 60 + minutes) * 60_000;
  return new Date(local.getTime() - (zone.startsWith('-') ? -offset : offset));
}
