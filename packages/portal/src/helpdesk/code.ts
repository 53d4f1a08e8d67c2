import { createHash, randomInt } from 'node:crypto';

const letters = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';

/** Twelve signs that are not taken for one another, some 59 bits: `KT4B-RPWN-KY76`. */
export function newCode(): string {
  const code = Array.from({ length: 12 }, () => letters[randomInt(letters.length)]).join('');
  return code.replace(/(.{4})(?=.)/g, '$1-');
}

/** What is kept of a code. However it was typed: small letters, blanks and full-width signs are no hindrance. */
export function codeDigest(typed: string): Buffer {
  return sha256(
    typed
      .normalize('NFKC')
      .toUpperCase()
      .replace(/[^0-9A-Z]/g, ''),
  );
}

export function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
