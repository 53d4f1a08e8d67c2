import { parseCertificate, serialHex } from '@madoguchi/pki/certificates';
import { isUuid } from '@madoguchi/store';
import type { CaContext } from './context.js';
import type { IssuedProfile } from './issuance/record.js';
import type { CaReason } from './reasons.js';
import { serialOctets } from './revocation/revoke.js';

/** One certificate of the issue record. The serial number is for who runs the authority: never show it on a page or log it. */
export interface CertificateRecord {
  readonly alias: string;
  readonly serial: string;
  readonly profile: IssuedProfile;
  readonly authority: string;
  /** Five digits; empty for certificates that are not citizens'. */
  readonly municipality: string;
  readonly state: 'reserved' | 'intended' | 'issued' | 'delivered';
  readonly status: 'valid' | 'revoked' | 'expired' | 'unfinished';
  readonly issue: string;
  readonly resident?: string;
  readonly notBefore?: Date;
  readonly notAfter?: Date;
  readonly revocation?: { readonly at: Date; readonly reason: CaReason };
}

interface Row {
  alias: string;
  serial: Uint8Array;
  profile: IssuedProfile;
  authority: string;
  municipality: string;
  state: CertificateRecord['state'];
  issue: string;
  resident: string | null;
  not_before: Date | null;
  not_after: Date | null;
  revoked_at: Date | null;
  reason: CaReason | null;
}

export interface ListFilter {
  readonly municipality?: string;
  readonly profile?: IssuedProfile;
  readonly authority?: string;
  /** A resident's, by the register's id. */
  readonly resident?: string;
  /** Those of any of these residents; `nobody`: of cards whose holder is in no register. */
  readonly residents?: readonly string[] | 'nobody';
  /** The certificates of one card. */
  readonly issue?: string;
  /** Newest first; default 1000. */
  readonly limit?: number;
}

const columns = (ctx: CaContext) => ctx.sql`
  c.alias, c.serial, c.profile, c.authority, c.municipality, c.state, c.issue, c.resident, c.not_before, c.not_after,
  r.revoked_at, r.reason`;

/** The issue record, newest first. */
export async function list(ctx: CaContext, filter: ListFilter = {}): Promise<CertificateRecord[]> {
  const rows = await ctx.sql<Row[]>`
    select ${columns(ctx)}
    from ca.certificate c left join ca.revocation r using (municipality, authority, serial)
    where (${filter.municipality ?? null}::text is null or c.municipality = ${filter.municipality ?? null})
      and (${filter.profile ?? null}::text is null or c.profile = ${filter.profile ?? null})
      and (${filter.authority ?? null}::text is null or c.authority = ${filter.authority ?? null})
      and (${filter.resident ?? null}::uuid is null or c.resident = ${filter.resident ?? null})
      and ${residentsOf(ctx, filter.residents)}
      and (${filter.issue ?? null}::uuid is null or c.issue = ${filter.issue ?? null})
    order by c.reserved_at desc, c.serial desc
    limit ${filter.limit ?? 1000}`;
  return rows.map((row) => fromRow(row, ctx.clock()));
}

function residentsOf(ctx: CaContext, which: ListFilter['residents']) {
  if (which === undefined) return ctx.sql`true`;
  return which === 'nobody'
    ? ctx.sql`c.resident is null and c.municipality <> ''`
    : ctx.sql`c.resident = any(${[...which]}::uuid[])`;
}

/** One certificate with its bytes; undefined where the authority does not know it. */
export async function show(
  ctx: CaContext,
  which: { readonly serial: string } | { readonly alias: string },
): Promise<(CertificateRecord & { certificate?: Uint8Array }) | undefined> {
  const serial = 'serial' in which ? serialOctets(which.serial) : undefined;
  if ('serial' in which && serial === undefined) return undefined;
  if ('alias' in which && !isUuid(which.alias)) return undefined;
  const where =
    'alias' in which
      ? ctx.sql`c.alias = ${which.alias}`
      : ctx.sql`c.authority in (select id from ca.authority) and c.serial = ${serial ?? null}`;
  const [row] = await ctx.sql<(Row & { certificate: Uint8Array | null })[]>`
    select ${columns(ctx)}, c.certificate
    from ca.certificate c left join ca.revocation r using (municipality, authority, serial)
    where ${where}`;
  if (row === undefined) return undefined;
  return {
    ...fromRow(row, ctx.clock()),
    ...(row.certificate === null ? {} : { certificate: row.certificate }),
  };
}

/** The record of this very certificate (DER), to the octet; undefined for any other. */
export async function recordOf(
  ctx: CaContext,
  der: Uint8Array,
): Promise<(CertificateRecord & { certificate: Uint8Array }) | undefined> {
  const parsed = parseCertificate(der);
  if (!parsed.ok) return undefined;
  const record = await show(ctx, { serial: Buffer.from(parsed.value.serial).toString('hex') });
  const { certificate } = record ?? {};
  if (record === undefined || certificate === undefined || !Buffer.from(certificate).equals(der))
    return undefined;
  return { ...record, certificate };
}

function fromRow(row: Row, now: Date): CertificateRecord {
  return {
    alias: row.alias,
    serial: serialHex({ serial: row.serial }),
    profile: row.profile,
    authority: row.authority,
    municipality: row.municipality,
    state: row.state,
    status: statusOf(row, now),
    issue: row.issue,
    ...(row.resident === null ? {} : { resident: row.resident }),
    ...(row.not_before === null ? {} : { notBefore: row.not_before }),
    ...(row.not_after === null ? {} : { notAfter: row.not_after }),
    ...(row.revoked_at === null || row.reason === null
      ? {}
      : { revocation: { at: row.revoked_at, reason: row.reason } }),
  };
}

function statusOf(row: Row, now: Date): CertificateRecord['status'] {
  if (row.revoked_at !== null) return 'revoked';
  if (row.state === 'reserved' || row.state === 'intended') return 'unfinished';
  return row.not_after !== null && row.not_after < now ? 'expired' : 'valid';
}

/** A resident of the register, with the id that `issueToCard` takes. */
export interface ResidentRecord {
  readonly id: string;
  readonly municipality: string;
  readonly name: string;
  /** Reading of the name; empty where the register has none. */
  readonly kana: string;
  readonly address: string;
  readonly birthDate: string;
  readonly sex: 'male' | 'female' | 'other' | 'unknown';
  readonly stayUntil?: Date;
}

interface ResidentRow {
  id: string;
  municipality: string;
  name: string;
  kana: string;
  address: string;
  birth_date: string;
  sex: ResidentRecord['sex'];
  stay_until: Date | null;
}

/** The residents a counter can serve, in the order of their birth. */
export async function residents(ctx: CaContext, municipality?: string): Promise<ResidentRecord[]> {
  const rows = await ctx.sql<ResidentRow[]>`
    select id, municipality, name, kana, address, birth_date, sex, stay_until from ca.resident
    where ${municipality ?? null}::text is null or municipality = ${municipality ?? null}
    order by municipality, birth_date, name`;
  return rows.map((row) => ({
    id: row.id,
    municipality: row.municipality,
    name: row.name,
    kana: row.kana,
    address: row.address,
    birthDate: row.birth_date,
    sex: row.sex,
    ...(row.stay_until === null ? {} : { stayUntil: row.stay_until }),
  }));
}
