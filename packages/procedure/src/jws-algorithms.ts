import type { SignatureAlgorithm } from '@madoguchi/pki';

/** The `alg` values we write and read (RFC 7518, section 3.1), with the octets of r and s where the form differs from X.509's. */
const table = [
  { alg: 'RS256', algorithm: 'rsa-sha256' },
  { alg: 'PS256', algorithm: 'pss-sha256' },
  { alg: 'ES256', algorithm: 'ecdsa-sha256', part: 32 },
  { alg: 'ES384', algorithm: 'ecdsa-sha384', part: 48 },
] as const satisfies { alg: string; algorithm: SignatureAlgorithm; part?: number }[];

export interface JwsAlgorithm {
  alg: string;
  algorithm: SignatureAlgorithm;
  part?: number;
}

export function byAlg(alg: unknown): JwsAlgorithm | undefined {
  return table.find((entry) => entry.alg === alg);
}

export function byAlgorithm(algorithm: SignatureAlgorithm): JwsAlgorithm | undefined {
  return table.find((entry) => entry.algorithm === algorithm);
}

/** ECDSA-Sig-Value (DER, two INTEGERs) → r ‖ s of fixed length. For signatures of our own making. */
export function rawFromDer(der: Uint8Array, part: number): Uint8Array {
  const fault = () => new TypeError('the signer did not return an ECDSA signature in DER');
  const bytes = Buffer.from(der);
  if (bytes[0] !== 0x30) throw fault();
  let at = (bytes[1] ?? 0) < 0x80 ? 2 : 3;
  const out = Buffer.alloc(2 * part);
  for (const index of [0, 1]) {
    const length = bytes[at + 1] ?? 0;
    if (bytes[at] !== 0x02 || length === 0) throw fault();
    let value = bytes.subarray(at + 2, at + 2 + length);
    while (value.length > 1 && value[0] === 0) value = value.subarray(1);
    if (value.length > part) throw fault();
    value.copy(out, part * (index + 1) - value.length);
    at += 2 + length;
  }
  return out;
}

/** r ‖ s → ECDSA-Sig-Value; undefined when the length is not exactly two parts. */
export function derFromRaw(raw: Uint8Array, part: number): Uint8Array | undefined {
  if (raw.length !== 2 * part) return undefined;
  const integers = [raw.subarray(0, part), raw.subarray(part)].map((half) => {
    let value = Buffer.from(half);
    while (value.length > 1 && value[0] === 0) value = value.subarray(1);
    if ((value[0] ?? 0) >= 0x80) value = Buffer.concat([Buffer.of(0), value]);
    return Buffer.concat([Buffer.of(0x02, value.length), value]);
  });
  const body = Buffer.concat(integers);
  return Buffer.concat([Buffer.of(0x30, body.length), body]);
}
