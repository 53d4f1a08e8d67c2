import { randomUUID } from 'node:crypto';
import { authenticationTemplate, demoOids, signatureTemplate } from '@madoguchi/pki';
import { authenticationCommonName, signatureCommonName } from '../common-name.js';
import { authorityById, type CaContext, issuingAuthority } from '../context.js';
import { defect } from '../error.js';
import { isOurNonce } from '../holder/nonce.js';
import { identityOf } from '../identity/resident.js';
import { partitionOf } from '../issuance/issue.js';
import { makeCertificate } from '../issuance/make.js';
import { lockResident } from '../issuance/second-issue.js';
import { officeOf } from '../office/settings.js';
import { findMunicipality } from '../places.js';
import { aDayBefore, sha256 } from '../renewal/begun.js';
import type { Owner } from './owner.js';
import { preparePhoneAuthorities } from './phone-authorities.js';
import { livingTokens, type Token, tokenById } from './record.js';
import { refused } from './refusals.js';
import type { TokenRequest } from './request.js';

/** What a token is given: both certificates, which count from the confirmation on, and their issuers'. DER. */
export interface TokenIssued {
  readonly token: string;
  readonly sign: Uint8Array;
  readonly auth: Uint8Array;
  readonly signIssuer: Uint8Array;
  readonly authIssuer: Uint8Array;
}

type Wanted = Extract<TokenRequest, { action: 'issue' }>;

/**
 * Certificates for a smartphone token, from the card: certificates of a class of their own, no longer than the card's signature certificate.
 * One token of a kind: `token.exists` unless the request says that it is replaced, which happens when the new one is confirmed. The same
 * request sent again gets the same certificates.
 */
export async function issueToken(
  ctx: CaContext,
  owner: Owner,
  wanted: Wanted,
  cms: Uint8Array,
): Promise<TokenIssued> {
  if (ctx.scheme.name !== 'national') throw refused('token.scheme');
  const digests = { nonce: sha256(wanted.nonce), request: sha256(cms) };
  const [before] = await ctx.sql<{ id: string; request: Uint8Array }[]>`
    select id, request_sha256 as request from ca.token where nonce_sha256 = ${digests.nonce}`;
  if (before !== undefined) {
    if (!Buffer.from(before.request).equals(digests.request)) throw refused('token.nonce');
    return given(ctx, await tokenById(ctx, before.id));
  }
  if (!isOurNonce(ctx, wanted.nonce)) throw refused('token.nonce');
  const { card, resident } = owner;
  const same = (await livingTokens(ctx, resident)).filter(({ medium }) => medium === wanted.medium);
  if (same.length > 0 && !wanted.replace) throw refused('token.exists');
  await preparePhoneAuthorities(ctx);

  const id = randomUUID();
  await begin(ctx, {
    id,
    municipality: card.municipality,
    resident: resident.id,
    medium: wanted.medium,
    card_alias: card.alias,
    sign_key: sha256(wanted.signKey),
    auth_key: sha256(wanted.authKey),
    nonce_sha256: digests.nonce,
    request_sha256: digests.request,
    begun_at: ctx.clock(),
  });
  for (const side of ['auth', 'sign'] as const) await makeOne(ctx, owner, wanted, side);
  return given(ctx, await tokenById(ctx, id));
}

/** Committed before anything is made. `token.tooMany` where this person began so many within a day: each leaves entries in the lists. */
async function begin(
  ctx: CaContext,
  row: { readonly resident: string; readonly municipality: string; readonly begun_at: Date } & Readonly<
    Record<string, unknown>
  >,
): Promise<void> {
  const { attemptsPerDay } = await officeOf(ctx);
  await ctx.sql.begin(async (tx) => {
    await lockResident(tx, row.resident);
    const earlier = await tx`select 1 from ca.token
      where municipality = ${row.municipality} and resident = ${row.resident} and begun_at > ${aDayBefore(row.begun_at)}`;
    if (earlier.length >= attemptsPerDay) throw refused('token.tooMany');
    const begun = await tx`insert into ca.token ${tx(row)} on conflict do nothing`;
    if (begun.count !== 1) throw refused('token.again');
  });
}

async function makeOne(ctx: CaContext, { card, resident }: Owner, wanted: Wanted, side: 'sign' | 'auth') {
  const place = findMunicipality(card.municipality);
  if (place === undefined) throw defect('place', 'the municipality was checked before');
  const authority = await issuingAuthority(ctx, `phone-${side}`, place.code);
  const publicKey = side === 'sign' ? wanted.signKey : wanted.authKey;
  const notBefore = new Date(Math.floor(ctx.clock().getTime() / 1000) * 1000);
  const end = Math.min(card.notAfter.getTime(), authority.certificate.notAfter.getTime());
  const common = {
    ...{ publicKey, notBefore, issuer: authority.certificate, notAfter: new Date(end) },
    ...{ prefectureRomaji: place.prefectureRomaji, municipalityRomaji: place.romaji },
    ...partitionOf(ctx, authority, place.prefectureRomaji),
  };
  await makeCertificate(ctx, {
    authority,
    profile: side === 'sign' ? 'phone-signature' : 'phone-authentication',
    municipality: place.code,
    // With those of the card: what ends the card's ends the token's, and no new card is made while they live.
    issue: card.issue,
    resident: resident.id,
    publicKey,
    template: (serial, number) =>
      side === 'sign'
        ? signatureTemplate({
            ...common,
            serial,
            identity: identityOf(resident),
            commonName: signatureCommonName(notBefore, number),
            policyOid: demoOids.phoneSignature,
          })
        : authenticationTemplate({
            ...common,
            serial,
            commonName: authenticationCommonName(place.code, number),
            policyOid: demoOids.phoneAuthentication,
            ocspUrl: `${ctx.publicUrl}/ocsp`,
          }),
  });
}

/** What was made for a token, as long as all of it is there. */
async function given(ctx: CaContext, token: Token | undefined): Promise<TokenIssued> {
  const one = async (profile: string) => {
    const found = token?.certificates.find((each) => each.profile === profile);
    if (found?.certificate === undefined || found.revoked) throw refused('token.again');
    const issuer = await authorityById(ctx.sql, found.authority);
    return { certificate: found.certificate, issuer: issuer.certificate.der };
  };
  const [sign, auth] = [await one('phone-signature'), await one('phone-authentication')];
  return {
    token: token?.id ?? '',
    ...{ sign: sign.certificate, signIssuer: sign.issuer },
    ...{ auth: auth.certificate, authIssuer: auth.issuer },
  };
}
