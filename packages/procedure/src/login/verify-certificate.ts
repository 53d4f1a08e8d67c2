import { createHash } from 'node:crypto';
import {
  type Certificate,
  type CrlIndex,
  demoOids,
  importPublicKey,
  keyPurposes,
  type PublicKey,
  parseCertificate,
  validatePath,
} from '@madoguchi/pki';

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

/** What was found out about revocation, DER or loaded. */
export interface LoginRevocation {
  crls?: readonly (Uint8Array | CrlIndex)[];
  ocspResponses?: readonly Uint8Array[];
}

type CertificateFault = 'token.certificate' | 'token.usage' | 'token.demo' | 'token.expired' | 'token.path';

export type LoginCertificateRule = CertificateFault | 'token.revoked' | 'token.revocationUnknown';

/** Who logged in, or why their certificate does not count. */
export type VerifiedHolder =
  | {
      ok: true;
      certificate: Certificate;
      /** base64url of SHA-256 over the certificate's SPKI: the same as in an application (`authenticationKey`). */
      authenticationKey: string;
    }
  | { ok: false; rule: Exclude<LoginCertificateRule, 'token.revocationUnknown'> }
  | {
      ok: false;
      rule: 'token.revocationUnknown';
      /** DER, holder → anchor: whom to ask about. Everything else about the certificate is good by then. */
      path: Uint8Array[];
    };

/** 利用者証明用電子証明書 on a card (JPKI certificate policy …1.3.30). */
const jpkiAuthentication = '1.2.392.200149.8.5.1.3.30';

/**
 * Everything about the certificate of a login but revocation: an authentication certificate (digitalSignature, clientAuth, its policy) under
 * the right authorities and in force. `settle` then judges revocation (fail closed; a hold counts as revoked).
 */
export function readLoginCertificate(
  der: Uint8Array,
  trust: LoginTrust & { now: Date },
):
  | {
      ok: true;
      key: PublicKey;
      settle: (revocation: LoginRevocation) => VerifiedHolder;
    }
  | { ok: false; rule: CertificateFault } {
  const fail = (rule: CertificateFault) => ({ ok: false, rule }) as const;
  const parsed = parseCertificate(der);
  const imported = parsed.ok ? importPublicKey(parsed.value.spki) : parsed;
  if (!parsed.ok || !imported.ok) return fail('token.certificate');
  const certificate = parsed.value;
  if (!isForLogin(certificate)) return fail('token.usage');
  const named = certificate.policies?.map(({ oid }) => oid) ?? [];
  const demoPolicies: readonly string[] = [demoOids.authentication, demoOids.phoneAuthentication];
  if (!trust.demo && named.some((oid) => demoPolicies.includes(oid))) return fail('token.demo');
  const question = {
    leaf: der,
    anchors: trust.anchors,
    intermediates: trust.intermediates ?? [],
    time: trust.now,
    initialPolicies: [...(trust.policies ?? [jpkiAuthentication]), ...(trust.demo ? demoPolicies : [])],
    requireExplicitPolicy: true,
    keyUsage: ['digitalSignature'],
    extKeyUsage: [keyPurposes.clientAuth],
  } as const;
  if (!validatePath({ ...question, checkRevocation: false }).valid) {
    const { notBefore, notAfter } = certificate;
    return fail(trust.now < notBefore || trust.now > notAfter ? 'token.expired' : 'token.path');
  }
  const settle = ({ crls = [], ocspResponses = [] }: LoginRevocation): VerifiedHolder => {
    const whole = validatePath({ ...question, crls, ocspResponses });
    if (whole.valid) {
      const authenticationKey = createHash('sha256').update(certificate.spki).digest('base64url');
      return { ok: true, certificate, authenticationKey };
    }
    if (whole.rule === 'path.revoked') return { ok: false, rule: 'token.revoked' };
    return { ok: false, rule: 'token.revocationUnknown', path: whole.path };
  };
  return { ok: true, key: imported.key, settle };
}

/**
 * Whether a holder whose key was proven elsewhere (the handshake of TLS with a client certificate) counts as logged in. Pure: without
 * revocation data the answer is `token.revocationUnknown` with the path to ask about.
 */
export function verifyLoginCertificate(
  der: Uint8Array,
  expected: LoginTrust & LoginRevocation & { now: Date },
): VerifiedHolder {
  const read = readLoginCertificate(der, expected);
  return read.ok ? read.settle(expected) : read;
}

/** The extended usage must be stated: a certificate for everything is none for a login. */
function isForLogin(certificate: Certificate): boolean {
  return (
    certificate.keyUsage?.includes('digitalSignature') === true &&
    !certificate.keyUsage.includes('nonRepudiation') &&
    certificate.extKeyUsage?.includes(keyPurposes.clientAuth) === true
  );
}
