import { createHash } from 'node:crypto';

/**
 * The check digit of a My Number for its first 11 digits (平成26年総務省令第85号 第5条): weights 2..7 then 2..6
 * from the right, 11 minus the sum modulo 11; a remainder of 0 or 1 gives 0.
 */
export function myNumberCheckDigit(first11: string): number {
  let sum = 0;
  for (let n = 1; n <= 11; n += 1) {
    const digit = Number(first11[11 - n]);
    sum += digit * (n <= 6 ? n + 1 : n - 5);
  }
  const remainder = sum % 11;
  return remainder <= 1 ? 0 : 11 - remainder;
}

/** Could this be someone's real My Number: 12 ASCII digits with the right check digit? */
export function isRealLooking(number: string): boolean {
  return /^[0-9]{12}$/.test(number) && myNumberCheckDigit(number.slice(0, 11)) === Number(number[11]);
}

/** A demo My Number: the same for the same seed, and never anybody's, because its check digit is wrong. */
export function demoMyNumber(seed: string | number): string {
  const digest = createHash('sha256').update(`madoguchi demo number ${seed}`).digest();
  const first11 = (digest.readBigUInt64BE(0) % 100_000_000_000n).toString().padStart(11, '0');
  const shift = 1 + (digest.readUInt8(8) % 9);
  return first11 + ((myNumberCheckDigit(first11) + shift) % 10).toString();
}
