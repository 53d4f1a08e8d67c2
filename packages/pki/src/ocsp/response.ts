import { readExtensions } from '../certificate/extensions.js';
import { type RevocationReason, reasonByCode, reasonCodes } from '../crl/reason.js';
import { BackwardWriter } from '../der/backward.js';
import { fail } from '../der/fault.js';
import { bytesOf, contentOf, inside, type Reader, type Tlv, wholeTlv } from '../der/read.js';
import { tags } from '../der/tags.js';
import { readTime, writeGeneralizedTime } from '../der/time.js';
import { readBitOctets, readOid, readSmallInteger } from '../der/values.js';
import { constructed, enumerated, explicit, oid, sequence } from '../der/write.js';
import { readSignatureAlgorithm, type SignatureAlgorithm, signatureSchemes } from '../key/algorithm.js';
import type { Signer } from '../key/software.js';
import { type Name, readName } from '../name.js';
import { access, extensionIds } from '../oids.js';
import { AnswerForm } from './answer-form.js';
import { type CertificateId, putCertificateId, readCertificateId } from './certificate-id.js';
import { readNonce } from './request.js';

/** CertStatus (RFC 6960 4.2.1): good, not known here, or revoked since when and why. */
export type OcspStatus = 'good' | 'unknown' | { revoked: Date; reason?: RevocationReason };

/** The answer about one certificate. */
export interface OcspAnswer {
  certId: CertificateId;
  status: OcspStatus;
  thisUpdate: Date;
  nextUpdate?: Date;
}

/** OCSPResponseStatus other than success (RFC 6960 4.2.1). */
const errorCodes = {
  malformedRequest: 1,
  internalError: 2,
  tryLater: 3,
  sigRequired: 5,
  unauthorized: 6,
} as const;
/** Why there is no answer, by its name in RFC 6960 4.2.1. */
export type OcspError = keyof typeof errorCodes;

/** An OCSP response that says only why there is none. It is never signed. */
export function ocspError(error: OcspError): Uint8Array {
  return sequence(enumerated(errorCodes[error]));
}

export interface OcspContent {
  responses: readonly OcspAnswer[];
  producedAt: Date;
  nonce?: Uint8Array;
  responder: { certificate?: Uint8Array; keyHash: Uint8Array };
}

/**
 * Signs a basic OCSP response (RFC 6960 4.2). `responder`: the delegated certificate to enclose, if any, and the SHA-1 of the responder's
 * key, by which it names itself. The nonce of the request goes back unchanged; a response to a request without one has none.
 */
export async function buildOcspResponse(input: OcspContent, signer: Signer): Promise<Uint8Array> {
  putData(input);
  const data = inner.finish();
  return writeWhole(data, signer.algorithm, await signer.sign(data), input.responder.certificate);
}

/** The same with a key that signs at once; see `Signer.signNow`. What one answer has in common with the one before is not written again. */
export function buildOcspResponseNow(
  input: OcspContent,
  { algorithm, signNow }: { algorithm: SignatureAlgorithm; signNow: (data: Uint8Array) => Uint8Array },
): Uint8Array {
  const whole = (data: Uint8Array, signature: Uint8Array) =>
    writeWhole(data, algorithm, signature, input.responder.certificate);
  const { keyHash } = input.responder;
  const last = forms.get(keyHash);
  if (last?.fits(input, algorithm) === true) return last.answer(input, signNow, whole);
  putData(input);
  const data = inner.view();
  const form = AnswerForm.of(input, algorithm, data);
  if (form !== undefined) forms.set(keyHash, form);
  return whole(data, signNow(data));
}

/** The form of the last answer of each responder. */
const forms = new WeakMap<Uint8Array, AnswerForm>();

/** Each response is finished in the turn it was begun in: one pair of writers serves all, for what is signed and for the whole. */
const inner = new BackwardWriter();
const writer = new BackwardWriter();

const nonceType = oid(extensionIds.ocspNonce);

/** ResponseData, what is signed, into the inner writer. */
function putData({ responses, producedAt, nonce, responder }: OcspContent): void {
  inner.clear();
  if (nonce !== undefined) {
    inner.element(tags.octetString, nonce);
    inner.wrap(tags.octetString, 0);
    inner.put(nonceType);
    inner.wrap(tags.sequence, 0);
    inner.wrap(tags.sequence, 0);
    inner.wrap(0xa1, 0);
  }
  const afterList = inner.written;
  for (let index = responses.length - 1; index >= 0; index--) {
    const answer = responses[index];
    if (answer !== undefined) writeAnswer(answer);
  }
  inner.wrap(tags.sequence, afterList);
  inner.put(timeOctets(producedAt));
  const afterId = inner.written;
  inner.element(tags.octetString, responder.keyHash);
  inner.wrap(0xa2, afterId);
  inner.wrap(tags.sequence, 0);
}

