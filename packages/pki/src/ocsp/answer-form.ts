import { asBuffer } from '../der/read.js';
import type { SignatureAlgorithm } from '../key/algorithm.js';
import { type CertificateId, writeCertificateId } from './certificate-id.js';
import type { OcspAnswer, OcspContent } from './response.js';

/** The whole response around a signature of one length. */
interface Whole {
  readonly octets: Buffer;
  readonly dataAt: number;
  readonly signatureAt: number;
}

/**
 * Answers of one form: the same responder, issuer, status and moment. They differ in serial number, nonce and signature alone, so the
 * next one is written over a copy of the last. Only for one answer with a nonce, whose status needs no date.
 */
export class AnswerForm {
  readonly #algorithm: SignatureAlgorithm;
  readonly #certificate: Uint8Array | undefined;
  readonly #status: unknown;
  readonly #times: readonly (number | undefined)[];
  readonly #id: CertificateId;
  readonly #nonceLength: number;
  /** ResponseData of the answer that is being made. */
  readonly #data: Buffer;
  readonly #serialAt: number;
  readonly #wholes: (Whole | undefined)[] = [];

  private constructor(
    content: OcspContent,
    algorithm: SignatureAlgorithm,
    data: Uint8Array,
    { certId, status, thisUpdate, nextUpdate }: OcspAnswer,
  ) {
    this.#algorithm = algorithm;
    this.#certificate = content.responder.certificate;
    this.#status = status;
    this.#times = [content.producedAt.getTime(), thisUpdate.getTime(), nextUpdate?.getTime()];
    const encoded = writeCertificateId(certId);
    this.#id = {
      hashAlgorithm: certId.hashAlgorithm,
      issuerNameHash: Uint8Array.from(certId.issuerNameHash),
      issuerKeyHash: Uint8Array.from(certId.issuerKeyHash),
      serial: Uint8Array.from(certId.serial),
    };
    this.#nonceLength = content.nonce?.length ?? 0;
    this.#data = Buffer.from(data);
    // The serial number is the last thing in the id.
    this.#serialAt = this.#data.indexOf(encoded) + encoded.length - certId.serial.length;
  }

  /** The form of an answer whose ResponseData is `data`; undefined where it has none. */
  static of(content: OcspContent, algorithm: SignatureAlgorithm, data: Uint8Array): AnswerForm | undefined {
    const [answer] = content.responses;
    if (answer === undefined || content.responses.length > 1 || typeof answer.status !== 'string')
      return undefined;
    return content.nonce === undefined ? undefined : new AnswerForm(content, algorithm, data, answer);
  }

  /** Whether an answer by the same responder differs from this form's in nothing but serial number and nonce. */
  fits({ responses, producedAt, nonce, responder }: OcspContent, algorithm: SignatureAlgorithm): boolean {
    const [answer] = responses;
    const [produced, thisUpdate, nextUpdate] = this.#times;
    const id = this.#id;
    return (
      answer !== undefined &&
      responses.length === 1 &&
      this.#algorithm === algorithm &&
      this.#certificate === responder.certificate &&
      this.#nonceLength === nonce?.length &&
      this.#status === answer.status &&
      produced === producedAt.getTime() &&
      thisUpdate === answer.thisUpdate.getTime() &&
      nextUpdate === answer.nextUpdate?.getTime() &&
      id.hashAlgorithm === answer.certId.hashAlgorithm &&
      id.serial.length === answer.certId.serial.length &&
      alike(id.issuerKeyHash, answer.certId.issuerKeyHash) &&
      alike(id.issuerNameHash, answer.certId.issuerNameHash)
    );
  }

  /** The response to an answer that fits. `whole`: writes one from ResponseData and signature, for the first of each length. */
  answer(
    { responses: [answer], nonce = nothing }: OcspContent,
    signNow: (data: Uint8Array) => Uint8Array,
    whole: (data: Uint8Array, signature: Uint8Array) => Uint8Array,
  ): Uint8Array {
    const serial = answer?.certId.serial ?? nothing;
    put(serial, this.#data, this.#serialAt);
    // The nonce is the last thing that is signed.
    const nonceAt = this.#data.length - nonce.length;
    put(nonce, this.#data, nonceAt);
    const signature = signNow(this.#data);
    const known = this.#wholes[signature.length];
    if (known === undefined) {
      const made = whole(this.#data, signature);
      const octets = Buffer.from(made);
      const dataAt = octets.indexOf(this.#data);
      const signatureAt = octets.indexOf(asBuffer(signature), dataAt + this.#data.length);
      this.#wholes[signature.length] = { octets, dataAt, signatureAt };
      return made;
    }
    const { octets, dataAt, signatureAt } = known;
    const made = room(octets.length);
    made.set(octets);
    put(serial, made, dataAt + this.#serialAt);
    put(nonce, made, dataAt + nonceAt);
    put(signature, made, signatureAt);
    return made;
  }
}

const slabSize = 32 * 1024;
let slab = Buffer.allocUnsafeSlow(slabSize);
let used = 0;

/** Octets for one answer. Some forty share a piece of memory: Node's own pieces are a quarter of that, and making them takes longer than an answer. */
function room(length: number): Buffer {
  if (length > slabSize / 4) return Buffer.allocUnsafeSlow(length);
  if (used + length > slabSize) {
    slab = Buffer.allocUnsafeSlow(slabSize);
    used = 0;
  }
  used += length;
  return slab.subarray(used - length, used);
}

const nothing: Uint8Array = new Uint8Array();

/** Of few octets: a call would take longer. */
function put(octets: Uint8Array, into: Buffer, at: number): void {
  for (let index = 0; index < octets.length; index++) into[at + index] = octets[index] ?? 0;
}

function alike(a: Uint8Array, b: Uint8Array): boolean {
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false;
  return a.length === b.length;
}
