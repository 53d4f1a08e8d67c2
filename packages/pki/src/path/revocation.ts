import type { Certificate } from '../certificate/parse.js';
import type { Revocation } from '../crl/entry.js';
import type { CrlIndex } from '../crl/load.js';
import type { PublicKey } from '../key/import.js';
import { type Name, nameKey } from '../name.js';
import { verifyOcspResponse } from '../ocsp/verify.js';
import { buildPaths, type Path } from './build.js';
import { checkPath, type PathRules } from './check.js';
import type { Context } from './context.js';
import { allReasons, entryIssuer, namesOf, placesOf, reasonsCovered, sameScope } from './scope.js';

export type Status =
  | { kind: 'good' }
  | ({ kind: 'revoked' } & Revocation)
  /** `why`: what is missing, in words. */
  | { kind: 'unknown'; why: string };

/** CRL signers whose own path is being checked: a CRL cannot vouch for the key that signed it. */
const maximumNesting = 4;

/** Revocation along one path (RFC 5280 6.3), asked from the anchor's side down. */
export class RevocationChecker {
  readonly #context: Context;
  readonly #rules: PathRules;
  /** The time at which revocation data must be fresh. */
  readonly #freshAt: Date;
  /** Revocations after this moment do not count, if it is given. */
  readonly #countUntil: Date | undefined;
  readonly #ocsp: readonly Uint8Array[];
  readonly #maxDepth: number;
  readonly #inProgress: Certificate[] = [];
  readonly #signers = new Map<Certificate, Map<Certificate, boolean>>();

  constructor(
    context: Context,
    rules: PathRules,
    options: { freshAt: Date; countUntil?: Date; ocsp: readonly Uint8Array[]; maxDepth: number },
  ) {
    this.#context = context;
    this.#rules = rules;
    this.#freshAt = options.freshAt;
    this.#countUntil = options.countUntil;
    this.#ocsp = options.ocsp;
    this.#maxDepth = options.maxDepth;
  }

  /** The status of `path[index]`, whose issuers further up the path are already found good. */
  status(path: Path, index: number): Status {
    const certificate = path[index];
    const above = path.slice(index + 1);
    const [issuer] = above;
    if (certificate === undefined || issuer === undefined) return { kind: 'good' };
    const told = this.#askOcsp(certificate, issuer);
    if (told?.kind === 'revoked') return told;
    const listed = this.#askCrls(certificate, above);
    if (listed.kind === 'revoked') return listed;
    return told ?? listed;
  }

  #askOcsp(certificate: Certificate, issuer: Certificate): Status | undefined {
    let good: Status | undefined;
    for (const response of this.#ocsp) {
      if (this.#context.budget.signatures <= 0) return undefined;
      const { keys } = this.#context.crypto;
      const verdict = verifyOcspResponse({
        response,
        certificate: certificate.der,
        issuer: issuer.der,
        time: this.#freshAt,
        ...(keys === undefined ? {} : { keyPolicy: keys }),
      });
      // An answer may enclose several responders.
      this.#context.budget.signatures -= 8;
      if (!verdict.ok || verdict.status === 'unknown') continue;
      if (verdict.status === 'revoked' && verdict.revokedAt !== undefined) {
        const date = verdict.revokedAt;
        if (this.#counts(date)) return { kind: 'revoked', reason: verdict.reason ?? 'unspecified', date };
      }
      const { thisUpdate, archiveCutoff } = verdict;
      if (!dropped(thisUpdate, archiveCutoff, certificate)) good = { kind: 'good' };
    }
    return good;
  }

  #counts(date: Date): boolean {
    return this.#countUntil === undefined || date <= this.#countUntil;
  }

