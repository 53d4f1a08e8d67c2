import {
  checkDer,
  digest,
  importPublicKey,
  nameToString,
  type Parsed,
  parseCertificationRequest,
  parseName,
  verifySignature,
} from '@madoguchi/pki/certificates';
import { keyDocument } from './certificate-view.js';

/** A certification request (PKCS#10, RFC 2986) as plain data; `proven`: whoever made it holds the private key. A rule where it is none. */
export function requestDocument(der: Uint8Array): Parsed<Record<string, unknown>> {
  const form = checkDer(der);
  if (!form.ok) return form;
  const parsed = parseCertificationRequest(der);
  if (!parsed.ok) return parsed;
  const { spki, algorithm, algorithmId, signed, signature } = parsed.value;
  const subject = parseName(parsed.value.subject);
  if (!subject.ok) return subject;
  // Wider than what an authority takes: this only tells what is there.
  const key = importPublicKey(spki, { minimumRsaBits: 1024, maximumRsaBits: 8192 });
  const value = {
    kind: 'request',
    subject: nameToString(subject.value),
    key: keyDocument(spki),
    signatureAlgorithm: algorithm ?? algorithmId,
    proven: algorithm !== undefined && key.ok && verifySignature(algorithm, key.key, signed, signature),
    sha256: Buffer.from(digest('sha256', der)).toString('hex'),
  };
  return { ok: true, value };
}
