import type { Certificate } from '../certificate/parse.js';
import type { CrlIndex } from '../crl/load.js';
import { asBuffer } from '../der/read.js';
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

/** What one question may spend. */
const allowance: Readonly<Budget> = {
  signatures: 2000,
  steps: 20_000,
  paths: 100,
  lists: 60_000,
  names: 200_000,
};

/** Keys under the default policy, for certificates that come already taken apart: anchors are asked again and again. */
const defaultKeys = new WeakMap<Certificate, PublicKey>();

/** What a signature costs to verify, in RSA-2048 signatures; roughly, and P-384 a little below its true price. */
const costs = { rsa: 1, p256: 2, p384: 8 } as const;

/** Something found out about a signature, and the last question that was charged for it. */
interface Known<T> {
  readonly value: T;
  question: number;
}

interface Leaf {
  readonly certificate: Certificate;
  readonly key: PublicKey | undefined;
  issuers: Certificate[] | undefined;
  readonly issued: Map<PublicKey, Known<Outcome>>;
}

/**
 * Everything path validation works with: the pools, what has been found out about them, and the budget. It may serve many questions: what
 * it remembers are facts about the exact certificates and lists it was made with (who signed whom), never a verdict. A question pays for a
 * fact as if it were the first to ask, so that its answer does not depend on what was asked before.
 */
export class Context {
  readonly anchors: ReadonlyMap<string, Certificate[]>;
  readonly pool: ReadonlyMap<string, Certificate[]>;
  readonly crls: ReadonlyMap<string, CrlIndex[]>;
  readonly crypto: CryptoPolicy;
  readonly budget: Budget = { ...allowance };
  readonly #members: ReadonlySet<Certificate>;
  /** By the bytes of the SubjectPublicKeyInfo: many cross-certificates hold one key, which is imported and tried once. */
  readonly #keys = new Map<string, PublicKey | undefined>();
  readonly #memberKeys = new Map<Certificate, PublicKey | undefined>();
  readonly #issued = new Map<Certificate, Map<PublicKey, Known<Outcome>>>();
  readonly #issuers = new Map<Certificate, Certificate[]>();
  readonly #signed = new Map<CrlIndex, Map<PublicKey, Known<boolean>>>();
  #question = 0;
  /** The certificate in question. What is known about it alone is thrown away with it and never enters the lasting maps. */
  #leaf: Leaf | undefined;

  constructor(
    anchors: readonly Certificate[],
    pool: readonly Certificate[],
    crls: readonly CrlIndex[],
    crypto: CryptoPolicy,
  ) {
    this.anchors = byName(anchors, ({ subject }) => nameKey(subject));
    const trusted = new Set(anchors.map(({ der }) => encoded(der)));
    // A trust anchor among the intermediates would only double the paths.
    const others = pool.filter(({ der }) => !trusted.has(encoded(der)));
    this.pool = byName(others, ({ subject }) => nameKey(subject));
    this.#members = new Set([...anchors, ...others]);
    // The newest first: where several lists of one scope are fresh, it decides.
    const newest = [...crls].sort((a, b) => b.thisUpdate.getTime() - a.thisUpdate.getTime());
    this.crls = byName(newest, ({ issuer }) => nameKey(issuer));
    this.crypto = crypto;
  }

  /** A new question with a full budget. `key`: the leaf's, where the caller has imported it under this context's policy. */
  ask(leaf: Certificate, key?: PublicKey): void {
    Object.assign(this.budget, allowance);
    this.#question++;
    this.#leaf = { certificate: leaf, key: key ?? this.#import(leaf), issuers: undefined, issued: new Map() };
  }

  /** Whether this very object is one of the pools'. */
  holds(certificate: Certificate): boolean {
    return this.#members.has(certificate);
  }

  /** The certificate's public key, if it passes the policy. */
  key(certificate: Certificate): PublicKey | undefined {
    if (certificate === this.#leaf?.certificate) return this.#leaf.key;
    if (this.#memberKeys.has(certificate)) return this.#memberKeys.get(certificate);
    const key = this.#memberKey(certificate);
    this.#memberKeys.set(certificate, key);
    return key;
  }

  #memberKey(certificate: Certificate): PublicKey | undefined {
    const lasting = this.crypto.keys === undefined;
    const before = lasting ? defaultKeys.get(certificate) : undefined;
    if (before !== undefined) return before;
    const spki = encoded(certificate.spki);
    if (!this.#keys.has(spki)) this.#keys.set(spki, this.#import(certificate));
    const key = this.#keys.get(spki);
    if (key !== undefined && lasting) defaultKeys.set(certificate, key);
    return key;
  }

  #import({ spki }: Certificate): PublicKey | undefined {
    const imported = importPublicKey(spki, this.crypto.keys);
    return imported.ok ? imported.key : undefined;
  }

  /** The candidates to have issued `child`, in the order of `sort`; sorted once. */
  issuersOf(child: Certificate, sort: (candidates: Certificate[]) => Certificate[]): readonly Certificate[] {
    const leaf = child === this.#leaf?.certificate ? this.#leaf : undefined;
    const known = leaf === undefined ? this.#issuers.get(child) : leaf.issuers;
    if (known !== undefined) return known;
    const made = sort([...(this.pool.get(nameKey(child.issuer)) ?? [])]);
    if (leaf === undefined) this.#issuers.set(child, made);
    else leaf.issuers = made;
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
    const facts = child === this.#leaf?.certificate ? this.#leaf.issued : factsAbout(this.#issued, child);
    return this.#once(facts, key, costs[key.kind], () =>
      verifySignature(signatureAlgorithm, key, child.tbs, child.signature) ? 'good' : 'bad',
    );
  }

  /** Whether this key signed the CRL. */
  signed(crl: CrlIndex, key: PublicKey): boolean {
    if (crl.signatureAlgorithm === 'rsa-sha1' && this.crypto.sha1 !== true) return false;
    const facts = factsAbout(this.#signed, crl);
    const known = facts.get(key);
    if (known?.question === this.#question) return known.value;
    if (this.budget.signatures <= 0) return false;
    const cost = costs[key.kind] + Math.min(199, crl.der.length >>> 16);
    return this.#once(facts, key, cost, () => crl.verifyWith(key));
  }

  /** Finds out once, and charges every question once. */
  #once<T>(facts: Map<PublicKey, Known<T>>, key: PublicKey, cost: number, find: () => T): T {
    const known = facts.get(key);
    if (known?.question === this.#question) return known.value;
    this.budget.signatures -= cost;
    if (known === undefined) {
      const value = find();
      facts.set(key, { value, question: this.#question });
      return value;
    }
    known.question = this.#question;
    return known.value;
  }
}

type Facts<T> = Map<PublicKey, Known<T>>;

function factsAbout<K, T>(all: Map<K, Facts<T>>, about: K): Facts<T> {
  const known = all.get(about);
  if (known !== undefined) return known;
  const made: Facts<T> = new Map();
  all.set(about, made);
  return made;
}

function encoded(bytes: Uint8Array): string {
  return asBuffer(bytes).toString('latin1');
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
