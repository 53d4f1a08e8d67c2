import { authorityById, type CaContext, issuingAuthority } from '../context.js';
import { isOurNonce } from '../holder/nonce.js';
import { templateFor } from '../issuance/issue.js';
import { makeCertificate } from '../issuance/make.js';
import { list } from '../queries.js';
import { begin, begunBy, giveUpEarlier, type Pending, pendingOf, sha256 } from './begun.js';
import {
  inTime,
  type KnownCard,
  knownCard,
  type Living,
  livingRecord,
  madeInCard,
  residentOf,
} from './eligible.js';
import { settleOverlaps } from './overlap.js';
import { refused } from './refusals.js';
import { readRenewal } from './request.js';

/** The new certificate, which counts from the confirmation on, and its issuer's. */
export interface Renewed {
  readonly certificate: Uint8Array;
  readonly issuer: Uint8Array;
}

/**
 * The first step of an online renewal (電子証明書のオンライン更新): the old key vouches for a new one that the card made in its spare place. Refused
 * (CaError, 77) before its time, for a certificate that is revoked, held, expired or not a registered resident's, where the register no
 * longer says what the certificate does, and for a key that this resident's card did not make. The old certificate stays good: it is
 * superseded when the card has changed over (`changedOver`). The same request sent again, or a new one for the same key
 * (something was lost), gets the same certificate; `renewal.again` asks for a new key.
 */
export async function renew(ctx: CaContext, cms: Uint8Array): Promise<Renewed> {
  const request = readRenewal(cms);
  if (request === undefined) throw refused('renewal.form');
  const digests = { nonce: sha256(request.nonce), request: sha256(cms), key: sha256(request.publicKey) };
  const before = await begunBy(ctx, { nonce: digests.nonce });
  if (before !== undefined) {
    if (!Buffer.from(before.request).equals(digests.request)) throw refused('renewal.nonce');
    return given(ctx, await pendingOf(ctx, before.key));
  }
  if (!isOurNonce(ctx, request.nonce)) throw refused('renewal.nonce');

  const old = await livingRecord(ctx, request.oldCertificate);
  const resident = await residentOf(ctx, old);
  const card = await knownCard(ctx, resident);
  inTime(ctx, old, card);
  madeInCard(card, old.profile, request);
  const same = await begunBy(ctx, { key: digests.key });
  if (same !== undefined) {
    if (same.oldAlias !== old.alias) throw refused('renewal.again');
    return given(ctx, await pendingOf(ctx, same.key));
  }
  await settleOverlaps(ctx, old.alias);
  // Refused where too many were begun: then the earlier one stays as it is.
  await begin(ctx, { ...digests, oldAlias: old.alias }, old.resident);
  await giveUpEarlier(ctx, old.alias);

  const authority = await issuingAuthority(
    ctx,
    old.profile === 'signature' ? 'sign' : 'auth',
    old.municipality,
  );
  const { publicKey } = request;
  const notBefore = new Date(Math.floor(ctx.clock().getTime() / 1000) * 1000);
  const notAfter = await capOf(ctx, old, card);
  const template = await templateFor(
    ctx,
    { profile: old.profile, publicKey, resident, ...(notAfter === undefined ? {} : { notAfter }) },
    { authority, publicKey, notBefore },
  );
  const made = await makeCertificate(ctx, {
    authority,
    profile: old.profile,
    municipality: old.municipality,
    issue: old.issue,
    resident: old.resident,
    publicKey,
    template,
  });
  return { certificate: made.certificate, issuer: authority.certificate.der };
}

/** What was made for this key before, unless it is gone: then the card makes another key. */
async function given(ctx: CaContext, pending: Pending | undefined): Promise<Renewed> {
  if (pending?.certificate === undefined || pending.revoked) throw refused('renewal.again');
  const issuer = await authorityById(ctx.sql, pending.authority);
  return { certificate: pending.certificate, issuer: issuer.certificate.der };
}

/** The card's end where it is known, and for the signature certificate the authentication certificate's. */
async function capOf(ctx: CaContext, old: Living, card: KnownCard): Promise<Date | undefined> {
  const ends = card.expires === undefined ? [] : [card.expires];
  if (old.profile === 'signature') {
    const others = await list(ctx, { resident: old.resident, profile: 'authentication', issue: old.issue });
    const living = others.find(({ status }) => status === 'valid')?.notAfter;
    if (living !== undefined) ends.push(living);
  }
  return ends.length === 0 ? undefined : new Date(Math.min(...ends.map((end) => end.getTime())));
}
