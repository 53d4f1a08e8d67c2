import {
  importPublicKey,
  type Parsed,
  parseCertificationRequest,
  type SignatureAlgorithm,
  verifySignature,
} from '@madoguchi/pki/certificates';

/** What requests may be signed with: the usual algorithms without parameters of their own. */
const requestAlgorithms: readonly SignatureAlgorithm[] = [
  ...(['rsa-sha256', 'rsa-sha384', 'rsa-sha512'] as const),
  ...(['ecdsa-sha256', 'ecdsa-sha384', 'ecdsa-sha512'] as const),
];

/** Larger than any request we take, in base64 too. */
const maximumSize = 64 * 1024;

/**
 * The public key (SPKI DER) of a PKCS#10 certification request (RFC 2986), in DER or PEM, after its self-signature was verified: whoever
 * asks holds the private key. Names and attributes in it are not believed and not read. Bad input gives the broken rule.
 */
export function publicKeyOfRequest(request: Uint8Array): Parsed<Uint8Array> {
  if (request.length > maximumSize) return broken('csr.size');
  const parsed = parseCertificationRequest(fromPem(request) ?? request);
  if (!parsed.ok) return parsed;
  const { spki, algorithm, signed, signature } = parsed.value;
  const imported = importPublicKey(spki);
  if (!imported.ok) return broken(imported.rule);
  if (algorithm === undefined || !requestAlgorithms.includes(algorithm)) return broken('csr.algorithm');
  if (!verifySignature(algorithm, imported.key, signed, signature)) return broken('csr.signature');
  return { ok: true, value: Uint8Array.from(spki) };
}

const broken = (rule: string): Parsed<Uint8Array> => ({ ok: false, rule, offset: 0 });

const pem =
  /-----BEGIN (?:NEW )?CERTIFICATE REQUEST-----([A-Za-z0-9+/=\s]+)-----END (?:NEW )?CERTIFICATE REQUEST-----/;

function fromPem(bytes: Uint8Array): Uint8Array | undefined {
  if (bytes[0] === 0x30) return undefined;
  const found = pem.exec(Buffer.from(bytes).toString('latin1'));
  return found?.[1] === undefined ? undefined : Buffer.from(found[1], 'base64');
}
