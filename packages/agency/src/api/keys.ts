import { newSecret, type Sql, secretDigest } from '@madoguchi/store';
import { type ConnectionAct, connectionName, recordConnection } from './connection.js';

const tokenPattern = /^mado_[A-Za-z0-9_-]{43}$/;

export interface ApiKey {
  readonly name: string;
  /** Null: over all procedures of the agency. */
  readonly procedure: string | null;
  readonly createdAt: Date;
  readonly revokedAt: Date | null;
}

/** The key by which a request came. */
export type ApiKeyUsed = Pick<ApiKey, 'name' | 'procedure'>;

/** Makes a key for a core system. Its token is given here once and kept nowhere; undefined when the name is taken or not `a-z 0-9 -`. */
export async function createApiKey(
  sql: Sql,
  agency: string,
  input: ConnectionAct & { procedure?: string | undefined },
): Promise<string | undefined> {
  const { name, procedure = null, officer, now } = input;
  if (!connectionName.test(name)) return undefined;
  const token = `mado_${newSecret()}`;
  return sql.begin(async (tx) => {
    const made =
      await tx`insert into agency.api_keys (agency, key_hash, name, procedure_id, created_by, created_at)
      values (${agency}, ${secretDigest(token)}, ${name}, ${procedure}, ${officer}, ${now}) on conflict do nothing returning 1`;
    if (made.length === 0) return undefined;
    await recordConnection(tx, agency, 'api.keyCreated', input, { procedure: procedure ?? '*' });
    return token;
  });
}

/** Ends a key: from now on it opens nothing. */
export async function revokeApiKey(sql: Sql, agency: string, input: ConnectionAct): Promise<void> {
  const { name, now } = input;
  await sql.begin(async (tx) => {
    const ended = await tx`update agency.api_keys set revoked_at = ${now}
      where agency = ${agency} and name = ${name} and revoked_at is null returning 1`;
    if (ended.length === 0) return;
    await recordConnection(tx, agency, 'api.keyRevoked', input);
  });
}

export async function listApiKeys(sql: Sql, agency: string): Promise<ApiKey[]> {
  return sql<
    ApiKey[]
  >`select name, procedure_id as procedure, created_at as "createdAt", revoked_at as "revokedAt" from agency.api_keys
    where agency = ${agency} order by created_at`;
}

/** The key in an Authorization header; undefined for anything else. */
export async function keyOf(
  sql: Sql,
  agency: string,
  header: string | undefined,
): Promise<ApiKeyUsed | undefined> {
  const token = /^Bearer (\S{1,100})$/.exec(header ?? '')?.[1] ?? '';
  if (!tokenPattern.test(token)) return undefined;
  const [row] = await sql<ApiKeyUsed[]>`select name, procedure_id as procedure from agency.api_keys
    where agency = ${agency} and key_hash = ${secretDigest(token)} and revoked_at is null`;
  return row;
}
