import {
  algorithms,
  attempt,
  bytesOf,
  checkDer,
  contentOf,
  digest,
  fail,
  importPublicKey,
  inside,
  nameToString,
  type Parsed,
  parseName,
  type SignatureAlgorithm,
  tags,
  values,
  verifySignature,
  wholeTlv,
} from '@madoguchi/pki';
import { keyDocument } from './certificate-view.js';

const known = new Map<string, SignatureAlgorithm>([
  [algorithms.sha1WithRsa, 'rsa-sha1'],
  [algorithms.sha256WithRsa, 'rsa-sha256'],
  [algorithms.sha384WithRsa, 'rsa-sha384'],
  [algorithms.sha512WithRsa, 'rsa-sha512'],
  [algorithms.ecdsaSha256, 'ecdsa-sha256'],
  [algorithms.ecdsaSha384, 'ecdsa-sha384'],
  [algorithms.ecdsaSha512, 'ecdsa-sha512'],
]);

/** A certification request (PKCS#10, RFC 2986) as plain data; `proven`: whoever made it holds the private key. A rule where it is none. */
export function requestDocument(der: Uint8Array): Parsed<Record<string, unknown>> {
  const form = checkDer(der);
  if (!form.ok) return form;
  return attempt(() => {
    const outer = inside(wholeTlv(der));
    const info = outer.next(tags.sequence, 'csr.info');
    const algorithm = values.readOid(outer.sequence('csr.algorithm').next(tags.oid, 'csr.algorithm'));
    const signature = contentOf(outer.next(tags.bitString, 'csr.signature'));
    outer.close('csr.trailing');
    const fields = inside(info);
    values.readSmallInteger(fields.next(tags.integer, 'csr.version'));
    const subject = parseName(bytesOf(fields.next(tags.sequence, 'csr.subject')));
    if (!subject.ok) fail(subject.rule, subject.offset);
    const spki = bytesOf(fields.next(tags.sequence, 'csr.key'));
    const name = known.get(algorithm);
    const key = importPublicKey(spki, { minimumRsaBits: 1024, maximumRsaBits: 8192 });
    const proven =
      name !== undefined && key.ok && verifySignature(name, key.key, bytesOf(info), signature.subarray(1));
    return {
      kind: 'request',
      subject: subject.ok ? nameToString(subject.value) : null,
      key: keyDocument(Uint8Array.from(spki)),
      signatureAlgorithm: name ?? algorithm,
      proven,
      sha256: Buffer.from(digest('sha256', der)).toString('hex'),
    };
  });
}
