import { createHash } from 'node:crypto';
import { der, importPublicKey, parseCertificate, type SignatureAlgorithm } from '@madoguchi/pki/certificates';
import { ClientError } from './client-error.js';

/** What a card's key can make: RSA on the cards of today, ECDSA with P-384 on the next one. */
export type CardSignatureAlgorithm = Extract<
  SignatureAlgorithm,
  'rsa-sha256' | 'rsa-sha384' | 'rsa-sha512' | 'ecdsa-sha384'
>;

/** DER of DigestInfo up to the digest (RFC 8017 9.2, note 1). */
const digestInfoPrefixes = {
  'rsa-sha256': { digest: 'sha256', prefix: '3031300d060960864801650304020105000420' },
  'rsa-sha384': { digest: 'sha384', prefix: '3041300d060960864801650304020205000430' },
  'rsa-sha512': { digest: 'sha512', prefix: '3051300d060960864801650304020305000440' },
} as const;

const scalarLength = 48;

/** Which signature the key of this certificate makes. @throws ClientError card-unexpected for a key that no card has */
export function cardAlgorithm(certificate: Uint8Array): CardSignatureAlgorithm {
  const parsed = parseCertificate(certificate);
  const imported = parsed.ok ? importPublicKey(parsed.value.spki) : parsed;
  if (!imported.ok) throw new ClientError('card-unexpected', { subject: imported.rule });
  if (imported.key.kind === 'rsa') return 'rsa-sha256';
  if (imported.key.kind === 'p384') return 'ecdsa-sha384';
  throw new ClientError('card-unexpected', { subject: imported.key.kind });
}

/** What the card is given: a DigestInfo, which it pads as it is; for ECDSA the bare hash. */
export function signatureInput(algorithm: CardSignatureAlgorithm, data: Uint8Array): Uint8Array {
  if (algorithm === 'ecdsa-sha384') return createHash('sha384').update(data).digest();
  const { digest, prefix } = digestInfoPrefixes[algorithm];
  return Buffer.concat([Buffer.from(prefix, 'hex'), createHash(digest).update(data).digest()]);
}

/** What is made of the card's answer: 256 bytes of RSA as they are; r ‖ s of ECDSA as ECDSA-Sig-Value (RFC 3279 2.2.3). */
export function signatureValue(algorithm: CardSignatureAlgorithm, answer: Uint8Array): Uint8Array {
  const expected = algorithm === 'ecdsa-sha384' ? 2 * scalarLength : 256;
  if (answer.length !== expected) throw new ClientError('card-unexpected', { subject: 'signature length' });
  if (algorithm !== 'ecdsa-sha384') return answer;
  const [r, s] = [answer.subarray(0, scalarLength), answer.subarray(scalarLength)];
  return der.sequence(der.unsignedInteger(r), der.unsignedInteger(s));
}
