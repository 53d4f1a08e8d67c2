import { type Certificate, parseCertificate, type Signer, softwareSigner } from '@madoguchi/pki';
import type { Keystore, Sql } from '@madoguchi/store';
import { CaError, defect } from './error.js';

/** The kinds of issuing keys. Citizens' kinds have a CRL for each municipality. */
export type AuthorityKind = 'sign' | 'auth' | 'agency' | 'tsa';

export const citizenKinds: readonly AuthorityKind[] = ['sign', 'auth'];

/** One issuing key and its certificate. */
export interface Authority {
  /** `sign-g1`: also the name in `/ca/<id>.cer`. */
  readonly id: string;
  readonly kind: AuthorityKind;
  readonly generation: number;
  readonly keyId: Uint8Array;
  readonly certificate: Certificate;
  readonly responder?: { readonly certificate: Uint8Array; readonly key: string };
}

/** Steps of an issuance, in order: told before each, so that a test can stop the process there. */
export type IssueStep = 'reserved' | 'linted' | 'intended' | 'signed' | 'issued' | 'written' | 'delivered';

/** What every operation of the authority works with. */
export interface CaContext {
  readonly sql: Sql;
  readonly keystore: Keystore;
  readonly clock: () => Date;
  /** Where verifiers reach the HTTP side, without a slash at the end. */
  readonly publicUrl: string;
  readonly onStep: (step: IssueStep) => void | Promise<void>;
}

const signers = new WeakMap<Keystore, Map<string, Promise<Signer>>>();

export const keyName = (authorityId: string) => `ca-${authorityId}`;

interface AuthorityRow {
  id: string;
  kind: AuthorityKind;
  generation: number;
  key_id: Uint8Array;
  certificate: Uint8Array;
  responder_certificate: Uint8Array | null;
  responder_key: string | null;
}

/** An authority's certificate never changes under its key: read once a process. OCSP asks for it with every request. */
const certificates = new Map<string, Certificate>();

function certificateOf(row: AuthorityRow): Certificate {
  const key = Buffer.from(row.key_id).toString('hex');
  const known = certificates.get(key);
  if (known !== undefined) return known;
  const parsed = parseCertificate(row.certificate);
  if (!parsed.ok) throw defect('authority.certificate', `the certificate of ${row.id} cannot be read`);
  certificates.set(key, parsed.value);
  return parsed.value;
}

function fromRow(row: AuthorityRow): Authority {
  return {
    id: row.id,
    kind: row.kind,
    generation: row.generation,
    keyId: row.key_id,
    certificate: certificateOf(row),
    ...(row.responder_certificate !== null && row.responder_key !== null
      ? { responder: { certificate: row.responder_certificate, key: row.responder_key } }
      : {}),
  };
}

/** All issuing keys, the newest generation of a kind last. */
export async function authorities(sql: Sql): Promise<Authority[]> {
  const rows = await sql<AuthorityRow[]>`
    select id, kind, generation, key_id, certificate, responder_certificate, responder_key
    from ca.authority order by kind, generation`;
  return rows.map(fromRow);
}

/** The key that issues now: the newest generation of its kind. */
export async function issuingAuthority(sql: Sql, kind: AuthorityKind): Promise<Authority> {
  const found = (await authorities(sql)).filter((authority) => authority.kind === kind).at(-1);
  if (found === undefined) {
    throw new CaError(
      'authority.absent',
      {
        ja: '認証局がまだ作られていません。先に「madoguchi ca init」を実行してください。',
        jaEasy: '認証局が まだ ありません。先に「madoguchi ca init」を して ください。',
        en: `There is no ${kind} authority yet. Run "madoguchi ca init" first.`,
      },
      69,
    );
  }
  return found;
}

/** The signer of a key in the key store, by its name there. Opened once a process. */
export function signerOf(keystore: Keystore, name: string): Promise<Signer> {
  const known = signers.get(keystore) ?? new Map<string, Promise<Signer>>();
  signers.set(keystore, known);
  const opened = known.get(name) ?? openSigner(keystore, name);
  known.set(name, opened);
  opened.catch(() => known.delete(name));
  return opened;
}

async function openSigner(keystore: Keystore, name: string): Promise<Signer> {
  const pkcs8 = await keystore.get(name);
  if (pkcs8 === undefined) {
    throw new CaError(
      'keystore.absent',
      {
        ja: `鍵「${name}」が鍵の保管場所にありません。データと同じ鍵ファイルを使っているか確かめてください。`,
        jaEasy: `かぎ「${name}」が ありません。`,
        en: `The key "${name}" is not in the key store. Check that the key store belongs to this data.`,
      },
      69,
    );
  }
  return softwareSigner(pkcs8);
}
