import type { Certificate } from '../certificate/parse.js';
import { nameKey } from '../name.js';
import type { Context, Outcome } from './context.js';
import { cameFurther, type Fault, role } from './verdict.js';

/** A path from the certificate in question (first) to a trust anchor (last); its names chain and its signatures verify. */
export type Path = readonly [Certificate, ...Certificate[]];

/** Where building stopped, for the case that no path is found. */
export interface DeadEnd {
  fault?: Fault;
  path: Certificate[];
}

/**
 * All paths from `leaf` to one of the anchors, most promising first. An issuer is sought by name, preferred by key identifier, and taken
 * by signature; the same key under the same name does not come twice in a path. Bounded by the context's budget and `maxDepth`
 * (certificates between leaf and anchor).
 */
export function buildPaths(
  context: Context,
  leaf: Certificate,
  anchors: ReadonlyMap<string, readonly Certificate[]>,
  maxDepth: number,
  deadEnd: DeadEnd,
): Generator<Path> {
  return new Builder(context, leaf, anchors, maxDepth, deadEnd).paths();
}

/** One search. A class, because a generator inside a generator would leave the engine a new kind of object for every search. */
class Builder {
  readonly #context: Context;
  readonly #leaf: Certificate;
  readonly #anchors: ReadonlyMap<string, readonly Certificate[]>;
  readonly #maxDepth: number;
  readonly #deadEnd: DeadEnd;
  #deeper = true;

  constructor(
    context: Context,
    leaf: Certificate,
    anchors: ReadonlyMap<string, readonly Certificate[]>,
    maxDepth: number,
    deadEnd: DeadEnd,
  ) {
    this.#context = context;
    this.#leaf = leaf;
    this.#anchors = anchors;
    this.#maxDepth = maxDepth;
    this.#deadEnd = deadEnd;
  }

  *paths(): Generator<Path> {
    const { budget } = this.#context;
    // Short paths first, one length after the other: in a mesh of cross-certificates going deep first would lose the way.
    for (let between = 0; this.#deeper && between <= this.#maxDepth && budget.steps > 0; between++) {
      this.#deeper = false;
      yield* this.#extend([this.#leaf], between);
    }
  }

  *#extend(path: [Certificate, ...Certificate[]], limit: number): Generator<Path> {
    const child = path.at(-1) ?? this.#leaf;
    const others = this.#context.issuersOf(child, (candidates) => ordered(child, candidates));
    if (path.length <= limit) {
      for (const issuer of others) {
        if (path.some((member) => sameKeyAndName(member, issuer))) continue;
        if (this.#step(path, issuer)) yield* this.#extend([...path, issuer], limit);
      }
      return;
    }
    const roots = ordered(child, this.#anchors.get(nameKey(child.issuer)) ?? []);
    this.#deeper ||= others.length > 0;
    if (roots.length === 0) this.#noteEnd(path, others.length > 0, limit === this.#maxDepth);
    for (const root of roots) {
      if (!this.#step(path, root)) continue;
      if (this.#context.budget.paths-- <= 0) return;
      yield [...path, root];
    }
  }

  #noteEnd(path: Certificate[], more: boolean, deepest: boolean): void {
    if (more && deepest) {
      this.#note(
        path,
        'NO_CERTIFICATE_CHAIN_FOUND',
        'path.depth',
        'more certificates follow than are allowed between leaf and anchor',
      );
    } else if (!more) {
      const words = 'its issuer is neither a trust anchor nor among the certificates given';
      this.#note(path, 'NO_CERTIFICATE_CHAIN_FOUND', 'path.issuer.unknown', words);
    }
  }

  #step(path: [Certificate, ...Certificate[]], issuer: Certificate): boolean {
    const exhausted = this.#context.budget.steps-- <= 0;
    const child = path.at(-1) ?? path[0];
    const outcome = exhausted ? 'budget' : this.#context.issued(child, issuer);
    if (outcome === 'good') return true;
    // A signature by another generation's key is no defect; one by the key it names is.
    const reason = outcome === 'bad' && keyMatch(child, issuer) < 0 ? 'otherKey' : outcome;
    this.#note(path, ...refusals[reason]);
    return false;
  }

  #note(path: Certificate[], subIndication: Fault['subIndication'], rule: string, words: string): void {
    // The path is not complete, so its last member is a CA certificate unless it is the leaf.
    const fault = {
      subIndication,
      rule,
      reason: `${role(path.length - 1, Number.MAX_SAFE_INTEGER)}: ${words} (${rule})`,
    };
    if (!cameFurther(fault, this.#deadEnd.fault)) return;
    this.#deadEnd.fault = fault;
    this.#deadEnd.path = [...path];
  }
}

type Refusal = readonly [Fault['subIndication'], rule: string, words: string];

const refusals: Readonly<Record<Exclude<Outcome, 'good'> | 'otherKey', Refusal>> = {
  bad: [
    'CERTIFICATE_CHAIN_GENERAL_FAILURE',
    'path.signature',
    'its signature does not verify with its issuer’s key',
  ],
  otherKey: [
    'NO_CERTIFICATE_CHAIN_FOUND',
    'path.issuer.key',
    'no certificate of its issuer holds the key that signed it',
  ],
  algorithm: ['CRYPTO_CONSTRAINTS_FAILURE', 'path.algorithm', 'its signature algorithm is not accepted'],
  key: ['CRYPTO_CONSTRAINTS_FAILURE', 'path.issuer.weak', 'its issuer’s key is not accepted'],
  budget: ['NO_CERTIFICATE_CHAIN_FOUND', 'path.work', 'the certificates given leave too many ways to try'],
};

/** 1 where the key identifiers agree, 0 where one is missing, -1 where they differ. */
function keyMatch(child: Certificate, issuer: Certificate): number {
  const asked = child.authorityKeyIdentifier?.keyIdentifier;
  const held = issuer.subjectKeyIdentifier;
  if (asked === undefined || held === undefined) return 0;
  return Buffer.compare(asked, held) === 0 ? 1 : -1;
}

/** Candidates with the right key identifier first; then those that are CAs and live longest. */
function ordered(child: Certificate, candidates: readonly Certificate[]): Certificate[] {
  const score = (issuer: Certificate): number =>
    2 * keyMatch(child, issuer) + (issuer.basicConstraints?.ca === true ? 1 : 0);
  if (candidates.length < 2) return [...candidates];
  return [...candidates].sort((a, b) => score(b) - score(a) || b.notAfter.getTime() - a.notAfter.getTime());
}

function sameKeyAndName(a: Certificate, b: Certificate): boolean {
  return Buffer.compare(a.spki, b.spki) === 0 && nameKey(a.subject) === nameKey(b.subject);
}
