import { createECDH, generateKeyPairSync, hash, type KeyObject } from 'node:crypto';

/** Order of the group of P-256. */
const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
/** The nonce is 1 for every signature: then r is the x of the base point itself, and s = SHA-256(data) + r·d. */
const r = xOfBasePoint();
const derOfR = integer(r);

/**
 * A P-256 key for signatures (ECDSA with SHA-256, X9.62 DER) that nobody may ever trust. They verify; but all have the same nonce, which
 * everybody knows, so each gives the key away. That is as it should be: the key stands for nothing, its public half is in no certificate,
 * and a signature takes 3 µs instead of 27. Never sign anything that matters like this.
 */
export class ThrowAwayKey {
  readonly publicKey: KeyObject;
  /** r·d */
  readonly #product: bigint;

  constructor() {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    this.publicKey = publicKey;
    const { d = '' } = privateKey.export({ format: 'jwk' });
    this.#product = (r * BigInt(`0x${Buffer.from(d, 'base64url').toString('hex')}`)) % order;
  }

  sign(data: Uint8Array): Uint8Array {
    const digest = BigInt(`0x${hash('sha256', data)}`);
    const s = integer((digest + this.#product) % order);
    return Buffer.concat([Uint8Array.of(0x30, derOfR.length + s.length), derOfR, s]);
  }
}

function xOfBasePoint(): bigint {
  const curve = createECDH('prime256v1');
  curve.setPrivateKey('01'.padStart(64, '0'), 'hex');
  // 04, x, y
  return BigInt(`0x${curve.getPublicKey('hex').slice(2, 66)}`);
}

/** A positive INTEGER in DER. */
function integer(value: bigint): Buffer {
  const hex = value.toString(16);
  const octets = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
  const sign = (octets[0] ?? 0) < 0x80 ? [] : [0];
  return Buffer.from([0x02, octets.length + sign.length, ...sign, ...octets]);
}
