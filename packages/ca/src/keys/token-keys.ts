import { createHash } from 'node:crypto';
import {
  algorithms,
  der,
  type KeyKind,
  type SignatureAlgorithm,
  type Signer,
  spkiFromRsa,
} from '@madoguchi/pki/certificates';
import type { Token, TokenPublicKey } from '@madoguchi/store';
import { type KeyProvider, keyAbsent } from './provider.js';

/** Keys in a hardware module (PKCS #11). They are made there and never leave it; sessions that break are opened anew. */
export function tokenKeys(token: Token): KeyProvider {
  const known = new Map<string, Signer>();
  const signer = async (name: string): Promise<Signer> => {
    const found = known.get(name);
    if (found !== undefined) return found;
    const publicKey = await token.publicKey(name);
    if (publicKey === undefined) throw keyAbsent(name);
    const made = signerOf(token, name, publicKey);
    known.set(name, made);
    return made;
  };
  return {
    signer,
    async ensure(name, kind: KeyKind) {
      if ((await token.publicKey(name)) === undefined) await token.generate(name, kind);
      return signer(name);
    },
  };
}

function signerOf(token: Token, name: string, key: TokenPublicKey): Signer {
  if (key.kind === 'rsa') {
    return {
      algorithm: 'rsa-sha256',
      publicKey: spkiFromRsa(key.modulus, key.exponent),
      sign: (data) => token.sign(name, 'rsa-sha256', data),
    };
  }
  const isP384 = key.point.length > 65;
  const algorithm: SignatureAlgorithm = isP384 ? 'ecdsa-sha384' : 'ecdsa-sha256';
  const digest = isP384 ? 'sha384' : 'sha256';
  return {
    algorithm,
    publicKey: der.sequence(
      der.sequence(der.oid(algorithms.ecPublicKey), key.curve),
      der.bitString(key.point),
    ),
    async sign(data) {
      const raw = await token.sign(name, 'ecdsa', createHash(digest).update(data).digest());
      return ecdsaDer(raw);
    },
  };
}

/** ECDSA-Sig-Value (RFC 5480) from r and s side by side. */
function ecdsaDer(raw: Uint8Array): Uint8Array {
  const half = raw.length / 2;
  return der.sequence(der.unsignedInteger(raw.subarray(0, half)), der.unsignedInteger(raw.subarray(half)));
}
