import { randomUUID } from 'node:crypto';
import { type CertificateTemplate, sha256 } from '@madoguchi/pki/certificates';
import { type Authority, type CaContext, keyName } from '../context.js';
import { CaError } from '../error.js';
import { keyFault } from '../keys/key-quality.js';
import { lintProfileOf } from '../lint/choose.js';
import { prepare, signLinted } from './linted.js';
import { nextNumbers } from './numbers.js';
import { type IssuedProfile, markIntended, markIssued, type Reservation } from './record.js';
import { turns } from './turns.js';

export interface MakeInput {
  readonly authority: Authority;
  readonly profile: IssuedProfile;
  /** Five digits; empty for certificates that are not citizens'. */
  readonly municipality: string;
  readonly issue: string;
  readonly resident?: string | undefined;
  /** SubjectPublicKeyInfo: judged before a number is used for it. */
  readonly publicKey: Uint8Array;
  /** True for authorities' own keys, which others certify too; any other key gets one certificate. */
  readonly keyIsKnown?: boolean;
  /** True where the caller gets it at once and can fetch it again: nothing is left to be done after storing it. */
  readonly isDelivered?: boolean;
  /** `commonName` is a running number of its own, for subjects that are only numbered. */
  readonly template: (serial: Uint8Array, commonName: bigint) => CertificateTemplate;
}

export interface Made extends Reservation {
  readonly certificate: Uint8Array;
  readonly notAfter: Date;
}

/** Building and linting takes 50 µs: so many hold nobody up for long, and are enough to stay in the processor's cache. */
const turn = turns(16);

/**
 * Makes one certificate in the order that survives a crash: serial number taken, template linted on a copy, bytes stored under their number,
 * signed, compared, stored. Whatever fails in between burns the serial number; from `intended` on `recover` revokes what may exist.
 */
export async function makeCertificate(ctx: CaContext, input: MakeInput): Promise<Made> {
  const { authority, profile, municipality, issue, resident } = input;
  refuseBadKey(input.publicKey);
  const { serial, commonName } = await nextNumbers(ctx);
  await turn();
  await ctx.onStep('reserved');
  const alias = randomUUID();
  const place = { municipality, authority: authority.id, serial, alias, profile, issue, resident };
  const template = input.template(serial, commonName);
  const signer = await ctx.keys.signer(keyName(authority.id));
  const prepared = await prepare(template, lintProfileOf(profile, authority), authority.certificate, signer);
  if (!prepared.ok) {
    const rules = prepared.faults.map((fault) => `${fault.rule} (${fault.detail})`).join(', ');
    throw new CaError('issue.lint', {
      ja: `証明書が様式に合わないため、発行しませんでした: ${rules}`,
      jaEasy: `{証明書|しょうめいしょ}の {形|かたち}が ちがうので、つくりませんでした: ${rules}`,
      en: `The certificate was not issued, because it would break the profile: ${rules}`,
    });
  }
  const { linted } = prepared;
  await ctx.onStep('linted');
  await markIntended(ctx, {
    at: place,
    linted,
    notBefore: template.notBefore,
    notAfter: template.notAfter,
    keyDigest: sha256(template.publicKey),
    keyId: linted.keyId,
    keyIsKnown: input.keyIsKnown ?? false,
  });
  const certificate = await signLinted(linted, signer);
  await ctx.onStep('signed');
  await markIssued(ctx, {
    at: place,
    tbs: linted.tbs,
    certificate,
    isDelivered: input.isDelivered ?? false,
  });
  return { ...place, certificate, notAfter: template.notAfter };
}

/** Refuses a weak key. Whether a good one is in use already, the record knows: see `keysInUse`. */
function refuseBadKey(publicKey: Uint8Array): void {
  const fault = keyFault(publicKey);
  if (fault === undefined) return;
  throw new CaError(fault, {
    ja: `この公開鍵には証明書を発行できません（${fault}）。RSA 2048〜4096ビット（指数65537）か P-256、P-384 の新しい鍵を作ってください。`,
    jaEasy: `この かぎは つかえません（${fault}）。{新|あたら}しい かぎを つくって ください。`,
    en: `No certificate is issued for this public key (${fault}). Make a new key: RSA of 2048 to 4096 bits with exponent 65537, P-256 or P-384.`,
  });
}
