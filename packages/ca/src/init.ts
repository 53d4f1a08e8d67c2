import type { KeyKind } from '@madoguchi/pki';
import { appendAudit, type Keystore, migrate, type Sql, withAdvisoryLock } from '@madoguchi/store';
import { makeAuthority } from './authority/make.js';
import { certifyMutually } from './authority/mutual.js';
import { type AuthorityKind, authorities, type CaContext } from './context.js';
import { CaError } from './error.js';
import { auditChain } from './issuance/record.js';
import { issueResponder } from './issuance/responder.js';
import { type KeyProvider, softwareKeys } from './keys/provider.js';
import { partSharedKeys } from './keys/shared-keys.js';
import { prefectures } from './prefectures.js';
import { insertResidents } from './register/import.js';
import { usualRenewalDays } from './renewal/window.js';
import { demoRecords } from './residents.js';
import { publishAll } from './revocation/publish.js';
import { type Scheme, type SchemeName, schemes } from './schemes.js';

export interface InitInput {
  readonly sql: Sql;
  readonly keystore: Keystore;
  /** Where the issuing keys are made and kept; default: sealed in the key store. */
  readonly keys?: KeyProvider;
  /** `national`: one signature and one authentication authority. `prefectures`: the governors' authorities of 2008 and the bridges. */
  readonly scheme: SchemeName;
  readonly now: Date;
  /** Key of the citizens' authorities. `p384` is the next card's generation. */
  readonly key?: 'rsa2048' | 'p384';
  /** What the operator calls it; stands in `/stats.json`, never in a certificate. */
  readonly name?: string;
  /** Where verifiers reach this authority over HTTP; stands in agencies' certificates. Default `http://127.0.0.1:8081`. */
  readonly publicUrl?: string;
}

/** The authority's tables; also brings an older version's up to date. */
export const migrations = {
  schema: 'ca',
  folder: new URL('../migrations/', import.meta.url),
  before: { '0046_one_key_one_certificate.sql': partSharedKeys },
};

/**
 * Makes the authority of a scheme: the citizens' roots, the roots of agencies and time stamps, apart from each other, in the scheme of
 * 2008 also the bridges with their cross-certificates; an OCSP responder for each issuing key, the demo residents and the first lists.
 * Everything says JPKI-DEMO. Throws CaError where there is an authority already; what a crash left half done is finished by calling it
 * again.
 */
export async function initCa(input: InitInput): Promise<void> {
  const { sql, keystore } = input;
  await migrate(sql, migrations);
  await withAdvisoryLock(sql, 'ca.init', async () => {
    const [done] = await sql`select value from ca.setting where name = 'initialised'`;
    if (done !== undefined) throw alreadyThere();
    const scheme = schemes[input.scheme];
    await keepScheme(sql, scheme);
    const publicUrl = (input.publicUrl ?? 'http://127.0.0.1:8081').replace(/\/+$/, '');
    const ctx: CaContext = {
      sql,
      keystore,
      keys: input.keys ?? softwareKeys(keystore),
      scheme,
      clock: () => input.now,
      renewalDays: usualRenewalDays,
      clockMustNotGoBack: false,
      publicUrl,
      onStep: () => undefined,
    };
    await makeAll(ctx, input.key ?? 'rsa2048');
    await publishAll(ctx);
    await sql.begin(async (tx) => {
      await insertResidents(tx, demoRecords, input.now);
      await tx`insert into ca.setting (name, value) values ('publicUrl', ${publicUrl}), ('name', ${input.name ?? ''}),
        ('initialised', ${input.now.toISOString()})`;
      await appendAudit(tx, auditChain, {
        at: input.now,
        actor: 'ca',
        action: 'ca.initialised',
        subject: input.scheme,
      });
    });
  });
}

/** The scheme is fixed with the first key, so that an interrupted start goes on as the same. */
async function keepScheme(sql: Sql, scheme: Scheme): Promise<void> {
  await sql`insert into ca.setting (name, value) values ('scheme', ${scheme.name}) on conflict do nothing`;
  const [kept] = await sql<{ value: string }[]>`select value from ca.setting where name = 'scheme'`;
  if (kept !== undefined && kept.value !== scheme.name) throw alreadyThere();
}

async function makeAll(ctx: CaContext, key: 'rsa2048' | 'p384'): Promise<void> {
  const { scheme } = ctx;
  const first = (kind: AuthorityKind, keyKind: KeyKind, prefecture = '') =>
    makeAuthority(ctx, { kind, key: keyKind, prefecture, generation: 1, issuesFrom: ctx.clock() });
  const places = scheme.per === 'prefecture' ? prefectures.map((one) => one.code) : [''];
  for (const kind of scheme.kinds) {
    // Making keys takes most of the time: several at once.
    for (let at = 0; at < places.length; at += 8) {
      await Promise.all(places.slice(at, at + 8).map((prefecture) => first(kind, key, prefecture)));
    }
  }
  await first('agency', 'rsa3072');
  await first('tsa', 'rsa3072');
  if (scheme.bridges) for (const kind of ['bridge', 'gpki', 'ministry'] as const) await first(kind, key);
  const all = await authorities(ctx.sql);
  for (const authority of all) if (authority.responder === undefined) await issueResponder(ctx, authority);
  const one = (kind: AuthorityKind) => all.filter((authority) => authority.kind === kind);
  for (const bridge of one('bridge')) {
    for (const governor of one('sign')) await certifyMutually(ctx, bridge, governor);
    for (const gpki of one('gpki')) await certifyMutually(ctx, bridge, gpki);
  }
  for (const gpki of one('gpki')) {
    for (const ministry of one('ministry')) await certifyMutually(ctx, gpki, ministry);
  }
}

function alreadyThere(): CaError {
  return new CaError('ca.exists', {
    ja: 'このデータフォルダーには認証局がすでにあります。別のフォルダーを指定してください。',
    jaEasy:
      'この フォルダーには {認証局|にんしょうきょく}が もう あります。ほかの フォルダーを えらんで ください。',
    en: 'There is an authority in this data folder already. Choose another folder.',
  });
}
