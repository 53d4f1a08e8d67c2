import { fromBase64 } from '../base64.js';

/** Web eID: a challenge nonce is base64 of at least 256 bits, 44 to 128 characters. */
const lengths = { min: 44, max: 128 };

export function isLoginNonce(text: string): boolean {
  if (text.length < lengths.min || text.length > lengths.max) return false;
  const bytes = fromBase64(text);
  return bytes !== undefined && bytes.length >= 32;
}
