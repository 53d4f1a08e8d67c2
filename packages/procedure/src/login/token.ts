import { importPublicKey, parseCertificate } from '@madoguchi/pki';
import { fromBase64, toBase64 } from '../base64.js';
import { isObject, readJson } from '../json.js';
import { derFromRaw, rawFromDer } from '../jws-algorithms.js';
import { type LoginAlgorithm, loginAlgorithm, loginAlgorithmFor, loginTokenInput } from './algorithms.js';
import { isLoginNonce } from './nonce.js';

/**
 * What a holder's card answers to a login: the Web eID authentication token, version 1.0 (web-eid-system-architecture-doc, "Token format").
 * It holds neither origin nor nonce: who reads it must take both from what they remember, so that neither can be forgotten.
 */
export interface LoginToken {
  /** base64 of DER. Unverified: a reader judges it before the signature means anything. */
  unverifiedCertificate: string;
  /** RFC 7518 name: RS256, ES384 … */
  algorithm: string;
  /** base64; ECDSA as r ‖ s. */
  signature: string;
  format: string;
  /** Which program made it: for finding faults, never for deciding. */
  appVersion: string;
}

const loginTokenFormat = 'web-eid:1.0';

/** The largest token that is read, in characters: that of the Web eID libraries. */
const maxLength = 10_000;

export type TokenFormRule = 'token.form' | 'token.format' | 'token.algorithm';

/** A token taken apart, nothing in it judged yet. */
export interface ParsedLoginToken {
  certificate: Uint8Array;
  algorithm: LoginAlgorithm;
  /** As X.509 has it: ECDSA in DER. */
  signature: Uint8Array;
}

/**
 * Makes the token for one origin and one nonce. `sign` gets the octets of {@link loginTokenInput} and the algorithm the certificate's key
 * asks for, and gives the signature as X.509 has it (ECDSA in DER).
 *
 * Throws a TypeError on a nonce that is none, an origin that is none, or a certificate whose key cannot sign (misuse).
 */
export async function buildLoginToken(input: {
  certificate: Uint8Array;
  origin: string;
  nonce: string;
  appVersion: string;
  sign: (input: Uint8Array, algorithm: LoginAlgorithm['algorithm']) => Promise<Uint8Array>;
}): Promise<LoginToken> {
  const { certificate, origin, nonce } = input;
  if (!isLoginNonce(nonce)) throw new TypeError('a login nonce is base64 of 32 octets or more');
  if (!URL.canParse(origin) || new URL(origin).origin !== origin)
    throw new TypeError('an origin is scheme, host and port, without a slash at the end');
  const parsed = parseCertificate(certificate);
  const key = parsed.ok ? importPublicKey(parsed.value.spki) : parsed;
  if (!key.ok) throw new TypeError(`the certificate cannot be used: ${key.rule}`);
  const chosen = loginAlgorithmFor(key.key.kind);
  const signature = await input.sign(loginTokenInput(chosen, origin, nonce), chosen.algorithm);
  return {
    unverifiedCertificate: toBase64(certificate),
    algorithm: chosen.name,
    signature: toBase64(chosen.part === undefined ? signature : rawFromDer(signature, chosen.part)),
    format: loginTokenFormat,
    appVersion: input.appVersion,
  };
}

/** Takes a token's text apart. Members we do not know are passed over: later minor versions (`web-eid:1.1`) add some. */
export function parseLoginToken(
  text: string,
): { ok: true; token: ParsedLoginToken } | { ok: false; rule: TokenFormRule } {
  const fail = (rule: TokenFormRule) => ({ ok: false, rule }) as const;
  if (text.length > maxLength) return fail('token.form');
  const read = readJson(text);
  if (!read.ok || !isObject(read.value.value)) return fail('token.form');
  const { unverifiedCertificate, algorithm, signature, format } = read.value.value;
  if (typeof format !== 'string' || !/^web-eid:1(?:\.[0-9]{1,3})?$/.test(format)) return fail('token.format');
  const entry = loginAlgorithm(algorithm);
  if (entry === undefined) return fail('token.algorithm');
  const certificate = bytesOf(unverifiedCertificate);
  const given = bytesOf(signature);
  const der = given === undefined || entry.part === undefined ? given : derFromRaw(given, entry.part);
  if (certificate === undefined || der === undefined) return fail('token.form');
  return { ok: true, token: { certificate, algorithm: entry, signature: der } };
}

function bytesOf(value: unknown): Uint8Array | undefined {
  return typeof value === 'string' && value !== '' ? fromBase64(value) : undefined;
}
