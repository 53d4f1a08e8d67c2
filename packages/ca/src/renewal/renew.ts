import { createHash } from 'node:crypto';
import { parseCertificate, readIdentity } from '@madoguchi/pki';
import { appendAudit } from '@madoguchi/store';
import { type CaContext, issuingAuthority } from '../context.js';
import { identityOf, type Resident } from '../identity/resident.js';
import { templateFor } from '../issuance/issue.js';
import { type Made, makeCertificate } from '../issuance/make.js';
import { auditChain } from '../issuance/record.js';
import { abandon } from '../issuance/recover.js';
import { lockResident } from '../issuance/second-issue.js';
import { type CertificateRecord, list, show } from '../queries.js';
import { type CounterResident, residentById } from '../register/find.js';
import { insertRevocation, tellRevoked } from '../revocation/ledger.js';
import { publishDue } from '../revocation/publish.js';
import { serialOctets } from '../revocation/revoke.js';
import { isOurNonce } from './nonce.js';
import { refused } from './refusals.js';
import { readRenewal } from './request.js';

/** What an online renewal gives. */
export interface Renewed {
  readonly certificate: Uint8Array;
  readonly issuer: Uint8Array;
}

type Living = CertificateRecord & {
  readonly profile: 'signature' | 'authentication';
  readonly resident: string;
};

/**
 * Online renewal (電子証明書のオンライン更新): the old key vouches for the new one. Refused (CaError, 77) for a certificate that is revoked, held,
 * expired or not a registered resident's, and where the register no longer says what the certificate does. The old certificate is superseded in
 * the commit that hands the new one over: there is never a moment with both or, but for the counter, with none. The same request sent again
 * (the answer was lost) gets the same certificate.
 */
export async function renew(ctx: CaContext, cms: Uint8Array): Promise<Renewed> {
  const request = readRenewal(cms);
  if (request === undefined) throw refused('renewal.form');
  const digests = { nonce: sha256(request.nonce), request: sha256(cms) };
  const before = await renewedBefore(ctx, digests);
  if (before !== undefined) return before;
  if (!isOurNonce(ctx, request.nonce)) throw refused('renewal.nonce');

  const old = await livingRecord(ctx, request.oldCertificate);
  const resident = await residentById(ctx, old.resident, old.municipality);
  if (resident === undefined) throw refused('renewal.unknown');
  if (resident.state !== 'present') throw refused('renewal.gone');
  if (old.profile === 'signature' && !saysTheSame(request.oldCertificate, resident)) {
    throw refused('renewal.changed');
  }
  const authority = await issuingAuthority(
    ctx,
    old.profile === 'signature' ? 'sign' : 'auth',
    old.municipality,
  );
  const { publicKey } = request;
  const notBefore = new Date(Math.floor(ctx.clock().getTime() / 1000) * 1000);
  const notAfter = await capOf(ctx, old, resident);
  const template = await templateFor(
    ctx,
    { profile: old.profile, publicKey, resident, ...(notAfter === undefined ? {} : { notAfter }) },
    { authority, publicKey, notBefore },
  );
  try {
    const made = await makeCertificate(ctx, {
      authority,
      profile: old.profile,
      municipality: old.municipality,
      issue: old.issue,
      resident: old.resident,
      publicKey,
      template,
    });
    await exchange(ctx, old, made, digests);
    return { certificate: made.certificate, issuer: authority.certificate.der };
  } catch (error) {
    await abandon(ctx, old.issue).catch(() => undefined);
    throw error;
  }
}

