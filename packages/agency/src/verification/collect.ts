import { createHash } from 'node:crypto';
import {
  type Certificate,
  type Evidence,
  gatherEvidence,
  parseCertificate,
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
    container: readAsic(input.container),
  };
  const path = pathOf(gatherEvidence(base));
  const sources: RevocationSource[] = [];
  const problems: string[] = [];
  for (const [index, certificate] of path.slice(0, -1).entries()) {
    const issuer = path[index + 1];
    if (issuer === undefined) continue;
    const found = await trust.revocation.find({ certificate, issuer, now });
    sources.push(...found.sources);
    problems.push(...found.problems);
  }
  const evidence =
    sources.length === 0 ? gatherEvidence(base) : gatherEvidence({ ...base, revocation: sources });
  const named = new Set(evidence.revocation.map(({ sha256 }) => sha256));
  const data = sources.map(datumOf).filter(({ sha256 }) => named.has(sha256));
  const crlNumbers = new Map(
    sources.flatMap((source) =>
      source.kind === 'crl' && source.crl.number !== undefined
        ? [[digest(source.crl.der), source.crl.number.toString()] as const]
        : [],
    ),
  );
  return { evidence, data, crlNumbers, problems, signer: path[0] };
}

function pathOf(evidence: Evidence): Certificate[] {
  return (evidence.chain?.path ?? []).flatMap(({ der }) => {
    const parsed = parseCertificate(Buffer.from(der, 'base64'));
    return parsed.ok ? [parsed.value] : [];
  });
}

function datumOf(source: RevocationSource): RevocationDatum {
  const bytes = source.kind === 'crl' ? source.crl.der : source.response;
  return { sha256: digest(bytes), kind: source.kind, obtainedAt: source.obtainedAt, bytes };
}

function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
