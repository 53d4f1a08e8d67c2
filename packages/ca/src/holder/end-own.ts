import type { CaContext } from '../context.js';
import { CaError, type Sentence } from '../error.js';
import { recordOf } from '../queries.js';
import { revoke } from '../revocation/revoke.js';
import { takeNonce } from './once.js';
import { readSignedRequest } from './signed-message.js';

/** Larger than any request we take. */
export const longestEndRequest = 16 * 1024;

/** What has ended, and since when. */
export interface EndedByHolder {
  readonly kind: 'sign' | 'auth';
  readonly revokedAt: Date;
}

const kinds = { signature: 'sign', authentication: 'auth' } as const;
const isOnCard = (profile: string): profile is keyof typeof kinds => Object.hasOwn(kinds, profile);

/**
 * オンライン失効申請 (lifecycle.md 3.1 a): the holder of a card ends a certificate by its own key. The request is CMS SignedData by that key over JSON
 * `{"type": "madoguchi-revocation-1", "nonce": BASE64}`; the certificate that ends is the signer's. Sent again within a minute it says the same.
 * A leak is not told in this way: that is for the counter, with proof of identity. Refusals are CaError (77).
 */
export async function endOwn(ctx: CaContext, cms: Uint8Array): Promise<EndedByHolder> {
  const asked = readSignedRequest(cms, { type: 'madoguchi-revocation-1', longest: longestEndRequest });
  if (asked === undefined) throw refused('revocation.form');
  const record = await recordOf(ctx, asked.certificate);
  if (record === undefined || !isOnCard(record.profile) || record.state !== 'delivered')
    throw refused('revocation.card');
  const { alias, profile, revocation, status } = record;
  const kind = kinds[profile];
  const taken = await takeNonce(ctx, asked.nonce, cms);
  if (taken === undefined) throw refused('revocation.nonce');
  // Ended by this very request, whose answer was lost; else there is nothing to end.
  if (taken === 'again' && revocation !== undefined) return { kind, revokedAt: revocation.at };
  if (status !== 'valid') throw refused('revocation.ended');
  const { revokedAt } = await revoke(ctx, {
    certificate: { alias },
    ...{ reason: 'cessationOfOperation', ground: 'request', actor: 'holder' },
  });
  return { kind, revokedAt };
}

const words = {
  'revocation.form': {
    ja: '失効の申請を読めません。もう一度はじめから行ってください。',
    jaEasy: '{申請|しんせい}が {読|よ}めません。もう{一度|いちど} して ください。',
    en: 'The request cannot be read. Start again.',
  },
  'revocation.nonce': {
    ja: '受付番号が古いか、使用済みです。もう一度はじめから行ってください。',
    jaEasy: 'もう{一度|いちど} はじめから して ください。',
    en: 'The nonce is too old or used. Start again.',
  },
  'revocation.card': {
    ja: 'この証明書は、カードの電子証明書として登録されていません。窓口で手続きしてください。',
    jaEasy:
      'この {証明書|しょうめいしょ}は ここでは おわりに できません。{窓口|まどぐち}に {来|き}て ください。',
    en: 'This certificate is not on record as one of a card’s. Please come to the counter.',
  },
  'revocation.ended': {
    ja: 'この証明書はすでに失効しているか（一時停止を含みます）、有効期間が終わっています。',
    jaEasy: 'この {証明書|しょうめいしょ}は もう {使|つか}えません。',
    en: 'This certificate is revoked or held already, or has expired.',
  },
} as const satisfies Record<string, Sentence>;

function refused(rule: keyof typeof words): CaError {
  return new CaError(rule, words[rule], 77);
}
