import type { WantedSigner } from './wanted.js';

/** What has come of one who must sign. */
export interface SignerProgress {
  readonly wanted: WantedSigner;
  readonly state: 'waiting' | 'signed' | 'declined';
  /** Of a signature: under which number it arrived. */
  readonly receipt: string | undefined;
  /** Of a refusal: why, in their own words. */
  readonly reason: string | undefined;
  readonly at: Date | undefined;
  /** Of a mandate: when its giver revoked it. */
  readonly revokedAt: Date | undefined;
}

interface SignerAction {
  readonly kind: string;
  readonly at: Date;
  readonly detail: Record<string, string>;
}

/**
 * How far the signing of an application has come: the sum of a case's actions that name this very application (`digest`, hexadecimal). What was signed
 * before a correction names another and counts no more. Who declined may sign after all.
 */
export function signerProgress(
  wanted: readonly WantedSigner[],
  actions: readonly SignerAction[],
  digest: string,
): SignerProgress[] {
  const about = actions.filter(({ detail }) => detail.application === digest);
  return wanted.map((one) => {
    const theirs = about.filter(({ detail }) => detail.signer === one.id);
    const signed = theirs.find(({ kind }) => kind === 'cosigned');
    const declined = theirs.findLast(({ kind }) => kind === 'cosignDeclined');
    const revoked = theirs.find(({ kind }) => kind === 'cosignRevoked');
    const last = signed ?? declined;
    return {
      wanted: one,
      state: signed !== undefined ? 'signed' : declined !== undefined ? 'declined' : 'waiting',
      receipt: signed?.detail.receipt,
      reason: signed === undefined ? declined?.detail.reason : undefined,
      at: last?.at,
      revokedAt: signed === undefined ? undefined : revoked?.at,
    };
  });
}

export function allSigned(progress: readonly SignerProgress[]): boolean {
  return progress.every(({ state }) => state === 'signed');
}

/** Why a co-signature does not count: nobody asked for it, or it is there already. */
export function signerFault(
  progress: readonly SignerProgress[],
  signer: string | undefined,
): 'relation.signer' | 'relation.cosigned' | undefined {
  const found = progress.find(({ wanted }) => wanted.id === signer);
  if (found === undefined) return 'relation.signer';
  return found.state === 'signed' ? 'relation.cosigned' : undefined;
}