const successful = enumerated(0);
const basicType = oid(access.ocspBasic);
const noUnusedBits = Uint8Array.of(0);

function writeWhole(
  data: Uint8Array,
  algorithm: SignatureAlgorithm,
  signature: Uint8Array,
  certificate: Uint8Array | undefined,
): Uint8Array {
  writer.clear();
  if (certificate !== undefined) {
    writer.put(certificate);
    writer.wrap(tags.sequence, 0);
    writer.wrap(0xa0, 0);
  }
  const afterBits = writer.written;
  writer.put(signature);
  writer.put(noUnusedBits);
  writer.wrap(tags.bitString, afterBits);
  writer.put(signatureSchemes[algorithm].identifier);
  writer.put(data);
  writer.wrap(tags.sequence, 0);
  writer.wrap(tags.octetString, 0);
  writer.put(basicType);
  writer.wrap(tags.sequence, 0);
  writer.wrap(0xa0, 0);
  writer.put(successful);
  writer.wrap(tags.sequence, 0);
  return writer.finish();
}

function writeAnswer({ certId, status, thisUpdate, nextUpdate }: OcspAnswer): void {
  const since = inner.written;
  if (nextUpdate !== undefined) inner.element(0xa0, timeOctets(nextUpdate));
  inner.put(timeOctets(thisUpdate));
  if (status === 'good') inner.element(0x80, nothing);
  else if (status === 'unknown') inner.element(0x82, nothing);
  else inner.put(writeRevoked(status));
  putCertificateId(inner, certId);
  inner.wrap(tags.sequence, since);
}

const nothing: Uint8Array = new Uint8Array();

/** The same two moments stand in all answers of a second. */
const times = [
  { at: Number.NaN, octets: nothing },
  { at: Number.NaN, octets: nothing },
];
let oldest = 0;

function timeOctets(time: Date): Uint8Array {
  const at = time.getTime();
  for (const known of times) if (known.at === at) return known.octets;
  const octets = writeGeneralizedTime(time);
  times[oldest] = { at, octets };
  oldest = 1 - oldest;
  return octets;
}

function writeRevoked({
  revoked,
  reason = 'unspecified',
}: {
  revoked: Date;
  reason?: RevocationReason;
}): Uint8Array {
  const code = reasonCodes[reason];
  return constructed(0xa1, [
    writeGeneralizedTime(revoked),
    code === 0 ? undefined : explicit(0, enumerated(code)),
  ]);
}

export interface BasicResponse {
  /** ResponseData: what the signature is over. */
  tbs: Uint8Array;
  responder: { name: Name } | { keyHash: Uint8Array };
  producedAt: Date;
  /** Answers whose id is of a digest we do not know have no `certId`. */
  answers: (Omit<OcspAnswer, 'certId'> & { certId?: CertificateId; archiveCutoff?: Date })[];
  nonce?: Uint8Array;
  signatureAlgorithm?: SignatureAlgorithm;
  signature: Uint8Array;
  certificates: Uint8Array[];
}

/** Takes a response apart. Throws DerFault; an answer that is an error breaks the rule `ocsp.status.<name>`. */
export function readOcspResponse(der: Uint8Array): BasicResponse {
  if (der.length > 1 << 20) fail('ocsp.size', 0);
  const outer = inside(wholeTlv(der));
  const status = readSmallInteger(outer.next(tags.enumerated, 'ocsp.response'));
  if (status !== 0) {
    const name = Object.entries(errorCodes).find(([, code]) => code === status)?.[0];
    fail(`ocsp.status.${name ?? 'undefined'}`, 0);
  }
  const bytes = outer.enter(0xa0, 'ocsp.response.bytes');
  outer.close();
  const typed = bytes.sequence('ocsp.response.bytes');
  bytes.close();
  if (readOid(typed.next(tags.oid)) !== access.ocspBasic) fail('ocsp.response.type', typed.offset);
  const wrapped = contentOf(typed.next(tags.octetString, 'ocsp.response.bytes'));
  typed.close();

  const basic = inside(wholeTlv(wrapped));
  const data = basic.next(tags.sequence, 'ocsp.data');
  const algorithm = readSignatureAlgorithm(basic.next(tags.sequence, 'ocsp.signatureAlgorithm'));
  const signature = readBitOctets(basic.next(tags.bitString, 'ocsp.signature'));
  const enclosed = basic.optional(0xa0);
  basic.close();
  return {
    tbs: bytesOf(data),
    ...readData(basic.inside(data)),
    ...(algorithm === undefined ? {} : { signatureAlgorithm: algorithm }),
    signature,
    certificates: enclosed === undefined ? [] : readEnclosed(basic, enclosed),
  };
}

