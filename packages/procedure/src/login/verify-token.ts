import { createHash } from 'node:crypto';
import {
  type Certificate,
  type CrlIndex,
  demoOids,
  importPublicKey,
  keyPurposes,
  parseCertificate,
  validatePath,
  verifySignature,
} from '@madoguchi/pki';
import { loginTokenInput } from './algorithms.js';
import { isLoginNonce } from './nonce.js';
import { parseLoginToken, type TokenFormRule } from './token.js';

/** Whom a login is believed: authorities of **authentication** certificates, never those of signatures or of agencies. */
export interface LoginTrust {
  /** DER. */
  anchors: readonly Uint8Array[];
  intermediates?: readonly Uint8Array[];
  /** Whether the demo authority counts. */
  demo: boolean;
  /** Certificate policies under which a login counts, beside the demo's. Default: JPKI, authentication certificate on a card. */
  policies?: readonly string[];
}

/** What the reader itself remembers, and what it found out about revocation. */
export interface ExpectedLogin extends LoginTrust {
  /** Its own origin, without a slash at the end. */
  origin: string;
  /** The nonce that it gave to this very browser session, used up by this call's caller. */
  nonce: string;
  now: Date;
  /** CRLs and OCSP answers, DER or loaded. Without any that clears the certificate the answer is `token.revocationUnknown`. */
  crls?: readonly (Uint8Array | CrlIndex)[];
  ocspResponses?: readonly Uint8Array[];
}

export type LoginTokenRule =
  | TokenFormRule
  | 'token.certificate'
  | 'token.usage'
  | 'token.demo'
  | 'token.expired'
  | 'token.path'
  | 'token.signature'
  | 'token.revoked'
  | 'token.revocationUnknown';

export type VerifiedLogin =
  | {
      ok: true;
      certificate: Certificate;
      /** base64url of SHA-256 over the certificate's SPKI: the same as in an application (`authenticationKey`). */
      authenticationKey: string;
    }
  | {
      ok: false;
      rule: Exclude<LoginTokenRule, 'token.revocationUnknown'>;
    }
  | {
      ok: false;
      rule: 'token.revocationUnknown';
      /** DER, holder → anchor: whom to ask about. Everything else about the token is good by then. */
      path: Uint8Array[];
    };

/** 利用者証明用電子証明書 on a card (JPKI certificate policy …1.3.30). */
const jpkiAuthentication = '1.2.392.200149.8.5.1.3.30';

/**
 * Everything a site must know before it believes a login: form, that the certificate is an authentication certificate (digitalSignature,
 * clientAuth, its policy) under the right authorities and in force, that its key signed **this** origin and **this** nonce, and that it is
 * not revoked (fail closed; a hold counts as revoked). Pure: revocation data is given, see `token.revocationUnknown`.
 *
 * That the nonce stands in the session of the browser that brought the token, once and for five minutes, is the caller's part.
 * Throws a TypeError when `nonce` is none (misuse).
 */
export function verifyLoginToken(text: string, expected: ExpectedLogin): VerifiedLogin {
  const fail = (rule: Exclude<LoginTokenRule, 'token.revocationUnknown'>) => ({ ok: false, rule }) as const;
  if (!isLoginNonce(expected.nonce)) throw new TypeError('a login nonce is base64 of 32 octets or more');
  const read = parseLoginToken(text);
  if (!read.ok) return read;
  const { token } = read;
  const parsed = parseCertificate(token.certificate);
  const imported = parsed.ok ? importPublicKey(parsed.value.spki) : parsed;
  if (!parsed.ok || !imported.ok) return fail('token.certificate');
  const certificate = parsed.value;
  const { key } = imported;
  if (!token.algorithm.keys.includes(key.kind)) return fail('token.algorithm');
  if (!isForLogin(certificate)) return fail('token.usage');
  const named = certificate.policies?.map(({ oid }) => oid) ?? [];
  if (!expected.demo && named.includes(demoOids.authentication)) return fail('token.demo');

  const question = {
    leaf: token.certificate,
    anchors: expected.anchors,
    intermediates: expected.intermediates ?? [],
    time: expected.now,
    initialPolicies: [
      ...(expected.policies ?? [jpkiAuthentication]),
      ...(expected.demo ? [demoOids.authentication] : []),
    ],
    requireExplicitPolicy: true,
    keyUsage: ['digitalSignature'],
    extKeyUsage: [keyPurposes.clientAuth],
  } as const;
  const path = validatePath({ ...question, checkRevocation: false });
  if (!path.valid) {
    const { notBefore, notAfter } = certificate;
    return fail(expected.now < notBefore || expected.now > notAfter ? 'token.expired' : 'token.path');
  }
  const signed = loginTokenInput(token.algorithm, expected.origin, expected.nonce);
  if (!verifySignature(token.algorithm.algorithm, key, signed, token.signature))
    return fail('token.signature');

  // Last, so that nobody without the key makes the site ask an authority.
  const { crls = [], ocspResponses = [] } = expected;
  const whole = validatePath({ ...question, crls, ocspResponses });
  if (whole.valid) {
    const authenticationKey = createHash('sha256').update(certificate.spki).digest('base64url');
    return { ok: true, certificate, authenticationKey };
  }
  if (whole.rule === 'path.revoked') return fail('token.revoked');
  return { ok: false, rule: 'token.revocationUnknown', path: path.path };
}

/** The extended usage must be stated: a certificate for everything is none for a login. */
function isForLogin(certificate: Certificate): boolean {
  return (
    certificate.keyUsage?.includes('digitalSignature') === true &&
    !certificate.keyUsage.includes('nonRepudiation') &&
    certificate.extKeyUsage?.includes(keyPurposes.clientAuth) === true
  );
}
