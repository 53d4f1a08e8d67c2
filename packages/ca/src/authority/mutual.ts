import { randomUUID } from 'node:crypto';
import { crossTemplate, demoOids, linkTemplate } from '@madoguchi/pki/certificates';
import type { Authority, AuthorityKind, CaContext } from '../context.js';
import { defect } from '../error.js';
import { makeCertificate } from '../issuance/make.js';
import { markDelivered } from '../issuance/record.js';

/** A certificate by which one issuing key vouches for another. Named `<issuer>-for-<subject>` in `/ca/…`. */
export interface MutualCertificate {
  readonly issuer: string;
  readonly subject: string;
  readonly certificate: Uint8Array;
}

/** All of them, the newest of a pair last. */
export async function mutualCertificates(ctx: Pick<CaContext, 'sql'>): Promise<MutualCertificate[]> {
  const rows = await ctx.sql<MutualCertificate[]>`
    select issuer, subject, certificate from ca.mutual order by issuer, subject, created_at`;
  return [...rows];
}

interface Policy {
  readonly oid: string;
  readonly mapsTo?: string;
}

/**
 * What a bridge demands of whom, as data: the policy of the issuer's domain, and what it equals in the subject's. On JPKI's side the
 * governors' signature policy counts, on the government's side the policy of certificates of office.
 */
const policies: Readonly<Partial<Record<`${AuthorityKind} ${AuthorityKind}`, readonly Policy[]>>> = {
  'bridge sign': [{ oid: demoOids.prefectureSignature }],
  'sign bridge': [{ oid: demoOids.prefectureSignature }],
  'bridge gpki': [{ oid: demoOids.prefectureSignature, mapsTo: demoOids.official }],
  'gpki bridge': [{ oid: demoOids.official, mapsTo: demoOids.prefectureSignature }],
  'gpki ministry': [{ oid: demoOids.official }],
  'ministry gpki': [{ oid: demoOids.official }],
};

/** Cross-certificates in both directions, until the first of the two authorities ends. What is there already is kept. */
export async function certifyMutually(ctx: CaContext, a: Authority, b: Authority): Promise<void> {
  await certify(ctx, a, b);
  await certify(ctx, b, a);
}

async function certify(ctx: CaContext, issuer: Authority, subject: Authority): Promise<void> {
  const [there] = await ctx.sql`
    select 1 from ca.mutual m where issuer = ${issuer.id} and subject = ${subject.id}
      and not exists (select 1 from ca.revocation r where r.authority = m.issuer and r.serial = m.serial)`;
  if (there !== undefined) return;
  const isLink = issuer.kind === subject.kind && issuer.prefecture === subject.prefecture;
  const allowed = policies[`${issuer.kind} ${subject.kind}`];
  if (!isLink && allowed === undefined) {
    throw defect('mutual.policy', `${issuer.id} does not certify ${subject.id}`);
  }
  const notBefore = new Date(Math.floor(ctx.clock().getTime() / 1000) * 1000);
  const { publicKey, notAfter } = {
    publicKey: subject.certificate.spki,
    notAfter: new Date(
      Math.min(issuer.certificate.notAfter.getTime(), subject.certificate.notAfter.getTime()),
    ),
  };
  const common = { publicKey, issuer: issuer.certificate, notBefore, notAfter };
  const made = await makeCertificate(ctx, {
    authority: issuer,
    profile: isLink ? 'link' : 'cross',
    municipality: '',
    issue: randomUUID(),
    // Two roots' keys are known already: they are certified by several others.
    keyIsKnown: true,
    publicKey,
    template: (serial) =>
      isLink
        ? linkTemplate({ ...common, serial })
        : crossTemplate({
            ...common,
            serial,
            subject: subject.certificate.subject.der,
            policies: allowed ?? [],
          }),
  });
  await ctx.sql`insert into ca.mutual ${ctx.sql({
    issuer: issuer.id,
    subject: subject.id,
    serial: made.serial,
    certificate: made.certificate,
    created_at: ctx.clock(),
  })}`;
  await markDelivered(ctx, [made]);
}
