import { readAttributes } from '../cms/attributes.js';
import { attempt, fail, type Parsed } from '../der/fault.js';
import { bytesOf, inside, type Tlv, wholeTlv } from '../der/read.js';
import { contextTag, tags } from '../der/tags.js';
import { readBitOctets, readOid, readSmallInteger } from '../der/values.js';
import { readSignatureAlgorithm, type SignatureAlgorithm } from '../key/algorithm.js';

/** A certification request taken apart; all byte fields are views of it. Nothing in it is verified. */
export interface CertificationRequest {
  /** The asked-for Name, DER; see parseName. */
  readonly subject: Uint8Array;
  /** SubjectPublicKeyInfo, DER; see importPublicKey. */
  readonly spki: Uint8Array;
  /** OID of the signature algorithm. */
  readonly algorithmId: string;
  /** Absent where the algorithm is none of ours. */
  readonly algorithm?: SignatureAlgorithm;
  /** CertificationRequestInfo: what the signature is over. It is made with the key that the request is for. */
  readonly signed: Uint8Array;
  readonly signature: Uint8Array;
}

/** Larger than any request with a sensible key. */
const maximumSize = 64 * 1024;

/** Takes a PKCS#10 certification request (RFC 2986 section 4, DER) apart; its attributes are read for their form alone. Bad input gives the broken rule. */
export function parseCertificationRequest(der: Uint8Array): Parsed<CertificationRequest> {
  if (der.length > maximumSize) return { ok: false, rule: 'csr.size', offset: 0 };
  return attempt(() => {
    const whole = wholeTlv(der);
    if (whole.tag !== tags.sequence) fail('csr.form', 0);
    const outer = inside(whole);
    const info = outer.next(tags.sequence, 'csr.info');
    const identifier = outer.next(tags.sequence, 'csr.algorithm');
    const signature = outer.next(tags.bitString, 'csr.signature');
    outer.close('csr.trailing');
    const algorithm = readSignatureAlgorithm(identifier);
    return {
      ...readInfo(info),
      algorithmId: readOid(inside(identifier).next(tags.oid, 'csr.algorithm')),
      ...(algorithm === undefined ? {} : { algorithm }),
      signed: bytesOf(info),
      signature: readBitOctets(signature),
    };
  });
}

function readInfo(info: Tlv): Pick<CertificationRequest, 'subject' | 'spki'> {
  const fields = inside(info);
  const version = fields.next(tags.integer, 'csr.version');
  if (readSmallInteger(version) !== 0) fail('csr.version', version.start);
  const subject = bytesOf(fields.next(tags.sequence, 'csr.subject'));
  const spki = bytesOf(fields.next(tags.sequence, 'csr.key'));
  const attributes = fields.optional(contextTag(0, true));
  fields.close('csr.info.trailing');
  // Nobody believes them, but what is no list of attributes is no request to other programs. Old ones leave the empty list out.
  if (attributes !== undefined) readAttributes(inside(attributes));
  return { subject, spki };
}