function readEnclosed(basic: Reader, enclosed: Tlv): Uint8Array[] {
  const wrapper = basic.inside(enclosed);
  const list = wrapper.sequence('ocsp.certificates');
  wrapper.close();
  const certificates: Uint8Array[] = [];
  while (list.more) {
    if (certificates.length >= 16) fail('ocsp.certificates.count', list.offset);
    certificates.push(bytesOf(list.next(tags.sequence, 'ocsp.certificates')));
  }
  return certificates;
}

function readData(data: Reader) {
  const version = data.optional(0xa0);
  if (version !== undefined && readSmallInteger(data.inside(version).next(tags.integer)) !== 0) {
    fail('ocsp.version', version.start);
  }
  const responder = readResponder(data);
  const producedAt = readTime(data.next(tags.generalizedTime, 'ocsp.producedAt'), { fraction: true });
  const list = data.sequence('ocsp.answers');
  const answers: BasicResponse['answers'] = [];
  while (list.more) {
    if (answers.length >= 100) fail('ocsp.answers.count', list.offset);
    answers.push(readAnswer(list.sequence('ocsp.answer')));
  }
  const wrapper = data.optional(0xa1);
  data.close();
  const nonce = wrapper === undefined ? undefined : readNonce(data.inside(wrapper), 'ocsp.response');
  return { responder, producedAt, answers, ...(nonce === undefined ? {} : { nonce }) };
}

function readResponder(data: Reader): BasicResponse['responder'] {
  const byName = data.optional(0xa1);
  if (byName !== undefined) {
    const inner = data.inside(byName);
    const name = readName(inner.next());
    inner.close();
    return { name };
  }
  const inner = data.enter(0xa2, 'ocsp.responder');
  const keyHash = contentOf(inner.next(tags.octetString, 'ocsp.responder'));
  inner.close();
  return { keyHash };
}

function readAnswer(answer: Reader): BasicResponse['answers'][number] {
  const certId = readCertificateId(answer.sequence('ocsp.certId'));
  const status = readStatus(answer);
  const thisUpdate = readTime(answer.next(tags.generalizedTime, 'ocsp.thisUpdate'), { fraction: true });
  const next = answer.optional(0xa0);
  const nextUpdate =
    next === undefined
      ? undefined
      : readTime(answer.inside(next).next(tags.generalizedTime), { fraction: true });
  const wrapper = answer.optional(0xa1);
  answer.close();
  let archiveCutoff: Date | undefined;
  if (wrapper !== undefined) {
    for (const { oid: id, critical, value } of readExtensions(answer.inside(wrapper).sequence())) {
      if (id === extensionIds.ocspArchiveCutoff)
        archiveCutoff = readTime(wholeTlv(value), { fraction: true });
      else if (critical) fail('ocsp.answer.extension.critical', wrapper.start);
    }
  }
  return {
    ...(certId === undefined ? {} : { certId }),
    status,
    thisUpdate,
    ...(nextUpdate === undefined ? {} : { nextUpdate }),
    ...(archiveCutoff === undefined ? {} : { archiveCutoff }),
  };
}

function readStatus(answer: Reader): OcspStatus {
  const choice = answer.next();
  const empty = choice.content === choice.contentEnd;
  if (choice.tag === 0x80 && empty) return 'good';
  if (choice.tag === 0x82 && empty) return 'unknown';
  if (choice.tag !== 0xa1) return fail('ocsp.answer.status', choice.start);
  const info = answer.inside(choice);
  const revoked = readTime(info.next(tags.generalizedTime), { fraction: true });
  const wrapper = info.optional(0xa0);
  info.close();
  if (wrapper === undefined) return { revoked };
  const inner = info.inside(wrapper);
  const code = inner.next(tags.enumerated, 'ocsp.answer.reason');
  inner.close();
  return { revoked, reason: reasonByCode(readSmallInteger(code)) ?? fail('ocsp.answer.reason', code.start) };
}
