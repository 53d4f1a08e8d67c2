import { arrayOf, type Tx } from '@madoguchi/store';
import { CaError } from '../error.js';
import { hexOf } from '../hex.js';

interface KeyUse {
  /** SHA-256 of the SubjectPublicKeyInfo. */
  readonly keyDigest: Uint8Array;
  /** SHA-1 of the key, as it names authorities. */
  readonly keyId: Uint8Array;
  readonly keyIsKnown: boolean;
}

/**
 * For each key why it gets no certificate, or undefined: it has one already (also within these), it is an authority's own, it was
 * reported as leaked, or it is on the operator's list of known keys (`ca.blocked_key`).
 */
export async function keysInUse(tx: Tx, keys: readonly KeyUse[]): Promise<(CaError | undefined)[]> {
  const digests = () =>
    arrayOf.bytes(
      tx,
      keys.map((key) => key.keyDigest),
    );
  const found = await tx<{ key: Uint8Array; leaked: boolean }[]>`
    select c.spki_sha256 as key, coalesce(bool_or(r.reason = 'keyCompromise'), false) as leaked
    from ca.certificate c left join ca.revocation r using (municipality, authority, serial)
    where c.spki_sha256 = any (${digests()}::bytea[]) group by 1
    union all select spki_sha256, true from ca.blocked_key where spki_sha256 = any (${digests()}::bytea[])
    union all select key_id, false from ca.authority where key_id = any (${arrayOf.bytes(
      tx,
      keys.map((key) => key.keyId),
    )}::bytea[])`;
  const leaked = new Set(found.filter((row) => row.leaked).map((row) => hexOf(row.key)));
  const used = new Set(found.map((row) => hexOf(row.key)));
  return keys.map(({ keyDigest, keyId, keyIsKnown }) => {
    const digest = hexOf(keyDigest);
    if (leaked.has(digest)) return keyLeaked();
    if (!keyIsKnown && (used.has(digest) || used.has(hexOf(keyId)))) return keyInUse();
    used.add(digest);
    return undefined;
  });
}

/** Is it the database that says: a key has got a certificate since `keysInUse` found none? */
export function isKeyTaken(error: unknown): boolean {
  return error instanceof Error && 'constraint_name' in error && error.constraint_name === 'certificate_key';
}

function keyLeaked(): CaError {
  return new CaError('key.leaked', {
    ja: 'この公開鍵の秘密鍵は漏れたと届け出られています。新しい鍵を作ってください。',
    jaEasy: 'この かぎは もれました。{新|あたら}しい かぎを つくって ください。',
    en: 'This key was reported as leaked. Make a new one.',
  });
}

function keyInUse(): CaError {
  return new CaError('key.used', {
    ja: 'この公開鍵にはすでに証明書が発行されています。証明書ごとに新しい鍵を作ってください。',
    jaEasy: 'この かぎは もう つかわれています。{新|あたら}しい かぎを つくって ください。',
    en: 'A certificate was issued for this public key already. Make a new key for each certificate.',
  });
}
