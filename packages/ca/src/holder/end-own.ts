import { parseCertificate } from '@madoguchi/pki';
import type { CaContext } from '../context.js';
import { CaError, type Sentence } from '../error.js';
import { show } from '../queries.js';
import { isOurNonce } from '../renewal/nonce.js';
import { readSignedMessage } from '../signed-message.js';
import { takeNonce } from '../tokens/once.js';
import { revoke } from './revoke.js';

/** Larger than any request we take. */
export const longestRevocationRequest = 16 * 1024;

/** What has ended, and since when. */
export interface EndedByHolder {
  readonly kind: 'sign' | 'auth';
  readonly revokedAt: Date;
}

const kinds = { signature: 'sign', authentication: 'auth' } as const;
const citizens = (profile: string): profile is keyof typeof kinds => Object.hasOwn(kinds, profile);

/**
 * オンライン失効申請 (lifecycle.md 3.1 a): the holder of a card ends a certificate by its own key. The request is CMS SignedData by that key over JSON
 * `{"type": "madoguchi-revocation-1", "nonce": BASE64}`; the certificate that ends is the signer's. Sent again within a minute it says the same.
 * A leak is not told in this way: that is for the counter, with proof of identity. Refusals are CaError (77).
 */
export async function revokeByHolder(ctx: CaContext, cms: Uint8Array): Promise<EndedByHolder> {
  const signed = readSignedMessage(cms, longestRevocationRequest);
  const nonce = signed === undefined ? undefined : nonceOf(signed.content);
  if (signed === undefined || nonce === undefined) throw refused('revocation.form');
  if (!isOurNonce(ctx, nonce)) throw refused('revocation.nonce');
  const record = await recordOf(ctx, signed.certificate);
  const kind = kinds[record.profile];
  const time = await takeNonce(ctx, { nonce }, cms).catch((error: unknown) => {
    throw error instanceof CaError && error.rule === 'token.nonce' ? refused('revocation.nonce') : error;
  });
  if (record.revocation !== undefined) {
    // Ended by this very request, whose answer was lost; else there is nothing to end.
    if (time === 'again') return { kind, revokedAt: record.revocation.at };
    throw refused('revocation.ended');
  }
  const { revokedAt } = await revoke(ctx, {
    certificate: { alias: record.alias },
    reason: 'cessationOfOperation',
    ground: 'request',
    actor: 'holder',
  });
  return { kind, revokedAt };
}

/** The record of the very certificate that signed, to the octet: a citizen's, on a card, handed over and not over. */
async function recordOf(ctx: CaContext, der: Uint8Array) {
  const parsed = parseCertificate(der);
  const record = parsed.ok
    ? await show(ctx, { serial: Buffer.from(parsed.value.serial).toString('hex') })
    : undefined;
  const isThis = record?.certificate !== undefined && Buffer.from(record.certificate).equals(der);
  if (record === undefined || !isThis) throw refused('revocation.card');
  const { profile, state, status } = record;
  if (!citizens(profile) || state !== 'delivered') throw refused('revocation.card');
  if (status === 'expired') throw refused('revocation.ended');
  return { ...record, profile };
}

function nonceOf(content: Uint8Array): Uint8Array | undefined {
  try {
    const said: unknown = JSON.parse(Buffer.from(content).toString('utf8'));
    const { type, nonce } = Object(said) as Record<string, unknown>;
    const isGood = type === 'madoguchi-revocation-1' && typeof nonce === 'string';
    return isGood && /^[A-Za-z0-9+/]+=*$/.test(nonce) ? Buffer.from(nonce, 'base64') : undefined;
  } catch {
    return undefined;
  }
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