  #askCrls(certificate: Certificate, above: readonly Certificate[]): Status {
    let covered = 0;
    let why = 'no CRL speaks about it';
    let sorted: Map<string, readonly CrlIndex[]> | undefined;
    const listsOf = (issuer: Name): readonly CrlIndex[] => {
      const name = nameKey(issuer);
      const lists = this.#context.crls.get(name) ?? [];
      if (lists.length < 2) return lists;
      sorted ??= new Map();
      const known = sorted.get(name) ?? ownFirst(lists, above);
      sorted.set(name, known);
      return known;
    };
    for (const place of placesOf(certificate)) {
      for (const issuer of place.issuers) {
        for (const crl of listsOf(issuer)) {
          this.#context.budget.lists -= 1 + (namesOf(crl).length >>> 4);
          if (this.#context.budget.lists < 0)
            return { kind: 'unknown', why: 'there are too many lists to look through' };
          if (crl.deltaBase !== undefined) continue;
          const reasons = reasonsCovered(crl, place, certificate);
          if (reasons === undefined || (reasons & ~covered) === 0) continue;
          const stale = this.#stale(crl);
          if (stale !== undefined) {
            why = stale;
            continue;
          }
          const key = this.#signerOf(crl, above, place.indirect ? certificate : undefined);
          if (key === undefined) {
            why = 'its CRL is not signed by anyone who may';
            continue;
          }
          const found = this.#lookUp(crl, key, certificate);
          if (found !== undefined && this.#counts(found.date)) return { kind: 'revoked', ...found };
          if (found === undefined && dropped(crl.thisUpdate, crl.expiredCertsOnCrl, certificate)) {
            why = 'its CRL was made after it expired and keeps no expired certificates';
            continue;
          }
          covered |= reasons;
          if ((covered & allReasons) === allReasons) return { kind: 'good' };
        }
      }
    }
    return { kind: 'unknown', why: covered !== 0 ? 'its CRLs do not cover all reasons' : why };
  }

  #stale({ thisUpdate, nextUpdate }: CrlIndex): string | undefined {
    if (thisUpdate > this.#freshAt) return 'its CRL is from the future';
    if (nextUpdate === undefined) return 'its CRL does not say when the next one comes';
    return nextUpdate < this.#freshAt ? 'its CRL is out of date' : undefined;
  }

  /** What CRL and delta together say: the delta is asked first, and may take an entry back (RFC 5280 6.3.3 (i) to (k)). */
  #lookUp(crl: CrlIndex, key: PublicKey, certificate: Certificate): Revocation | undefined {
    const delta = this.#deltaFor(crl, key);
    const issuer = entryIssuer(crl, certificate);
    const changed = delta?.lookup(certificate.serial, issuer);
    if (changed?.reason === 'removeFromCRL') return undefined;
    return changed ?? crl.lookup(certificate.serial, issuer);
  }

