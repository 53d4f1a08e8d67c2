import type { CertificateId } from './certificate-id.js';

/** SEQUENCE of SHA-1's identifier and NULL. */
const sha1Octets = Buffer.from('300906052b0e03021a0500', 'hex');
/** OBJECT IDENTIFIER of the nonce (RFC 6960 4.4.1). */
const nonceOctets = Buffer.from('06092b0601050507300102', 'hex');

/** Where the parts of a CertID with SHA-1 stand, and where its serial number begins. */
const nameAt = 23;
const keyAt = 45;
const serialAt = 67;

/**
 * A request of the usual form (one question, SHA-1, at most a nonce, no length above 127), or undefined where only the full reader can
 * tell. Everything it lets pass the full reader reads alike.
 */
export function quickOcspRequest(
  der: Uint8Array,
): { requests: CertificateId[]; nonce?: Uint8Array } | undefined {
  const size = der.length;
  if (size < serialAt + 1 || size > 129) return undefined;
  if (der[0] !== 0x30 || der[1] !== size - 2 || der[2] !== 0x30 || der[3] !== size - 4) return undefined;
  const list = der[5] ?? 0;
  if (der[4] !== 0x30 || der[6] !== 0x30 || der[7] !== list - 2 || der[8] !== 0x30 || der[9] !== list - 4)
    return undefined;
  if (!stands(sha1Octets, der, 10) || !isDigest(der, nameAt) || !isDigest(der, keyAt)) return undefined;
  const length = der[serialAt - 1] ?? 0;
  const end = serialAt + length;
  if (der[serialAt - 2] !== 0x02 || length < 1 || length > 20 || end !== 6 + list || end > size)
    return undefined;
  const first = der[serialAt] ?? 0;
  const isHigh = (der[serialAt + 1] ?? 0) >= 0x80;
  if (length > 1 && ((first === 0 && !isHigh) || (first === 0xff && isHigh))) return undefined;
  const requests: CertificateId[] = [
    {
      hashAlgorithm: 'sha1',
      issuerNameHash: der.subarray(nameAt, nameAt + 20),
      issuerKeyHash: der.subarray(keyAt, keyAt + 20),
      serial: der.subarray(serialAt, end),
    },
  ];
  if (end === size) return { requests };
  const rest = size - end;
  const at = end + 6 + nonceOctets.length;
  const nonce = size - at - 4;
  if (nonce < 1 || der[end] !== 0xa2 || der[end + 1] !== rest - 2) return undefined;
  if (der[end + 2] !== 0x30 || der[end + 3] !== rest - 4) return undefined;
  if (der[end + 4] !== 0x30 || der[end + 5] !== rest - 6 || !stands(nonceOctets, der, end + 6))
    return undefined;
  if (der[at] !== 0x04 || der[at + 1] !== nonce + 2 || der[at + 2] !== 0x04 || der[at + 3] !== nonce)
    return undefined;
  return { requests, nonce: der.subarray(at + 4) };
}

const isDigest = (der: Uint8Array, at: number) => der[at - 2] === 0x04 && der[at - 1] === 20;

function stands(octets: Uint8Array, der: Uint8Array, at: number): boolean {
  for (let index = 0; index < octets.length; index++) if (octets[index] !== der[at + index]) return false;
  return true;
}
