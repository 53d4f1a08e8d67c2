import {
  algorithms,
  attempt,
  bytesOf,
  contentOf,
  fail,
  importPublicKey,
  inside,
  type Parsed,
  type SignatureAlgorithm,
  tags,
  values,
  verifySignature,
  wholeTlv,
} from '@madoguchi/pki';

/** What requests may be signed with: the usual algorithms without parameters of their own. */
const requestAlgorithms = new Map<string, SignatureAlgorithm>([
  [algorithms.sha256WithRsa, 'rsa-sha256'],
  [algorithms.sha384WithRsa, 'rsa-sha384'],
  [algorithms.sha512WithRsa, 'rsa-sha512'],
  [algorithms.ecdsaSha256, 'ecdsa-sha256'],
  [algorithms.ecdsaSha384, 'ecdsa-sha384'],
  [algorithms.ecdsaSha512, 'ecdsa-sha512'],
]);

/** Larger than any request we take. */
const maximumSize = 64 * 1024;

/**
 * The public key (SPKI DER) of a PKCS#10 certification request (RFC 2986), in DER or PEM, after its self-signature was verified: whoever
 * asks holds the private key. Names and attributes in it are not believed and not read. Bad input gives the broken rule.
 */
export function publicKeyOfRequest(request: Uint8Array): Parsed<Uint8Array> {
  if (request.length > maximumSize) return { ok: false, rule: 'csr.size', offset: 0 };
  const der = fromPem(request) ?? request;
  return attempt(() => {
    const whole = wholeTlv(der);
    if (whole.tag !== tags.sequence) fail('csr.form', 0);
    const outer = inside(whole);
    const info = outer.next(tags.sequence, 'csr.info');
    const algorithm = outer.next(tags.sequence, 'csr.algorithm');
    const signature = outer.next(tags.bitString, 'csr.signature');
    outer.close('csr.trailing');
    const fields = inside(info);
    const version = fields.next(tags.integer, 'csr.version');
    if (values.readSmallInteger(version) !== 0) fail('csr.version', version.start);
    fields.next(tags.sequence, 'csr.subject');
    const key = fields.next(tags.sequence, 'csr.key');
    const spki = bytesOf(key);
    const imported = importPublicKey(spki);
    if (!imported.ok) fail(imported.rule, key.start);
    const name = requestAlgorithms.get(values.readOid(inside(algorithm).next(tags.oid, 'csr.algorithm')));
    if (name === undefined) fail('csr.algorithm', algorithm.start);
    const octets = contentOf(signature);
    if (octets[0] !== 0) fail('csr.signature', signature.start);
    if (!verifySignature(name, imported.key, bytesOf(info), octets.subarray(1))) {
      fail('csr.signature', signature.start);
    }
    return Uint8Array.from(spki);
  });
}

const pem =
  /-----BEGIN (?:NEW )?CERTIFICATE REQUEST-----([A-Za-z0-9+/=\s]+)-----END (?:NEW )?CERTIFICATE REQUEST-----/;

function fromPem(bytes: Uint8Array): Uint8Array | undefined {
  if (bytes[0] === 0x30) return undefined;
  const found = pem.exec(Buffer.from(bytes).toString('latin1'));
  return found?.[1] === undefined ? undefined : Buffer.from(found[1], 'base64');
}
