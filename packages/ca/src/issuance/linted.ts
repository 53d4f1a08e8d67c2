import {
  assembleCertificate,
  attempt,
  bytesOf,
  type Certificate,
  type CertificateTemplate,
  contentOf,
  importPublicKey,
  inside,
  type PublicKey,
  parseCertificate,
  type Signer,
  tags,
  toBeSigned,
  verifySignature,
  wholeTlv,
} from '@madoguchi/pki/certificates';
import { defect } from '../error.js';
import { type Facts, factsOf } from '../lint/facts.js';
import { type LintFault, lint } from '../lint/lint.js';
import type { ProfileName } from '../lint/profiles.js';
import { ThrowAwayKey } from './throw-away.js';

interface Prepared {
  /** The linted copy, taken apart. */
  readonly copy: Certificate;
  readonly facts: Facts;
  readonly profile: ProfileName;
  readonly issuer: Certificate | 'self';
}

/** For `prepare` and `signLinted` alone; see `Linted`. */
let lintedOf: (prepared: Prepared) => Linted;
let takeOnce: (linted: Linted) => Prepared | undefined;

/**
 * Proof that a certificate was linted before signing. Only `prepare` makes one and `signLinted` takes it once, so a certificate that
 * was not linted cannot be issued: it does not type-check.
 */
export class Linted {
  /** Undefined once it is taken. */
  #prepared: Prepared | undefined;
  /** The bytes that will be signed. */
  readonly tbs: Uint8Array;
  /** SHA-1 of the public key in them. */
  readonly keyId: Uint8Array;

  private constructor(prepared: Prepared) {
    this.#prepared = prepared;
    this.tbs = prepared.copy.tbs;
    this.keyId = prepared.facts.keyId;
  }

  static {
    lintedOf = (prepared) => new Linted(prepared);
    takeOnce = (linted) => {
      const prepared = linted.#prepared;
      linted.#prepared = undefined;
      return prepared;
    };
  }
}

/**
 * Signs the copies that are linted. A copy names the issuer's algorithm and has the bytes of the real certificate, octet for octet, while it
 * can never verify: nobody can take it for a certificate.
 */
const throwAway = new ThrowAwayKey();

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
  const tbs = toBeSigned(template, signer.algorithm);
  const parsed = parseCertificate(assembleCertificate(tbs, signer.algorithm, throwAway.sign(tbs)));
  if (!parsed.ok) {
    return { ok: false, faults: [{ rule: parsed.rule, detail: `unreadable at octet ${parsed.offset}` }] };
  }
  const facts = factsOf(parsed.value);
  const faults = lint(parsed.value, profile, issuer, facts);
  if (faults.length > 0) return { ok: false, faults };
  return { ok: true, linted: lintedOf({ copy: parsed.value, facts, profile, issuer }) };
}

/** Signers' keys as verifiers read them: few, and decoding one costs more than verifying with it. */
const imported = new WeakMap<Signer, PublicKey>();

function publicKeyOf(signer: Signer): PublicKey {
  const known = imported.get(signer);
  if (known !== undefined) return known;
  const read = importPublicKey(signer.publicKey);
  if (!read.ok) throw defect('issue.signer', read.rule);
  imported.set(signer, read.key);
  return read.key;
}

/**
 * Signs what was linted, once. The result is read again, compared octet for octet with the linted copy, its signature verified and linted
 * again; a difference throws (CaError, a defect) and nothing leaves.
 */
export async function signLinted(linted: Linted, signer: Signer): Promise<Uint8Array> {
  const prepared = takeOnce(linted);
  if (prepared === undefined) throw defect('issue.token', 'a lint result was used twice');
  const signature = await (signer.signInLine ?? signer.sign)(linted.tbs);
  const der = assembleCertificate(linted.tbs, signer.algorithm, signature);
  const signed = takeApart(der);
  if (signed === undefined || !signed.tbs.equals(linted.tbs)) {
    throw defect('issue.changed', 'the signed certificate differs from the one that was checked');
  }
  if (!verifySignature(signer.algorithm, publicKeyOf(signer), signed.tbs, signed.signature)) {
    throw defect('issue.signature', 'the new signature does not verify');
  }
  // The signed bytes are those of the copy, octet for octet, so they are taken apart already.
  const certificate: Certificate = { ...prepared.copy, der, tbs: signed.tbs, signature: signed.signature };
  const faults = lint(certificate, prepared.profile, prepared.issuer, prepared.facts);
  if (faults.length > 0) throw defect('issue.lint', faults.map((fault) => fault.rule).join(', '));
  return der;
}

/** The three parts of a finished certificate, read from its own bytes. */
function takeApart(der: Uint8Array): { tbs: Buffer; signature: Uint8Array } | undefined {
  const read = attempt(() => {
    const outer = inside(wholeTlv(der));
    const tbs = bytesOf(outer.next(tags.sequence));
    outer.next(tags.sequence);
    const bits = contentOf(outer.next(tags.bitString));
    outer.close();
    return { tbs: Buffer.from(tbs.buffer, tbs.byteOffset, tbs.length), signature: bits.subarray(1) };
  });
  return read.ok ? read.value : undefined;
}
