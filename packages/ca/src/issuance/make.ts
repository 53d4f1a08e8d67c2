import { createHash } from 'node:crypto';
import type { CertificateTemplate } from '@madoguchi/pki';
import { type Authority, type CaContext, keyName, signerOf } from '../context.js';
import { CaError } from '../error.js';
import { keyFault } from '../keys/key-quality.js';
import { prepare, signLinted } from './linted.js';
import { type IssuedProfile, markIntended, markIssued, type Reservation, reserve } from './record.js';

export interface MakeInput {
  readonly authority: Authority;
  readonly profile: IssuedProfile;
  /** Five digits; empty for certificates that are not citizens'. */
  readonly municipality: string;
  readonly issue: string;
  readonly resident?: string | undefined;
  readonly template: (serial: Uint8Array) => CertificateTemplate;
}

export interface Made extends Reservation {
  readonly certificate: Uint8Array;
  readonly notAfter: Date;
}

/**
 * Makes one certificate in the order that survives a crash: serial number stored, template linted on a copy, bytes stored, signed,
 * compared, stored. Whatever fails in between burns the serial number; from `intended` on `recover` revokes what may exist.
 */
export async function makeCertificate(ctx: CaContext, input: MakeInput): Promise<Made> {
  const { authority, profile, municipality, issue, resident } = input;
  const place = await reserve(ctx, { municipality, authority: authority.id, profile, issue, resident });
  const template = input.template(place.serial);
  await refuseBadKey(ctx, template.publicKey);
  const signer = await signerOf(ctx.keystore, keyName(authority.id));
  const prepared = await prepare(template, profile, authority.certificate, signer);
  if (!prepared.ok) {
    const rules = prepared.faults.map((fault) => `${fault.rule} (${fault.detail})`).join(', ');
    throw new CaError('issue.lint', {
      ja: `証明書が様式に合わないため、発行しませんでした: ${rules}`,
      jaEasy: `証明書の 形が ちがうので、つくりませんでした: ${rules}`,
      en: `The certificate was not issued, because it would break the profile: ${rules}`,
    });
  }
  await ctx.onStep('linted');
  await markIntended(ctx, place, prepared.linted, template);
  const certificate = await signLinted(prepared.linted, signer);
  await ctx.onStep('signed');
  await markIssued(ctx, place, certificate);
  return { ...place, certificate, notAfter: template.notAfter };
}

/** Refuses a weak key, and one whose certificate was revoked because the key had leaked. */
async function refuseBadKey(ctx: CaContext, publicKey: Uint8Array): Promise<void> {
  const fault = keyFault(publicKey);
  if (fault !== undefined) {
    throw new CaError(fault, {
      ja: `この公開鍵には証明書を発行できません（${fault}）。RSA 2048〜4096ビット（指数65537）か P-256、P-384 の新しい鍵を作ってください。`,
      jaEasy: `この かぎは つかえません（${fault}）。新しい かぎを つくって ください。`,
      en: `No certificate is issued for this public key (${fault}). Make a new key: RSA of 2048 to 4096 bits with exponent 65537, P-256 or P-384.`,
    });
  }
  const digest = createHash('sha256').update(publicKey).digest();
  const leaked = await ctx.sql`
    select 1 from ca.certificate join ca.revocation using (municipality, authority, serial)
    where spki_sha256 = ${digest} and reason = 'keyCompromise' limit 1`;
  if (leaked.length > 0) {
    throw new CaError('key.leaked', {
      ja: 'この公開鍵の秘密鍵は漏れたと届け出られています。新しい鍵を作ってください。',
      jaEasy: 'この かぎは もれました。新しい かぎを つくって ください。',
      en: 'This key was reported as leaked. Make a new one.',
    });
  }
}
