import { readExtensions } from '../certificate/extensions.js';
import { writeExtension } from '../certificate/issue.js';
import { type Certificate, parseCertificate } from '../certificate/parse.js';
import { attempt, fail, type Parsed } from '../der/fault.js';
import { bytesOf, contentOf, inside, type Reader, wholeTlv } from '../der/read.js';
import { tags } from '../der/tags.js';
import { readBitOctets, readSmallInteger } from '../der/values.js';
import { bitString, explicit, octetString, sequence } from '../der/write.js';
import { readSignatureAlgorithm, type SignatureAlgorithm, signatureSchemes } from '../key/algorithm.js';
import type { Signer } from '../key/software.js';
import { extensionIds } from '../oids.js';
import {
  type CertificateId,
  certificateId,
  readCertificateId,
  writeCertificateId,
} from './certificate-id.js';
import { quickOcspRequest } from './quick-request.js';

/** A signature on a request (RFC 6960 4.1.1 optionalSignature), not verified yet. */
export interface OcspRequestSignature {
  /** The signed octets: TBSRequest, DER. */
  tbs: Uint8Array;
  algorithm: SignatureAlgorithm;
  signature: Uint8Array;
}

/** What a client of OCSP asks, taken apart. */
export interface OcspRequest {
  requests: CertificateId[];
  /** 1 to 128 octets (RFC 9654), to be sent back unchanged. */
  nonce?: Uint8Array;
  /** Whoever cares who asks verifies it. One by an algorithm that is not ours counts as none. */
  signature?: OcspRequestSignature;
}

/**
 * Reads an OCSPRequest (RFC 6960 4.1), at most 64 kB and 100 questions. The certificates beside a signature are not looked at. An unknown
 * critical extension, or a digest other than SHA-1 and SHA-256, is refused.
 */
export function parseOcspRequest(der: Uint8Array): Parsed<OcspRequest> {
  const quick = quickOcspRequest(der);
  return quick === undefined ? readWholeRequest(der) : { ok: true, value: quick };
}

/** The same by the full reader, whatever the form. */
export function readWholeRequest(der: Uint8Array): Parsed<OcspRequest> {
  return attempt(() => {
    if (der.length > 1 << 16) fail('ocsp.request.size', 0);
    const outer = inside(wholeTlv(der));
    const whole = outer.next(tags.sequence, 'ocsp.request');
    const tbs = outer.inside(whole);
    const signature = readRequestSignature(outer, bytesOf(whole));
    outer.close();
    const version = tbs.optional(0xa0);
    if (version !== undefined) {
      const inner = tbs.inside(version);
      // Version 1 is the default and should be absent, but there are clients that write it.
      if (readSmallInteger(inner.next(tags.integer)) !== 0) fail('ocsp.request.version', version.start);
      inner.close();
    }
    tbs.optional(0xa1);
    const list = tbs.sequence('ocsp.request.list');
    const requests: CertificateId[] = [];
    do {
      if (requests.length >= 100) fail('ocsp.request.count', list.offset);
      const start = list.offset;
      const request = list.sequence('ocsp.request.single');
      const id = readCertificateId(request.sequence('ocsp.certId'));
      if (id === undefined) fail('ocsp.certId.algorithm', start);
      const wrapper = request.optional(0xa0);
      if (wrapper !== undefined) {
        for (const extension of readExtensions(request.inside(wrapper).sequence())) {
          if (extension.critical) fail('ocsp.request.extension.critical', wrapper.start);
        }
      }
      request.close();
      requests.push(id);
    } while (list.more);
    const wrapper = tbs.optional(0xa2);
    tbs.close();
    const nonce = wrapper === undefined ? undefined : readNonce(tbs.inside(wrapper), 'ocsp.request');
    return {
      requests,
      ...(nonce === undefined ? {} : { nonce }),
      ...(signature === undefined ? {} : { signature }),
    };
  });
}

function readRequestSignature(outer: Reader, tbs: Uint8Array): OcspRequestSignature | undefined {
  const wrapper = outer.optional(0xa0);
  if (wrapper === undefined) return undefined;
  const wrapped = outer.inside(wrapper);
  const parts = wrapped.sequence('ocsp.request.signature');
  wrapped.close();
  const algorithm = readSignatureAlgorithm(parts.next(tags.sequence, 'ocsp.request.signature'));
  const signature = readBitOctets(parts.next(tags.bitString, 'ocsp.request.signature'));
  parts.optional(0xa0);
  parts.close();
  return algorithm === undefined ? undefined : { tbs, algorithm, signature };
}

/** The nonce among the extensions of a request or response; an unknown critical one is refused. Throws DerFault. */
export function readNonce(wrapped: Reader, where: string): Uint8Array | undefined {
  const at = wrapped.offset;
  const extensions = readExtensions(wrapped.sequence());
  wrapped.close();
  let nonce: Uint8Array | undefined;
  for (const { oid, critical, value } of extensions) {
    if (oid === extensionIds.ocspNonce) {
      const tlv = wholeTlv(value);
      nonce = contentOf(tlv);
      if (tlv.tag !== tags.octetString || nonce.length < 1 || nonce.length > 128) fail('ocsp.nonce', at);
    } else if (critical) {
      fail(`${where}.extension.critical`, at);
    }
  }
  return nonce;
}

function writeNonce(nonce: Uint8Array): Uint8Array {
  return writeExtension({ oid: extensionIds.ocspNonce, critical: false, value: octetString(nonce) });
}

interface Question {
  certificate: Uint8Array;
  issuer: Uint8Array;
  nonce?: Uint8Array;
  hashAlgorithm?: 'sha1' | 'sha256';
}

/** An unsigned request for one certificate. Throws RangeError where `certificate` or `issuer` is none. */
export function buildOcspRequest(input: Question): Uint8Array {
  return sequence(questionOf(input));
}

/**
 * The same, signed by the key of the very certificate that is asked about: whoever holds it asks about the own one (RFC 6960 4.1.2). Throws
 * RangeError where `certificate` or `issuer` is none.
 */
export async function buildHolderOcspRequest(
  input: Question,
  signer: Pick<Signer, 'algorithm' | 'sign'>,
): Promise<Uint8Array> {
  const { subject } = must(input.certificate);
  // GeneralName directoryName; whoever signs a request names itself.
  const tbs = questionOf(input, explicit(1, explicit(4, subject.der)));
  const { identifier } = signatureSchemes[signer.algorithm];
  const signature = bitString(await signer.sign(tbs));
  return sequence(
    tbs,
    explicit(0, sequence(identifier, signature, explicit(0, sequence(input.certificate)))),
  );
}

/** TBSRequest. */
function questionOf(input: Question, requestor?: Uint8Array): Uint8Array {
  const id = certificateId(must(input.certificate), must(input.issuer), input.hashAlgorithm);
  return sequence(
    requestor,
    sequence(sequence(writeCertificateId(id))),
    input.nonce === undefined ? undefined : explicit(2, sequence(writeNonce(input.nonce))),
  );
}

function must(der: Uint8Array): Certificate {
  const parsed = parseCertificate(der);
  if (!parsed.ok) throw new RangeError(`not a certificate: ${parsed.rule}`);
  return parsed.value;
}
