import { createHmac, timingSafeEqual } from 'node:crypto';

/** Crockford's base 32: no I, L, O, U, so that nothing is misread. */
const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * 問合せ番号: the secret beside the public receipt number, 50 bits as `XXXXX-XXXXX`. Derived from the agency's secret, so that it is
 * nowhere stored and is the same each time.
 */
export function inquiryNumber(secret: Uint8Array, agency: string, receiptNumber: string): string {
  return secretNumber(secret, ['inquiry', agency, receiptNumber]);
}

/** A number of this form for anything that its reader must know: `about` names the kind first, then what it is about. */
export function secretNumber(secret: Uint8Array, about: readonly string[]): string {
  const bytes = createHmac('sha256', secret).update(JSON.stringify(about)).digest();
  const text = [...bytes.subarray(0, 10)].map((byte) => digits[byte & 31]).join('');
  return `${text.slice(0, 5)}-${text.slice(5)}`;
}

/** Compares what a person typed: small letters, full-width letters, missing hyphen and look-alikes are understood. */
export function isInquiryNumber(
  secret: Uint8Array,
  agency: string,
  receiptNumber: string,
  typed: string,
): boolean {
  return isSecretNumber(inquiryNumber(secret, agency, receiptNumber), typed);
}

export function isSecretNumber(number: string, typed: string): boolean {
  const tidy = typed
    .slice(0, 100)
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
  const expected = number.replace('-', '');
  return tidy.length === expected.length && timingSafeEqual(Buffer.from(tidy), Buffer.from(expected));
}
