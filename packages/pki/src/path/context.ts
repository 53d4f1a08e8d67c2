import type { Certificate } from '../certificate/parse.js';
import type { CrlIndex } from '../crl/load.js';
import { importPublicKey, type KeyPolicy, type PublicKey } from '../key/import.js';
import { verifySignature } from '../key/verify.js';
import { nameKey } from '../name.js';

/** What may be used, beyond what the certificates say. */
export interface CryptoPolicy {
  keys?: KeyPolicy;
  /** Accept signatures over SHA-1: only for what was issued before 2016. Default false. */
  sha1?: boolean;
}

/** What is left to spend on one question; hostile input runs out of it and gets a no. */
export interface Budget {
  /** Signatures to verify, as RSA-2048 signatures; a long CRL counts for many, because it is hashed. */
  signatures: number;
  /** Issuers to try while building paths. */
  steps: number;
  /** Complete paths to check. */
  paths: number;
  /** CRLs to compare with the places of certificates. */
  lists: number;
  /** Names to compare with name constraints. */
  names: number;
}

export type Outcome = 'good' | 'bad' | 'algorithm' | 'key' | 'budget';

/** Keys under the default policy, for certificates that come already taken apart: anchors are asked again and again. */
const defaultKeys = new WeakMap<Certificate, PublicKey>();

/** What a signature costs to verify, in RSA-2048 signatures; roughly, and P-384 a little below its true price. */
const costs = { rsa: 1, p256: 2, p384: 8 } as const;

/** Everything one call of validatePath works with: the pools, what has been found out about them, and the budget. */
export class Context {
  readonly anchors: ReadonlyMap<string, Certificate[]>;
  readonly pool: ReadonlyMap<string, Certificate[]>;
  readonly crls: ReadonlyMap<string, CrlIndex[]>;
  readonly crypto: CryptoPolicy;
  readonly budget: Budget = { signatures: 2000, steps: 20_000, paths: 100, lists: 60_000, names: 200_000 };
  /** By the bytes of the SubjectPublicKeyInfo: many cross-certificates hold one key, which is imported and tried once. */
  readonly #keys = new Map<string, PublicKey | undefined>();
  readonly #issued = new Map<Certificate, Map<PublicKey, Outcome>>();
  readonly #issuers = new Map<Certificate, Certificate[]>();
  readonly #signed = new Map<CrlIndex, Map<PublicKey, boolean>>();

  constructor(
    anchors: readonly Certificate[],
    pool: readonly Certificate[],
    crls: readonly CrlIndex[],
    crypto: CryptoPolicy,
  ) {
    this.anchors = byName(anchors, ({ subject }) => nameKey(subject));
    const trusted = new Set(anchors.map(({ der }) => Buffer.from(der).toString('latin1')));
    // A trust anchor among the intermediates would only double the paths.
    const others = pool.filter(({ der }) => !trusted.has(Buffer.from(der).toString('latin1')));
    this.pool = byName(others, ({ subject }) => nameKey(subject));
    // The newest first: where several lists of one scope are fresh, it decides.
    const newest = [...crls].sort((a, b) => b.thisUpdate.getTime() - a.thisUpdate.getTime());
    this.crls = byName(newest, ({ issuer }) => nameKey(issuer));
    this.crypto = crypto;
  }

  /** The certificate's public key, if it passes the policy. */
  key(certificate: Certificate): PublicKey | undefined {
    if (this.crypto.keys === undefined) {
      const known = defaultKeys.get(certificate);
      if (known !== undefined) return known;
    }
    const { spki } = certificate;
    const encoded = Buffer.from(spki.buffer, spki.byteOffset, spki.length).toString('latin1');
    if (!this.#keys.has(encoded)) {
      const imported = importPublicKey(spki, this.crypto.keys);
      this.#keys.set(encoded, imported.ok ? imported.key : undefined);
    }
    const key = this.#keys.get(encoded);
    if (key !== undefined && this.crypto.keys === undefined) defaultKeys.set(certificate, key);
    return key;
  }

  /** The candidates to have issued `child`, in the order of `sort`; sorted once. */
  issuersOf(child: Certificate, sort: (candidates: Certificate[]) => Certificate[]): readonly Certificate[] {
    const known = this.#issuers.get(child);
    if (known !== undefined) return known;
    const made = sort([...(this.pool.get(nameKey(child.issuer)) ?? [])]);
    this.#issuers.set(child, made);
    return made;
  }

  /** Whether the holder of `issuer` signed `child`. */
  issued(child: Certificate, issuer: Certificate): Outcome {
    const { signatureAlgorithm } = child;
    if (signatureAlgorithm === undefined) return 'algorithm';
    if (signatureAlgorithm === 'rsa-sha1' && this.crypto.sha1 !== true) return 'algorithm';
    if (this.budget.signatures <= 0) return 'budget';
    const key = this.key(issuer);
    if (key === undefined) return 'key';
    const known = this.#issued.get(child)?.get(key);
    if (known !== undefined) return known;
    this.budget.signatures -= costs[key.kind];
    const outcome = verifySignature(signatureAlgorithm, key, child.tbs, child.signature) ? 'good' : 'bad';
    const map = this.#issued.get(child) ?? new Map<PublicKey, Outcome>();
    this.#issued.set(child, map.set(key, outcome));
    return outcome;
  }

  /** Whether this key signed the CRL. */
  signed(crl: CrlIndex, key: PublicKey): boolean {
    if (crl.signatureAlgorithm === 'rsa-sha1' && this.crypto.sha1 !== true) return false;
    const known = this.#signed.get(crl)?.get(key);
    if (known !== undefined) return known;
    if (this.budget.signatures <= 0) return false;
    this.budget.signatures -= costs[key.kind] + Math.min(199, crl.der.length >>> 16);
    const result = crl.verifyWith(key);
    const map = this.#signed.get(crl) ?? new Map<PublicKey, boolean>();
    this.#signed.set(crl, map.set(key, result));
    return result;
  }
}

function byName<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const map = new Map<string, T[]>();
  for (const item of items) {
    const list = map.get(key(item));
    if (list === undefined) map.set(key(item), [item]);
    else list.push(item);
  }
  return map;
}
