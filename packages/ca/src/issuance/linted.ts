import { generateKeyPairSync } from 'node:crypto';
import {
  type Certificate,
  type CertificateTemplate,
  importPublicKey,
  issueCertificate,
  parseCertificate,
  type Signer,
  softwareSigner,
  verifySignature,
} from '@madoguchi/pki';
import { defect } from '../error.js';
import { type LintFault, lint } from '../lint/lint.js';
import type { ProfileName } from '../lint/profiles.js';

declare const brand: unique symbol;

/**
 * Proof that a certificate was linted before signing. Only `prepare` makes one and `signLinted` takes it once, so a certificate that
 * was not linted cannot be issued: it does not type-check.
 */
export interface Linted {
  readonly [brand]: 'linted';
  /** The bytes that will be signed. */
  readonly tbs: Uint8Array;
}

interface Prepared {
  readonly template: CertificateTemplate;
  readonly profile: ProfileName;
  readonly issuer: Certificate | 'self';
}

const unused = new WeakMap<Linted, Prepared>();

let throwAway: Signer | undefined;

/**
 * A signer that names the issuer's algorithm but signs with a P-256 key made for this process. The bytes to be signed are those of
 * the real certificate, octet for octet, while the copy can never verify: nobody can take it for a certificate.
 */
function throwAwaySigner(issuer: Signer): Signer {
  throwAway ??= softwareSigner(
    generateKeyPairSync('ec', {
      namedCurve: 'P-256',
      privateKeyEncoding: { type: 'pkcs8', format: 'der' },
      publicKeyEncoding: { type: 'spki', format: 'der' },
    }).privateKey,
  );
  const signer = throwAway;
  return {
    algorithm: issuer.algorithm,
    publicKey: issuer.publicKey,
    sign: (data) => signer.sign(data),
  };
}

/**
 * Builds a copy of the certificate, signs it with a throw-away key and lints it. `issuer` is `self` for a root.
 * The faults name rule, certificate field and what was found.
 */
export async function prepare(
  template: CertificateTemplate,
  profile: ProfileName,
  issuer: Certificate | 'self',
  signer: Signer,
): Promise<{ ok: true; linted: Linted } | { ok: false; faults: LintFault[] }> {
  const copy = await issueCertificate(template, throwAwaySigner(signer));
  const parsed = parseCertificate(copy);
  if (!parsed.ok) {
    return { ok: false, faults: [{ rule: parsed.rule, detail: `unreadable at octet ${parsed.offset}` }] };
  }
  const faults = lint(parsed.value, profile, issuer);
  if (faults.length > 0) return { ok: false, faults };
  const linted = { tbs: parsed.value.tbs } as Linted;
  unused.set(linted, { template, profile, issuer });
  return { ok: true, linted };
}

/**
 * Signs what was linted, once. The result is compared octet for octet with the linted copy, its signature verified and linted again;
 * a difference throws (CaError, a defect) and nothing leaves.
 */
export async function signLinted(linted: Linted, signer: Signer): Promise<Uint8Array> {
  const prepared = unused.get(linted);
  if (prepared === undefined) throw defect('issue.token', 'a lint result was used twice');
  unused.delete(linted);
  const der = await issueCertificate(prepared.template, signer);
  const parsed = parseCertificate(der);
  if (!parsed.ok) throw defect('issue.unreadable', parsed.rule);
  if (!Buffer.from(parsed.value.tbs).equals(linted.tbs)) {
    throw defect('issue.changed', 'the signed certificate differs from the one that was checked');
  }
  const key = importPublicKey(signer.publicKey);
  if (!key.ok || !verifySignature(signer.algorithm, key.key, parsed.value.tbs, parsed.value.signature)) {
    throw defect('issue.signature', 'the new signature does not verify');
  }
  const faults = lint(parsed.value, prepared.profile, prepared.issuer);
  if (faults.length > 0) throw defect('issue.lint', faults.map((fault) => fault.rule).join(', '));
  return der;
}
