import { appendAudit, arrayOf } from '@madoguchi/store';
import type { CaContext } from '../context.js';
import { CaError } from '../error.js';
import { auditChain } from '../issuance/record.js';
import { revoke } from '../revocation/revoke.js';

export interface BlockResult {
  /** New in the list. */
  readonly added: number;
  readonly known: number;
  /** Aliases of certificates that live although their key is in the list now. */
  readonly living: readonly string[];
  /** How many of them were revoked (keyCompromise). */
  readonly revoked: number;
}

/** Keys at a time: the list of a broken generator has hundreds of thousands. */
const batch = 5000;

/**
 * Puts keys that others know (published test keys, keys of broken generators, leaked ones) on the list of those that get no certificate,
 * by SHA-256 of the SubjectPublicKeyInfo; `why` in a few words. Tells which certificates live with such a key, and revokes them where asked.
 */
export async function blockKeys(
  ctx: CaContext,
  digests: readonly Uint8Array[],
  { why, actor, revokeLiving = false }: { why: string; actor: string; revokeLiving?: boolean },
): Promise<BlockResult> {
  if (why.trim() === '' || why.length > 200 || /\p{C}/u.test(why)) {
    throw new CaError('blockedKey.why', {
      ja: '理由を200文字までで書いてください。',
      jaEasy: '{理由|りゆう}を {書|か}いて ください。',
      en: 'Say why, in up to 200 characters.',
    });
  }
  const now = ctx.clock();
  let added = 0;
  const living: string[] = [];
  for (let from = 0; from < digests.length; from += batch) {
    const some = digests.slice(from, from + batch);
    await ctx.sql.begin(async (tx) => {
      const rows = await tx`
        insert into ca.blocked_key (spki_sha256, why)
        select key, ${why} from unnest(${arrayOf.bytes(tx, some)}::bytea[]) as t (key)
        on conflict do nothing returning 1`;
      added += rows.length;
      const found = await tx<{ alias: string }[]>`
        select c.alias from ca.certificate c left join ca.revocation r using (municipality, authority, serial)
        where c.spki_sha256 = any (${arrayOf.bytes(tx, some)}::bytea[]) and r.serial is null and c.not_after > ${now}`;
      living.push(...found.map(({ alias }) => alias));
      await appendAudit(tx, auditChain, {
        at: now,
        actor,
        action: 'keys.blocked',
        subject: why,
        detail: { given: some.length, added: rows.length, living: found.length },
      });
    });
  }
  let revoked = 0;
  if (revokeLiving) {
    for (const alias of living) {
      await revoke(ctx, { certificate: { alias }, reason: 'keyCompromise', actor });
      revoked++;
    }
  }
  return { added, known: digests.length - added, living, revoked };
}
