import { type Certificate, parseCertificate } from '../certificate/parse.js';
import type { RevocationReason } from '../crl/reason.js';
import { attempt } from '../der/fault.js';
import { digest } from '../key/digest.js';
import { importPublicKey, type KeyPolicy, type PublicKey, splitSpki } from '../key/import.js';
import { verifySignature } from '../key/verify.js';
import { namesEqual } from '../name.js';
import { extensionIds, keyPurposes } from '../oids.js';
import { certificateId, sameCertificateId } from './certificate-id.js';
import { type BasicResponse, readOcspResponse } from './response.js';

/** What a response says of a certificate, or the rule that keeps it from counting (`ocsp.…`). */
export type OcspVerdict =
  | {
      ok: true;
      status: 'good' | 'unknown' | 'revoked';
      revokedAt?: Date;
      reason?: RevocationReason;
      producedAt: Date;
      thisUpdate: Date;
      nextUpdate?: Date;
      /** From this moment on, the responder also knows of certificates that have expired since (RFC 6960 4.4.4). */
      archiveCutoff?: Date;
    }
  | { ok: false; rule: string };

/** Clocks of responder and verifier may differ by this much. */
const skew = 5 * 60_000;

/**
 * Checks one OCSP response for one certificate (RFC 6960 3.2), in this order: exactly one answer about this certificate; signed by the
 * issuer's own key or by a responder that this very key certified for OCSPSigning and that is valid at `time`; not signed by the
 * certificate it speaks about; times in order and fresh; nonce equal where one was sent. `maxAgeMs` bounds the age of thisUpdate; without
 * nextUpdate it must be given. `unknown` is neither good nor revoked. `knownResponders`: delegated certificates that need not be enclosed.
 */
export function verifyOcspResponse(input: {
  response: Uint8Array;
  certificate: Uint8Array;
  issuer: Uint8Array;
  time: Date;
  maxAgeMs?: number;
  nonce?: Uint8Array;
  knownResponders?: readonly Uint8Array[];
  keyPolicy?: KeyPolicy;
}): OcspVerdict {
  const certificate = parseCertificate(input.certificate);
  const issuer = parseCertificate(input.issuer);
  if (!certificate.ok) return refuse('ocsp.certificate');
  if (!issuer.ok) return refuse('ocsp.issuer');
  const read = attempt(() => readOcspResponse(input.response));
  if (!read.ok) return refuse(read.rule);
  const basic = read.value;
  const answer = answerAbout(basic, certificate.value, issuer.value);
  if (typeof answer === 'string') return refuse(answer);
  const signer = checkSigner(basic, certificate.value, issuer.value, input);
  if (signer !== undefined) return refuse(signer);
  const time = checkTimes(basic, answer, input);
  if (time !== undefined) return refuse(time);
  if (input.nonce !== undefined) {
    if (basic.nonce === undefined) return refuse('ocsp.nonce.absent');
    if (Buffer.compare(basic.nonce, input.nonce) !== 0) return refuse('ocsp.nonce.differs');
  }
  const { status, thisUpdate, nextUpdate, archiveCutoff } = answer;
  const times = {
    producedAt: basic.producedAt,
    thisUpdate,
    ...(nextUpdate === undefined ? {} : { nextUpdate }),
    ...(archiveCutoff === undefined ? {} : { archiveCutoff }),
  };
  if (typeof status === 'string') return { ok: true, status, ...times };
  return {
    ok: true,
    status: 'revoked',
    revokedAt: status.revoked,
    reason: status.reason ?? 'unspecified',
    ...times,
  };
}

type Answer = BasicResponse['answers'][number];

/**
 * The one answer about this certificate, or the rule. Others may stand beside it: of whoever asked for several, and of responders that
 * sign ahead (RFC 6960 4.2.2.3). Two about the same certificate contradict each other or say nothing more.
 */
function answerAbout(
  { answers }: BasicResponse,
  certificate: Certificate,
  issuer: Certificate,
): Answer | string {
  const own = {
    sha1: certificateId(certificate, issuer, 'sha1'),
    sha256: certificateId(certificate, issuer, 'sha256'),
  };
  const about = answers.filter(
    ({ certId }) => certId !== undefined && sameCertificateId(certId, own[certId.hashAlgorithm]),
  );
  const [answer] = about;
  if (about.length > 1) return 'ocsp.answers.twice';
  if (answer !== undefined) return answer;
  const unread = answers.length > 0 && answers.every(({ certId }) => certId === undefined);
  return unread ? 'ocsp.certId.algorithm' : 'ocsp.certId.other';
}

function refuse(rule: string): OcspVerdict {
  return { ok: false, rule };
}

