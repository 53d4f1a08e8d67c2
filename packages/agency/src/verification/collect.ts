import { hash } from 'node:crypto';
import {
  type AsicContainer,
  beginEvidence,
  type Certificate,
  type CrlIndex,
  createPathFinder,
  type Evidence,
  type Parsed,
  type PathFinder,
  type RevocationSource,
  readAsic,
  type ValidationPolicy,
} from '@madoguchi/pki';
import type { CitizenTrust } from './trust.js';

/** A list or answer that the evidence names by its digest; to be kept beside it. */
export interface RevocationDatum {
  readonly sha256: string;
  readonly kind: 'crl' | 'ocsp';
  readonly obtainedAt: Date;
  readonly bytes: Uint8Array;
}

/** What was found about a case: frozen evidence, what it names, and what only helps to explain. */
export interface Collected {
  readonly evidence: Evidence;
  readonly data: readonly RevocationDatum[];
  /** Numbers of the lists, by digest, for the officer. */
  readonly crlNumbers: ReadonlyMap<string, string>;
  readonly problems: readonly string[];
  /** The signer's certificate, where there is one. */
  readonly signer: Certificate | undefined;
}

export interface CollectInput {
  readonly container: Uint8Array;
  /** What readAsic gave for it, where that is known. */
  readonly asic?: Parsed<AsicContainer>;
  readonly policy: ValidationPolicy;
  readonly trust: CitizenTrust;
  /** When the nonce was issued: nothing that covers it was signed before. */
  readonly nonceTime?: Date;
  readonly arrivedAt: Date;
  readonly now: Date;
}

/**
 * Collects the evidence of a case: opens the container, finds the path, asks for revocation information about each certificate of it, and
 * freezes all with its times. No judgement is made here.
 */
export async function collect(input: CollectInput): Promise<Collected> {
  const { trust, policy, now } = input;
  const base = {
    policy: policy.id,
    anchors: trust.anchors,
    ...(trust.intermediates === undefined ? {} : { intermediates: trust.intermediates }),
    ...(input.nonceTime === undefined ? {} : { nonceTime: input.nonceTime }),
    arrivalTime: input.arrivedAt,
    time: now,
    container: input.asic ?? readAsic(input.container),
    paths: finderOf(trust),
  };
  const begun = beginEvidence(base);
  const { path } = begun;
  const sources: RevocationSource[] = [];
  const problems: string[] = [];
  for (const [index, certificate] of path.slice(0, -1).entries()) {
    const issuer = path[index + 1];
    if (issuer === undefined) continue;
    const found = await trust.revocation.find({ certificate, issuer, now });
    sources.push(...found.sources);
    problems.push(...found.problems);
  }
  const evidence = begun.finish({ revocation: sources });
  const named = new Set(evidence.revocation.map(({ sha256 }) => sha256));
  const data = sources.map(datumOf).filter(({ sha256 }) => named.has(sha256));
  const crlNumbers = new Map(
    sources.flatMap((source) =>
      source.kind === 'crl' && source.crl.number !== undefined
        ? [[crlDigest(source.crl), source.crl.number.toString()] as const]
        : [],
    ),
  );
  return { evidence, data, crlNumbers, problems, signer: path[0] };
}

// What is known about the authorities themselves serves every case of an agency.
const finders = new WeakMap<CitizenTrust, PathFinder>();

function finderOf(trust: CitizenTrust): PathFinder {
  const known = finders.get(trust) ?? createPathFinder(trust);
  finders.set(trust, known);
  return known;
}

// A list has megabytes and serves thousands of cases.
const crlDigests = new WeakMap<CrlIndex, string>();

function crlDigest(crl: CrlIndex): string {
  const known = crlDigests.get(crl) ?? digest(crl.der);
  crlDigests.set(crl, known);
  return known;
}

function datumOf(source: RevocationSource): RevocationDatum {
  const { kind, obtainedAt } = source;
  return kind === 'crl'
    ? { sha256: crlDigest(source.crl), kind, obtainedAt, bytes: source.crl.der }
    : { sha256: digest(source.response), kind, obtainedAt, bytes: source.response };
}

function digest(bytes: Uint8Array): string {
  return hash('sha256', bytes);
}
