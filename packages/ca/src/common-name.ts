import { randomInt } from 'node:crypto';

/** Japanese local time as 14 digits, YYYYMMDDhhmmss. */
function stamp(at: Date): string {
  const second = Math.floor(at.getTime() / 1000);
  if (second !== lastStamp.second) {
    const text = new Date(at.getTime() + 9 * 3600_000).toISOString().replace(/[-:T]/g, '').slice(0, 14);
    lastStamp = { second, text };
  }
  return lastStamp.text;
}

/** Thousands of certificates are issued in the same second. */
let lastStamp = { second: Number.NaN, text: '' };

/**
 * CN of a signature certificate: time of issue, then a 14-digit running number. Opaque for readers, and never the name.
 * `sequence` is a running number that is never given twice.
 */
export function signatureCommonName(at: Date, sequence: bigint): string {
  return stamp(at) + sequence.toString().padStart(14, '0');
}

const base36 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** CN of an authentication certificate, 23 characters: 14 random ones, the municipality's five digits, four more (`003A`). */
export function authenticationCommonName(municipality: string, sequence: bigint): string {
  let head = '';
  for (let i = 0; i < 14; i++) head += base36.charAt(randomInt(36));
  return head + municipality + (sequence & 0xffffn).toString(16).toUpperCase().padStart(4, '0');
}
