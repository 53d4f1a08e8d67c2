import type { Sql, Tx } from '@madoguchi/store';
import type { CaContext } from '../context.js';
import type { RecordKey } from '../revocation/ledger.js';
import type { Owner } from './owner.js';
import type { TokenMedium } from './request.js';

/** A token of a resident as the record has it. */
export interface Token {
  readonly id: string;
  readonly medium: TokenMedium;
  readonly madeAt: Date;
  readonly certificates: readonly TokenCertificate[];
}

export interface TokenCertificate extends RecordKey {
  readonly profile: 'phone-signature' | 'phone-authentication';
  readonly state: 'intended' | 'issued' | 'delivered';
  readonly notAfter: Date;
  readonly revoked: boolean;
  readonly certificate: Uint8Array | undefined;
}

interface Row {
  id: string;
  medium: TokenMedium;
  begun_at: Date;
  municipality: string;
  authority: string;
  serial: Uint8Array;
  alias: string;
  profile: TokenCertificate['profile'];
  state: TokenCertificate['state'];
  not_after: Date;
  revoked: boolean;
  certificate: Uint8Array | null;
}

async function tokensWhere(sql: Sql | Tx, where: ReturnType<Sql>): Promise<Token[]> {
  const rows = await sql<Row[]>`
    select t.id, t.medium, t.begun_at, c.municipality, c.authority, c.serial, c.alias, c.profile, c.state, c.not_after,
      c.certificate, r.serial is not null as revoked
    from ca.token t join ca.certificate c on c.spki_sha256 in (t.sign_key, t.auth_key) and c.state <> 'reserved'
      left join ca.revocation r on r.municipality = c.municipality and r.authority = c.authority and r.serial = c.serial
    where ${where} order by t.begun_at, t.id, c.profile desc`;
  const found = new Map<string, Token & { certificates: TokenCertificate[] }>();
  for (const row of rows) {
    const { id, medium, begun_at: madeAt, not_after: notAfter, certificate, ...rest } = row;
    const token = found.get(id) ?? { id, medium, madeAt, certificates: [] };
    token.certificates.push({ ...rest, notAfter, certificate: certificate ?? undefined });
    found.set(id, token);
  }
  return [...found.values()];
}

/** The tokens of a resident that count: handed over, not revoked, not ended. */
export async function livingTokens(
  ctx: CaContext,
  owner: Pick<Owner['resident'], 'id' | 'municipality'>,
): Promise<Token[]> {
  const all = await tokensWhere(
    ctx.sql,
    ctx.sql`t.municipality = ${owner.municipality} and t.resident = ${owner.id}`,
  );
  return all.flatMap((token) => {
    const certificates = token.certificates.filter((one) => isLiving(one, ctx.clock()));
    return certificates.length === 0 ? [] : [{ ...token, certificates }];
  });
}

export function isLiving(one: TokenCertificate, now: Date): boolean {
  return one.state === 'delivered' && !one.revoked && one.notAfter >= now;
}

export async function tokenById(ctx: CaContext, id: string): Promise<Token | undefined> {
  return (await tokensWhere(ctx.sql, ctx.sql`t.id = ${id}`))[0];
}

/** The token that a key belongs to, by SHA-256 of its SubjectPublicKeyInfo. */
export async function tokenOfKey(
  ctx: CaContext,
  key: Uint8Array,
): Promise<(Token & { owner: string; place: string }) | undefined> {
  const [row] = await ctx.sql<{ id: string; resident: string; municipality: string }[]>`
    select id, resident, municipality from ca.token where sign_key = ${key} or auth_key = ${key}`;
  if (row === undefined) return undefined;
  const token = await tokenById(ctx, row.id);
  return token === undefined ? undefined : { ...token, owner: row.resident, place: row.municipality };
}