/** The old one is superseded, the new one handed over, the nonce used: all or nothing. */
async function exchange(
  ctx: CaContext,
  old: Living,
  made: Made,
  digests: { readonly nonce: Uint8Array; readonly request: Uint8Array },
): Promise<void> {
  const now = ctx.clock();
  const key = { ...old, serial: serialOctets(old.serial) ?? new Uint8Array(0) };
  await ctx.sql.begin(async (tx) => {
    await lockResident(tx, old.resident);
    const what = {
      reason: 'superseded',
      ground: 'request',
      at: new Date(Math.floor(now.getTime() / 1000) * 1000),
      actor: 'holder',
    } as const;
    if (!(await insertRevocation(ctx, tx, key, what))) throw refused('renewal.revoked');
    const delivered = await tx`update ca.certificate c set state = 'delivered', changed_at = ${now}
      where municipality = ${made.municipality} and authority = ${made.authority} and serial = ${made.serial}
        and state = 'issued' and not exists (select 1 from ca.revocation r
          where r.municipality = c.municipality and r.authority = c.authority and r.serial = c.serial)`;
    if (delivered.count !== 1) throw refused('renewal.changed');
    const used = await tx`insert into ca.renewal ${tx({
      nonce_sha256: digests.nonce,
      request_sha256: digests.request,
      old_alias: old.alias,
      new_alias: made.alias,
      renewed_at: now,
    })} on conflict do nothing`;
    if (used.count !== 1) throw refused('renewal.nonce');
    await appendAudit(tx, auditChain, {
      at: now,
      actor: 'holder',
      action: 'certificate.renewed',
      subject: made.alias,
      detail: { old: old.alias, profile: old.profile },
    });
  });
  await tellRevoked(ctx, key);
  // OCSP tells it already; a list that cannot be published now is behind the ledger, and the next run makes it.
  await publishDue(ctx).catch(() => []);
}

async function renewedBefore(
  ctx: CaContext,
  digests: { readonly nonce: Uint8Array; readonly request: Uint8Array },
): Promise<Renewed | undefined> {
  const [row] = await ctx.sql<{ alias: string; same: boolean }[]>`
    select new_alias as alias, request_sha256 = ${digests.request} as same from ca.renewal
    where nonce_sha256 = ${digests.nonce}`;
  if (row === undefined) return undefined;
  if (!row.same) throw refused('renewal.nonce');
  const found = await show(ctx, { alias: row.alias });
  if (found?.certificate === undefined) throw refused('renewal.unknown');
  const kind = found.profile === 'signature' ? 'sign' : 'auth';
  const issuer = await issuingAuthority(ctx, kind, found.municipality);
  return { certificate: found.certificate, issuer: issuer.certificate.der };
}

/** The record of the very certificate that was sent, to the octet, if it may still be used. */
async function livingRecord(ctx: CaContext, der: Uint8Array): Promise<Living> {
  const parsed = parseCertificate(der);
  if (!parsed.ok) throw refused('renewal.form');
  const record = await show(ctx, { serial: Buffer.from(parsed.value.serial).toString('hex') });
  if (record?.certificate === undefined || !Buffer.from(record.certificate).equals(der)) {
    throw refused('renewal.unknown');
  }
  const { profile, resident, state, status } = record;
  if (profile !== 'signature' && profile !== 'authentication') throw refused('renewal.unknown');
  if (status === 'revoked') throw refused('renewal.revoked');
  if (status === 'expired') throw refused('renewal.expired');
  if (resident === undefined || state !== 'delivered') throw refused('renewal.unknown');
  return { ...record, profile, resident };
}

/** Whether the register says today what stands in the certificate; a certificate has one value for 'other' and 'unknown'. */
function saysTheSame(certificate: Uint8Array, resident: Resident): boolean {
  const parsed = parseCertificate(certificate);
  const read = parsed.ok ? readIdentity(parsed.value) : undefined;
  if (!read?.ok) return false;
  const now = identityOf(resident);
  const sex = (one: Resident['sex']) => (one === 'other' ? 'unknown' : one);
  return (
    read.value.name === now.name &&
    read.value.nameSubstitution === now.nameSubstitution &&
    read.value.address === now.address &&
    read.value.addressSubstitution === now.addressSubstitution &&
    read.value.birthDate === now.birthDate &&
    sex(read.value.sex) === sex(now.sex)
  );
}

/** The card's end where it is known, and for the signature certificate the authentication certificate's. */
async function capOf(ctx: CaContext, old: Living, resident: CounterResident): Promise<Date | undefined> {
  const [card] = await ctx.sql<{ at: Date | null }[]>`select expires_at as at from ca.counter_card
    where municipality = ${resident.municipality} and resident = ${resident.id} order by made_at desc limit 1`;
  const ends = card?.at == null ? [] : [card.at];
  if (old.profile === 'signature') {
    const others = await list(ctx, { resident: resident.id, profile: 'authentication', issue: old.issue });
    const living = others.find(({ status }) => status === 'valid')?.notAfter;
    if (living !== undefined) ends.push(living);
  }
  return ends.length === 0 ? undefined : new Date(Math.min(...ends.map((end) => end.getTime())));
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();