  #deltaFor(crl: CrlIndex, key: PublicKey): CrlIndex | undefined {
    const { number, authorityKeyIdentifier: signer } = crl;
    if (number === undefined) return undefined;
    // The pool is sorted, so the first that fits is the newest.
    return (this.#context.crls.get(nameKey(crl.issuer)) ?? []).find(
      (delta) =>
        delta.deltaBase !== undefined &&
        delta.number !== undefined &&
        delta.deltaBase <= number &&
        delta.number > number &&
        sameScope(delta, crl) &&
        Buffer.compare(delta.authorityKeyIdentifier ?? new Uint8Array(), signer ?? new Uint8Array()) === 0 &&
        this.#stale(delta) === undefined &&
        this.#context.signed(delta, key),
    );
  }

  /**
   * The key that signed the CRL, if its holder may: a CA of the path itself, or another certificate with that name whose own path ends
   * at the **same** anchor (RFC 5280 6.3.3 (f)); key usage cRLSign either way. A signer may speak about itself only where its own
   * certificate (`designated`) names it as the CRL issuer: then its CA decided so.
   */
  #signerOf(
    crl: CrlIndex,
    above: readonly Certificate[],
    designated: Certificate | undefined,
  ): PublicKey | undefined {
    const anchor = above.at(-1);
    const name = nameKey(crl.issuer);
    if (anchor === undefined) return undefined;
    for (const member of above) {
      if (nameKey(member.subject) !== name) continue;
      const key = this.#signingKey(crl, member);
      if (key !== undefined) return key;
    }
    for (const candidate of this.#context.pool.get(name) ?? []) {
      if (above.includes(candidate)) continue;
      const key = this.#signingKey(crl, candidate);
      if (key !== undefined && (candidate === designated || this.#trusted(candidate, anchor))) return key;
    }
    return undefined;
  }

  #signingKey(crl: CrlIndex, signer: Certificate): PublicKey | undefined {
    if (signer.keyUsage !== undefined && !signer.keyUsage.includes('cRLSign')) return undefined;
    const named = crl.authorityKeyIdentifier;
    const held = signer.subjectKeyIdentifier;
    if (named !== undefined && held !== undefined && Buffer.compare(named, held) !== 0) return undefined;
    const key = this.#context.key(signer);
    return key !== undefined && this.#context.signed(crl, key) ? key : undefined;
  }

  /** Whether a CRL signer's certificate has a good path of its own to this anchor. */
  #trusted(signer: Certificate, anchor: Certificate): boolean {
    const known = this.#signers.get(signer)?.get(anchor);
    if (known !== undefined) return known;
    if (this.#inProgress.includes(signer) || this.#inProgress.length >= maximumNesting) return false;
    this.#inProgress.push(signer);
    const trusted = this.#hasGoodPath(signer, anchor);
    this.#inProgress.pop();
    // Inside another signer's check a no may only mean "not from here", so it is not kept.
    if (trusted || this.#inProgress.length === 0) {
      const map = this.#signers.get(signer) ?? new Map<Certificate, boolean>();
      this.#signers.set(signer, map.set(anchor, trusted));
    }
    return trusted;
  }

  #hasGoodPath(signer: Certificate, anchor: Certificate): boolean {
    const only = new Map([[nameKey(anchor.subject), [anchor]]]);
    const rules: PathRules = { ...this.#rules, ...unrestricted };
    for (const path of buildPaths(this.#context, signer, only, this.#maxDepth, { path: [] })) {
      const outcome = checkPath(path, rules, this.#context.budget);
      if (outcome.fault !== undefined || outcome.outOfBounds !== undefined) continue;
      let good = true;
      for (let index = path.length - 2; index >= 0 && good; index--)
        good = this.status(path, index).kind === 'good';
      if (good) return true;
    }
    return false;
  }
}

/**
 * The lists that name the very key that issued the certificate come before those of other keys under the same name: a newer list of
 * another generation, which knows nothing of the certificate, must not speak before its own.
 */
function ownFirst(lists: readonly CrlIndex[], [issuer]: readonly Certificate[]): readonly CrlIndex[] {
  const key = issuer?.subjectKeyIdentifier;
  if (key === undefined) return lists;
  const own = ({ authorityKeyIdentifier: named }: CrlIndex): boolean =>
    named !== undefined && Buffer.compare(named, key) === 0;
  return [...lists.filter(own), ...lists.filter((list) => !own(list))];
}

/** A CRL signer is judged as such, not by what the caller demands of the end certificate. */
const unrestricted = {
  initialPolicies: [],
  requireExplicitPolicy: false,
  inhibitPolicyMapping: false,
  inhibitAnyPolicy: false,
  keyUsage: [],
  extKeyUsage: [],
} satisfies Partial<PathRules>;

/**
 * Expired certificates leave the list, and responders forget them: what was made afterwards says nothing good about them unless it says
 * since when it keeps them (expiredCertsOnCRL, archiveCutoff).
 */
function dropped(thisUpdate: Date, keepsSince: Date | undefined, { notAfter }: Certificate): boolean {
  if (thisUpdate <= notAfter) return false;
  return keepsSince === undefined || keepsSince > notAfter;
}
