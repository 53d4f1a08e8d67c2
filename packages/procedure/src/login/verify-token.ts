import { verifySignature } from '@madoguchi/pki';
import { loginTokenInput } from './algorithms.js';
import { isLoginNonce } from './nonce.js';
import { parseLoginToken, type TokenFormRule } from './token.js';
import {
  type LoginCertificateRule,
  type LoginRevocation,
  type LoginTrust,
  readLoginCertificate,
  type VerifiedHolder,
} from './verify-certificate.js';

/** What the reader itself remembers, and what it found out about revocation: without any that clears the certificate the answer is `token.revocationUnknown`. */
export interface ExpectedLogin extends LoginTrust, LoginRevocation {
  /** Its own origin, without a slash at the end. */
  origin: string;
  /** The nonce that it gave to this very browser session, used up by this call's caller. */
  nonce: string;
  now: Date;
}

/** Why a login token is not believed; in words: explainRule. */
export type LoginTokenRule = TokenFormRule | LoginCertificateRule | 'token.signature';

export type VerifiedLogin = VerifiedHolder | { ok: false; rule: TokenFormRule | 'token.signature' };

/**
 * Everything a site must know before it believes a login: form, that the certificate is an authentication certificate (digitalSignature,
 * clientAuth, its policy) under the right authorities and in force, that its key signed **this** origin and **this** nonce, and that it is
 * not revoked (fail closed; a hold counts as revoked). Pure: revocation data is given, see `token.revocationUnknown`.
 *
 * That the nonce stands in the session of the browser that brought the token, once and for five minutes, is the caller's part.
 * Throws a TypeError when `nonce` is none (misuse).
 */
export function verifyLoginToken(text: string, expected: ExpectedLogin): VerifiedLogin {
  if (!isLoginNonce(expected.nonce)) throw new TypeError('a login nonce is base64 of 32 octets or more');
  const read = parseLoginToken(text);
  if (!read.ok) return read;
  const { token } = read;
  const holder = readLoginCertificate(token.certificate, expected);
  if (!holder.ok) return holder;
  if (!token.algorithm.keys.includes(holder.key.kind)) return { ok: false, rule: 'token.algorithm' };
  const signed = loginTokenInput(token.algorithm, expected.origin, expected.nonce);
  if (!verifySignature(token.algorithm.algorithm, holder.key, signed, token.signature))
    return { ok: false, rule: 'token.signature' };
  // Last, so that nobody without the key makes the site ask an authority.
  return holder.settle(expected);
}
