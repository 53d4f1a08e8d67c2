import { type Certificate, parseCertificate } from '@madoguchi/pki/certificates';
import type { Keystore, Sql, Tx } from '@madoguchi/store';
import { clockSetBack } from './clock.js';
import { CaError, defect } from './error.js';
import type { KeyProvider } from './keys/provider.js';
import type { Scheme } from './schemes.js';

/**
 * The kinds of issuing keys: citizens' (`sign`, `auth`, and the smartphone class: their CRLs have a place each), agencies', time stamps'; in the scheme of 2008
 * also the bridge of JPKI, the government's bridge and a ministry behind it.
 */
export type AuthorityKind =
  | 'sign'
  | 'auth'
  | 'phone-sign'
  | 'phone-auth'
  | 'agency'
  | 'tsa'
  | 'bridge'
  | 'gpki'
  | 'ministry';

export const citizenKinds: readonly AuthorityKind[] = ['sign', 'auth', 'phone-sign', 'phone-auth'];

/** One issuing key and its certificate. */
export interface Authority {
  /** `sign-g1`, in the scheme of 2008 `sign-g1-13` for Tokyo's governor: also the name in `/ca/<id>.cer`. */
  readonly id: string;
  readonly kind: AuthorityKind;
  readonly generation: number;
  /** Two digits in the scheme of 2008, else empty. */
  readonly prefecture: string;
  /** From when on it issues; before, verifiers only get to know it. */
  readonly issuesFrom: Date;
  readonly keyId: Uint8Array;
  readonly certificate: Certificate;
  readonly responder?: { readonly certificate: Uint8Array; readonly key: string };
}

export const authorityId = (kind: AuthorityKind, generation: number, prefecture = '') =>
  `${kind}-g${generation}${prefecture === '' ? '' : `-${prefecture}`}`;

/** Steps of an issuance and of a publication, in order: told before each, so that a test can stop the process there. */
export type IssueStep =
  | 'reserved'
  | 'linted'
  | 'intended'
  | 'signed'
  | 'issued'
  | 'written'
  | 'delivered'
  | 'revoked'
  | 'crl.locked'
  | 'crl.signed'
  | 'crl.checked'
  | 'crl.swapped';

/** What every operation of the authority works with. */
export interface CaContext {
  readonly sql: Sql;
  readonly keystore: Keystore;
  readonly keys: KeyProvider;
  readonly scheme: Scheme;
  readonly clock: () => Date;
  /** How many days before its end a certificate may be renewed online. */
  readonly renewalDays: number;
  /** False only where a test makes what was issued long ago. */
  readonly clockMustNotGoBack: boolean;
  /** Where verifiers reach the HTTP side, without a slash at the end. */
  readonly publicUrl: string;
  readonly onStep: (step: IssueStep) => void | Promise<void>;
}

export const keyName = (authorityId: string) => `ca-${authorityId}`;

interface AuthorityRow {
  id: string;
  kind: AuthorityKind;
  generation: number;
  prefecture: string;
  issues_from: Date;
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
    prefecture: row.prefecture,
    issuesFrom: row.issues_from,
    keyId: row.key_id,
    certificate: certificateOf(row),
    ...(row.responder_certificate !== null && row.responder_key !== null
      ? { responder: { certificate: row.responder_certificate, key: row.responder_key } }
      : {}),
  };
}

/** All issuing keys, the newest generation of a kind last. */
export async function authorities(sql: Sql | Tx): Promise<Authority[]> {
  const rows = await sql<AuthorityRow[]>`
    select id, kind, generation, prefecture, issues_from, key_id, certificate, responder_certificate, responder_key
    from ca.authority order by kind, prefecture, generation`;
  return rows.map(fromRow);
}

const knownMs = 1000;
const known = new WeakMap<Sql, { readonly at: number; readonly all: Promise<Authority[]> }>();

/** The same, at most a second old: for what is done thousands of times. This process forgets it whenever it makes a key. */
function knownAuthorities(sql: Sql): Promise<Authority[]> {
  const found = known.get(sql);
  if (found !== undefined && performance.now() - found.at < knownMs) return found.all;
  const all = authorities(sql);
  known.set(sql, { at: performance.now(), all });
  all.catch(() => known.delete(sql));
  return all;
}

export function forgetAuthorities(sql: Sql): void {
  known.delete(sql);
}

/** The issuing key of that name. Throws CaError where there is none. */
export async function authorityById(sql: Sql | Tx, id: string): Promise<Authority> {
  const found = (await authorities(sql)).find((authority) => authority.id === id);
  if (found !== undefined) return found;
  throw new CaError('authority.unknown', {
    ja: `認証局「${id}」はありません。sign-g1、auth-g1、agency-g1 などです。`,
    jaEasy: `「${id}」は ありません。`,
    en: `There is no authority "${id}"; they are called sign-g1, auth-g1, agency-g1, …`,
  });
}

/** The key that issues now: the newest generation of its kind whose time has come. Citizens' keys are a prefecture's in the scheme of 2008. */
export async function issuingAuthority(
  ctx: Pick<CaContext, 'sql' | 'clock' | 'scheme'>,
  kind: AuthorityKind,
  municipality = '',
): Promise<Authority> {
  const isLocal = ctx.scheme.per === 'prefecture' && citizenKinds.includes(kind);
  const prefecture = isLocal ? municipality.slice(0, 2) : '';
  const all = await knownAuthorities(ctx.sql);
  const now = ctx.clock();
  const found = all
    .filter((one) => one.kind === kind && one.prefecture === prefecture && one.issuesFrom <= now)
    .at(-1);
  if (found !== undefined) return found;
  const waiting = all.find((one) => one.kind === kind && one.prefecture === prefecture);
  // The first generation issues from its making on: a clock before that was set back.
  if (waiting !== undefined) throw clockSetBack(now, waiting.issuesFrom);
  if (all.length > 0) throw notOfScheme(ctx.scheme, kind);
  throw new CaError(
    'authority.absent',
    {
      ja: '認証局がまだ作られていません。先に「madoguchi ca init」を実行してください。',
      jaEasy:
        '{認証局|にんしょうきょく}が まだ ありません。{先|さき}に「madoguchi ca init」を して ください。',
      en: `There is no ${kind} authority yet. Run "madoguchi ca init" first.`,
    },
    69,
  );
}

function notOfScheme(scheme: Scheme, kind: AuthorityKind): CaError {
  return new CaError('authority.scheme', {
    ja: `方式「${scheme.name}」の認証局は「${kind}」の証明書を発行しません。`,
    jaEasy: `「${kind}」の {証明書|しょうめいしょ}は ここでは つくれません。`,
    en: `An authority of the scheme "${scheme.name}" issues no "${kind}" certificates.`,
  });
}