function checkTimes(
  basic: BasicResponse,
  answer: Answer,
  input: { time: Date; maxAgeMs?: number },
): string | undefined {
  const now = input.time.getTime();
  const thisUpdate = answer.thisUpdate.getTime();
  if (thisUpdate > now + skew || basic.producedAt.getTime() > now + skew) return 'ocsp.time.future';
  if (thisUpdate > basic.producedAt.getTime() + skew) return 'ocsp.time.order';
  if (answer.nextUpdate !== undefined) {
    if (answer.nextUpdate.getTime() < thisUpdate) return 'ocsp.time.order';
    if (answer.nextUpdate.getTime() < now - skew) return 'ocsp.time.stale';
  } else if (input.maxAgeMs === undefined) {
    return 'ocsp.time.noNextUpdate';
  }
  if (input.maxAgeMs !== undefined && thisUpdate < now - input.maxAgeMs - skew) return 'ocsp.time.stale';
  return undefined;
}

function checkSigner(
  basic: BasicResponse,
  certificate: Certificate,
  issuer: Certificate,
  input: { time: Date; knownResponders?: readonly Uint8Array[]; keyPolicy?: KeyPolicy },
): string | undefined {
  const issuerKey = importPublicKey(issuer.spki, input.keyPolicy);
  if (!issuerKey.ok) return 'ocsp.issuer.key';
  if (names(basic, issuer)) return signed(basic, issuerKey.key) ? undefined : 'ocsp.signature';
  let rule = 'ocsp.responder.absent';
  let tried = 0;
  for (const der of [...basic.certificates, ...(input.knownResponders ?? []).slice(0, 64)]) {
    const parsed = parseCertificate(der);
    if (!parsed.ok || !names(basic, parsed.value)) continue;
    // Each costs two signatures, and the answer's maker chooses how many there are.
    if (tried++ >= 4) break;
    const broken = checkDelegate(parsed.value, certificate, issuer, issuerKey.key, input.time);
    if (broken !== undefined) {
      rule = broken;
      continue;
    }
    const key = importPublicKey(parsed.value.spki, input.keyPolicy);
    if (!key.ok) rule = 'ocsp.responder.key';
    else if (signed(basic, key.key)) return undefined;
    else rule = 'ocsp.signature';
  }
  return rule;
}

function signed(basic: BasicResponse, key: PublicKey): boolean {
  return (
    basic.signatureAlgorithm !== undefined &&
    basic.signatureAlgorithm !== 'rsa-sha1' &&
    verifySignature(basic.signatureAlgorithm, key, basic.tbs, basic.signature)
  );
}

/** Whether the response names this certificate's holder as its responder. */
function names({ responder }: BasicResponse, candidate: Certificate): boolean {
  if ('name' in responder) return namesEqual(responder.name, candidate.subject);
  const split = splitSpki(candidate.spki);
  return split.ok && Buffer.compare(digest('sha1', split.value.key), responder.keyHash) === 0;
}

/** RFC 6960 4.2.2.2: issued directly by the key it speaks for, with OCSPSigning said out loud. */
function checkDelegate(
  delegate: Certificate,
  certificate: Certificate,
  issuer: Certificate,
  issuerKey: PublicKey,
  time: Date,
): string | undefined {
  if (Buffer.compare(delegate.der, certificate.der) === 0) return 'ocsp.responder.self';
  if (!namesEqual(delegate.issuer, issuer.subject)) return 'ocsp.responder.issuer';
  const { signatureAlgorithm } = delegate;
  if (signatureAlgorithm === undefined || signatureAlgorithm === 'rsa-sha1')
    return 'ocsp.responder.algorithm';
  if (!verifySignature(signatureAlgorithm, issuerKey, delegate.tbs, delegate.signature))
    return 'ocsp.responder.issuer';
  if (delegate.extKeyUsage?.includes(keyPurposes.ocspSigning) !== true) return 'ocsp.responder.purpose';
  const { keyUsage } = delegate;
  if (
    keyUsage !== undefined &&
    !keyUsage.includes('digitalSignature') &&
    !keyUsage.includes('nonRepudiation')
  ) {
    return 'ocsp.responder.keyUsage';
  }
  if (time < delegate.notBefore || time > delegate.notAfter) return 'ocsp.responder.validity';
  // Nobody here can say whether the responder itself is revoked, unless its issuer says not to ask (RFC 6960 4.2.2.2.1).
  if (!delegate.extensions.some(({ oid }) => oid === extensionIds.ocspNoCheck))
    return 'ocsp.responder.noCheck';
  if (delegate.extensions.some(({ oid, critical }) => critical && !delegateExtensions.has(oid))) {
    return 'ocsp.responder.critical';
  }
  return undefined;
}

/** Critical extensions that the checks above have taken into account. */
const delegateExtensions = new Set<string>([
  extensionIds.keyUsage,
  extensionIds.extKeyUsage,
  extensionIds.basicConstraints,
  extensionIds.certificatePolicies,
  extensionIds.ocspNoCheck,
]);
