import {
  type AuditHead,
  type AuditVerdict,
  auditHead,
  type Keystore,
  migrate,
  type Sql,
  verifyAudit,
} from '@madoguchi/store';
import { type MutualCertificate, mutualCertificates } from './authority/mutual.js';
import { type RollOverInput, rollOver } from './authority/roll-over.js';
import { type Authority, authorities, type CaContext, type IssueStep } from './context.js';
import { closeBrokenActs } from './counter/open-acts.js';
import { CaError } from './error.js';
import { migrations } from './init.js';
import { type Issued, type IssueInput, issue } from './issuance/issue.js';
import { type CardIssue, type CardIssueResult, issueToCard } from './issuance/issue-to-card.js';
import { type RecheckFault, recheck } from './issuance/recheck.js';
import { auditChain } from './issuance/record.js';
import { recover } from './issuance/recover.js';
import { type KeyProvider, softwareKeys } from './keys/provider.js';
import {
  type CertificateRecord,
  type ListFilter,
  list,
  type ResidentRecord,
  residents,
  show,
} from './queries.js';
import { endOverdue } from './renewal/overlap.js';
import { usualRenewalDays } from './renewal/window.js';
import { publishAll, publishDue } from './revocation/publish.js';
import { type PublishedCrl, publishedCrl, publishedCrls } from './revocation/published.js';
import { type RevokeInput, type RevokeResult, revoke } from './revocation/revoke.js';
import { type SchemeName, schemes } from './schemes.js';
import { type CaStats, stats } from './stats.js';
import { preparePhoneAuthorities } from './tokens/phone-authorities.js';

export interface OpenInput {
  readonly sql: Sql;
  readonly keystore: Keystore;
  /** Where the issuing keys are; default: sealed in the key store. */
  readonly keys?: KeyProvider;
  readonly clock: () => Date;
  /** How many days before its end a certificate may be renewed online; default 90. More lets a demo show it. */
  readonly renewalDays?: number;
  /** For tests that make what was issued long ago: the clock may stand before what was recorded already. */
  readonly clockMayGoBack?: boolean;
  /** Overrides the address that `initCa` stored; stands in certificates issued from now on. */
  readonly publicUrl?: string;
  /** For tests: told before each step of an issuance. */
  readonly onStep?: (step: IssueStep) => void | Promise<void>;
}

/** Certificates to trust, by use. All generations, oldest first. */
export interface Anchors {
  readonly signature: readonly Uint8Array[];
  readonly authentication: readonly Uint8Array[];
  readonly agency: readonly Uint8Array[];
  readonly tsa: readonly Uint8Array[];
  /** In the scheme of 2008: the bridge of JPKI, and the government's side. */
  readonly bridge: readonly Uint8Array[];
  readonly government: readonly Uint8Array[];
}

/** The open authority: what the command line, `start` and the HTTP side call. All operations throw CaError with words for the reader. */
export interface Ca {
  readonly context: CaContext;
  issueToCard(input: CardIssue): Promise<CardIssueResult>;
  issue(input: IssueInput): Promise<Issued>;
  revoke(input: RevokeInput): Promise<RevokeResult>;
  list(filter?: ListFilter): Promise<CertificateRecord[]>;
  show(
    which: { readonly serial: string } | { readonly alias: string },
  ): Promise<(CertificateRecord & { certificate?: Uint8Array }) | undefined>;
  residents(municipality?: string): Promise<ResidentRecord[]>;
  stats(): Promise<CaStats>;
  authorities(): Promise<Authority[]>;
  anchors(): Promise<Anchors>;
  /** Makes the issuing keys of the smartphone class where they are missing; nothing in the scheme of 2008. */
  preparePhones(): Promise<void>;
  /** Link and cross-certificates between the authorities. */
  mutualCertificates(): Promise<MutualCertificate[]>;
  /** The next generation of an authority, with overlap. */
  rollOver(input: RollOverInput): Promise<Authority>;
  /** One published list: `crl('sign-g1', '99201')`, `crl('sign-g1', 'arl')`, `crl('agency-g1', 'all')`. */
  crl(authority: string, code: string): Promise<PublishedCrl | undefined>;
  crls(): Promise<PublishedCrl[]>;
  publishAll(): Promise<PublishedCrl[]>;
  publishDue(): Promise<PublishedCrl[]>;
  /** Revokes what a crash left between signature and delivery, and closes the counter's acts that it broke off; returns how many it revoked. */
  recover(olderThanMs?: number): Promise<number>;
  /** Lints every stored certificate again, under the rules of today. */
  recheck(): Promise<RecheckFault[]>;
  /** Walks the authority's audit chain; `head` is a remembered end, against a cut tail. */
  verifyAudit(head?: AuditHead): Promise<AuditVerdict>;
  /** The end of the audit chain now: to be kept elsewhere. It is also in every CRL. */
  auditHead(): Promise<AuditHead | undefined>;
}

