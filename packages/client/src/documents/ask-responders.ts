import { randomBytes } from 'node:crypto';
import { access, type Certificate, parseCertificate } from '@madoguchi/pki/certificates';
import type { Evidence, EvidenceAttempt, EvidenceChain, RevocationSource } from '@madoguchi/pki/documents';
import { buildOcspRequest, verifyOcspResponse } from '@madoguchi/pki/validation';

/** Who is asked about a certificate: given it and its issuer, an address; undefined where none is known. */
export type ResponderAddress = (certificate: Certificate, issuer: Certificate) => string | undefined;

/** Carries a request (application/ocsp-request) to an address; never rejects. */
export type OcspSend = (
  address: string,
  request: Uint8Array,
) => Promise<
  { readonly ok: true; readonly bytes: Uint8Array } | { readonly ok: false; readonly why: string }
>;

export interface Asked {
  readonly revocation: readonly RevocationSource[];
  readonly attempts: readonly EvidenceAttempt[];
}

/** Certificates of one document that are asked about; more than any honest one has. */
const most = 40;

/**
 * Asks OCSP responders about every certificate on the paths that were found. Only paths that lead to an anchor are asked about, so that an
 * address in a forged certificate is never called. An answer is checked before it is used: its signature and responder, the certificate it
 * speaks about, its times, and the nonce where one comes back (RFC 9654: many responders send stored answers without one).
 */
export async function askResponders(
  found: readonly Evidence[],
  options: { readonly addressOf: ResponderAddress; readonly send: OcspSend; readonly clock: () => Date },
): Promise<Asked> {
  const revocation: RevocationSource[] = [];
  const attempts: EvidenceAttempt[] = [];
  for (const { sha256, certificate, issuer } of questions(found).slice(0, most)) {
    const address = options.addressOf(certificate, issuer);
    const failed = (failure: string) =>
      attempts.push({
        certificate: sha256,
        source: address ?? '',
        at: options.clock().toISOString(),
        failure,
      });
    if (address === undefined) {
      failed('ocsp.noAddress');
      continue;
    }
    const nonce = randomBytes(32);
    const asked = { certificate: certificate.der, issuer: issuer.der };
    const answer = await options.send(address, buildOcspRequest({ ...asked, nonce }));
    if (!answer.ok) {
      failed('ocsp.unreachable');
      continue;
    }
    const obtainedAt = options.clock();
    const check = (sent: { nonce?: Uint8Array }) =>
      verifyOcspResponse({ response: answer.bytes, ...asked, ...sent, time: obtainedAt, maxAgeMs: oldest });
    const withNonce = check({ nonce });
    const verdict = !withNonce.ok && withNonce.rule === 'ocsp.nonce.absent' ? check({}) : withNonce;
    if (verdict.ok) revocation.push({ kind: 'ocsp', response: answer.bytes, source: address, obtainedAt });
    else failed(verdict.rule);
  }
  return { revocation, attempts };
}

/** A stored answer without a nonce may be this old; how fresh it has to be is the policy's question. */
const oldest = 7 * 86_400_000;

interface Question {
  readonly sha256: string;
  readonly certificate: Certificate;
  readonly issuer: Certificate;
}

function questions(found: readonly Evidence[]): Question[] {
  const all = found
    .flatMap(({ chain, timeStamps = [] }) => [chain, ...timeStamps.map((stamp) => stamp.chain)])
    .flatMap((chain) => (chain?.indication === 'PASSED' ? pairs(chain) : []));
  return [...new Map(all.map((question) => [question.sha256, question])).values()];
}

function pairs({ path }: EvidenceChain): Question[] {
  return path.slice(0, -1).flatMap(({ der, sha256 }, index) => {
    const certificate = parseCertificate(Buffer.from(der, 'base64'));
    const issuer = parseCertificate(Buffer.from(path[index + 1]?.der ?? '', 'base64'));
    return certificate.ok && issuer.ok
      ? [{ sha256, certificate: certificate.value, issuer: issuer.value }]
      : [];
  });
}

/** The responder that a certificate names itself (RFC 5280 4.2.2.1), over HTTP. */
export function namedResponder({ authorityInfoAccess = [] }: Certificate): string | undefined {
  return authorityInfoAccess.flatMap(({ method, location }) =>
    method === access.ocsp &&
    location.kind === 'uniformResourceIdentifier' &&
    /^https?:\/\//i.test(location.value)
      ? [location.value]
      : [],
  )[0];
}
