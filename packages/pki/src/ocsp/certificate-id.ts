import type { Certificate } from '../certificate/parse.js';
import { BackwardWriter } from '../der/backward.js';
import { fail } from '../der/fault.js';
import { contentOf, type Reader } from '../der/read.js';
import { tags } from '../der/tags.js';
import { readInteger, readNull, readOid } from '../der/values.js';
import { nullValue, oid, sequence } from '../der/write.js';
import { digest } from '../key/digest.js';
import { splitSpki } from '../key/import.js';
import { digests } from '../oids.js';

/** CertID (RFC 6960 4.1.1). All generations of an authority share the name's hash: the key's hash decides. */
export interface CertificateId {
  hashAlgorithm: 'sha1' | 'sha256';
  issuerNameHash: Uint8Array;
  issuerKeyHash: Uint8Array;
  /** Content octets. */
  serial: Uint8Array;
}

const sizes = { sha1: 20, sha256: 32 } as const;

/** Reads a CertID; undefined where its digest is neither SHA-1 nor SHA-256. Throws DerFault. */
export function readCertificateId(id: Reader): CertificateId | undefined {
  const algorithm = id.sequence('ocsp.certId');
  const hash = readOid(algorithm.next(tags.oid, 'ocsp.certId'));
  if (algorithm.more) readNull(algorithm.next(tags.null, 'ocsp.certId.parameters'));
  algorithm.close();
  const name = id.next(tags.octetString, 'ocsp.certId');
  const key = id.next(tags.octetString, 'ocsp.certId');
  const serialTlv = id.next(tags.integer, 'ocsp.certId');
  const serial = readInteger(serialTlv);
  id.close();
  if (serial.length > 20) fail('ocsp.certId.serial', serialTlv.start);
  const hashAlgorithm = hash === digests.sha1 ? 'sha1' : hash === digests.sha256 ? 'sha256' : undefined;
  if (hashAlgorithm === undefined) return undefined;
  const issuerNameHash = contentOf(name);
  const issuerKeyHash = contentOf(key);
  const size = sizes[hashAlgorithm];
  if (issuerNameHash.length !== size || issuerKeyHash.length !== size) fail('ocsp.certId.hash', name.start);
  return { hashAlgorithm, issuerNameHash, issuerKeyHash, serial };
}

const algorithmOctets = {
  sha1: sequence(oid(digests.sha1), nullValue()),
  sha256: sequence(oid(digests.sha256), nullValue()),
} as const;

export function writeCertificateId(id: CertificateId): Uint8Array {
  const writer = new BackwardWriter(160);
  putCertificateId(writer, id);
  return writer.finish();
}

/** The same before what a writer has already. */
export function putCertificateId(writer: BackwardWriter, id: CertificateId): void {
  const since = writer.written;
  writer.element(tags.integer, id.serial);
  writer.element(tags.octetString, id.issuerKeyHash);
  writer.element(tags.octetString, id.issuerNameHash);
  writer.put(algorithmOctets[id.hashAlgorithm]);
  writer.wrap(tags.sequence, since);
}

/** The id under which a certificate is asked for. */
export function certificateId(
  certificate: Certificate,
  issuer: Certificate,
  hashAlgorithm: 'sha1' | 'sha256' = 'sha1',
): CertificateId {
  const split = splitSpki(issuer.spki);
  return {
    hashAlgorithm,
    issuerNameHash: digest(hashAlgorithm, certificate.issuer.der),
    issuerKeyHash: digest(hashAlgorithm, split.ok ? split.value.key : new Uint8Array()),
    serial: certificate.serial,
  };
}

export function sameCertificateId(a: CertificateId, b: CertificateId): boolean {
  return (
    a.hashAlgorithm === b.hashAlgorithm &&
    Buffer.compare(a.issuerKeyHash, b.issuerKeyHash) === 0 &&
    Buffer.compare(a.issuerNameHash, b.issuerNameHash) === 0 &&
    Buffer.compare(a.serial, b.serial) === 0
  );
}