/** Opens an authority that `initCa` made. Throws CaError (69) where there is none. */
export async function openCa(input: OpenInput): Promise<Ca> {
  const { sql, keystore, clock } = input;
  await migrate(sql, migrations);
  const settings = await sql<{ name: string; value: string }[]>`select name, value from ca.setting`;
  const setting = (name: string) => settings.find((row) => row.name === name)?.value;
  if (setting('initialised') === undefined) {
    throw new CaError(
      'authority.absent',
      {
        ja: '認証局がまだ作られていません。先に「madoguchi ca init」を実行してください。',
        jaEasy:
          '{認証局|にんしょうきょく}が まだ ありません。{先|さき}に「madoguchi ca init」を して ください。',
        en: 'There is no authority in this data folder yet. Run "madoguchi ca init" first.',
      },
      69,
    );
  }
  const ctx: CaContext = {
    sql,
    keystore,
    keys: input.keys ?? softwareKeys(keystore),
    scheme: schemes[(setting('scheme') ?? 'national') as SchemeName],
    clock,
    renewalDays: input.renewalDays ?? usualRenewalDays,
    clockMustNotGoBack: input.clockMayGoBack !== true,
    publicUrl: (input.publicUrl ?? setting('publicUrl') ?? '').replace(/\/+$/, ''),
    onStep: input.onStep ?? (() => undefined),
  };
  return {
    context: ctx,
    issueToCard: (what) => issueToCard(ctx, what),
    issue: (what) => issue(ctx, what),
    revoke: (what) => revoke(ctx, what),
    list: (filter) => list(ctx, filter),
    show: (which) => show(ctx, which),
    residents: (municipality) => residents(ctx, municipality),
    stats: () => stats(ctx),
    authorities: () => authorities(sql),
    anchors: async () => anchorsOf(await authorities(sql)),
    preparePhones: () => preparePhoneAuthorities(ctx),
    mutualCertificates: () => mutualCertificates(ctx),
    rollOver: (what) => rollOver(ctx, what),
    crl: (authority, code) => publishedCrl(ctx, authority, code),
    crls: () => publishedCrls(ctx),
    publishAll: () => publishAll(ctx),
    async publishDue() {
      await endOverdue(ctx);
      return publishDue(ctx);
    },
    async recover(olderThanMs) {
      const revoked = await recover(ctx, olderThanMs);
      await closeBrokenActs(ctx);
      return revoked;
    },
    recheck: () => recheck(ctx),
    verifyAudit: (head) => verifyAudit(sql, auditChain, head),
    auditHead: () => auditHead(sql, auditChain),
  };
}

function anchorsOf(all: readonly Authority[]): Anchors {
  const of = (kind: Authority['kind']) =>
    all.filter((authority) => authority.kind === kind).map((authority) => authority.certificate.der);
  return {
    signature: [...of('sign'), ...of('phone-sign')],
    authentication: [...of('auth'), ...of('phone-auth')],
    agency: of('agency'),
    tsa: of('tsa'),
    bridge: of('bridge'),
    government: [...of('gpki'), ...of('ministry')],
  };
}
