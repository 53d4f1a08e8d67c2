import { type FileKind, fitsName, kindOf } from './kind.js';

/** What can be said of a file without unpacking anything: so the reader's browser says it before the signature. */
export const earlyFindings = ['otherKind', 'program', 'macro', 'encrypted', 'broken', 'bomb'] as const;
export type EarlyFinding = (typeof earlyFindings)[number];

/** What an archive may announce: entries, octets of all of them, octets for one packed. */
export const zipLimits = { entries: 2000, totalBytes: 128 * 1024 * 1024, ratio: 100 };

/**
 * Looks at a file by its bytes against its name. Pure, bounded, never throws; it needs nothing that a browser has not, for the form's page runs this very
 * module. The agency looks again, and deeper, after arrival: nobody has to be believed.
 */
export function lookEarly(name: string, bytes: Uint8Array): { kind: FileKind; findings: EarlyFinding[] } {
  const kind = kindOf(bytes);
  if (kind === 'ole' && /\.(docx|xlsx|pptx)$/i.test(name)) return { kind, findings: ['encrypted'] };
  const findings: EarlyFinding[] = fitsName(name, kind) ? [] : ['otherKind'];
  if (kind === 'program') findings.push('program');
  if (kind === 'ole' && latin(bytes).includes(utf16('_VBA_PROJECT'))) findings.push('macro');
  if (kind === 'pdf') findings.push(...lookAtPdfEnd(latin(bytes)));
  if (kind === 'zip') findings.push(...lookAtDirectory(bytes));
  return { kind, findings };
}

function latin(bytes: Uint8Array): string {
  return new TextDecoder('latin1').decode(bytes);
}

function utf16(text: string): string {
  return [...text].join('\0');
}

/** Not whole without its end; locked where a trailer or a cross-reference stream names a dictionary of encryption (ISO 32000-1 7.5.5, 7.6.1). */
function lookAtPdfEnd(text: string): EarlyFinding[] {
  const whole = text.lastIndexOf('%%EOF') > text.length - 2048 && text.includes('startxref');
  const locked = /\/Encrypt(?![A-Za-z#0-9])/.test(text);
  return [...(whole ? [] : (['broken'] as const)), ...(locked ? (['encrypted'] as const) : [])];
}

const runsByName = /vbaproject\.bin$|\.(exe|dll|js|vbs|bat|cmd|ps1|scr|lnk|msi|hta|jar|sh)$/;

/** What the central directory of an archive says (APPNOTE 4.3.12): nothing is unpacked. */
function lookAtDirectory(bytes: Uint8Array): EarlyFinding[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let end = bytes.length - 22;
  while (end >= 0 && end > bytes.length - 65_558 && view.getUint32(end, true) !== 0x06054b50) end -= 1;
  if (end < 0 || view.getUint32(end, true) !== 0x06054b50) return ['broken'];
  const count = view.getUint16(end + 10, true);
  if (count > zipLimits.entries) return ['bomb'];
  const found = new Set<EarlyFinding>();
  let at = view.getUint32(end + 16, true);
  let total = 0;
  for (let entry = 0; entry < count; entry += 1) {
    if (at + 46 > end || view.getUint32(at, true) !== 0x02014b50) return [...found.add('broken')];
    if ((view.getUint16(at + 8, true) & 1) !== 0) found.add('encrypted');
    total += view.getUint32(at + 24, true);
    const length = view.getUint16(at + 28, true);
    const name = latin(bytes.subarray(at + 46, at + 46 + length)).toLowerCase();
    if (runsByName.test(name)) found.add('macro');
    at += 46 + length + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  const isLarge = total > 1024 * 1024 && total > zipLimits.ratio * bytes.length;
  if (isLarge || total > zipLimits.totalBytes) found.add('bomb');
  return [...found];
}
