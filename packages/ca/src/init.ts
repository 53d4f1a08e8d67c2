import {
  buildName,
  type CertificateTemplate,
  citizenCaTemplate,
  generateKeyPair,
  type KeyKind,
  keyIdentifier,
  parseCertificate,
  rootTemplate,
  softwareSigner,
} from '@madoguchi/pki';
import { appendAudit, type Keystore, migrate, type Sql, withAdvisoryLock } from '@madoguchi/store';
import { type AuthorityKind, authorities, type CaContext, keyName } from './context.js';
import { CaError, defect } from './error.js';
import { prepare, signLinted } from './issuance/linted.js';
import { auditChain } from './issuance/record.js';
import { issueResponder } from './issuance/responder.js';
import { demoResidents } from './residents.js';
import { publishAll } from './revocation/publish.js';
import { yearsLater } from './validity.js';

export interface InitInput {
  readonly sql: Sql;
  readonly keystore: Keystore;
  /** `national`: one signature and one authentication authority. `prefectures` is not built yet. */
  readonly scheme: 'national' | 'prefectures';
  readonly now: Date;
  /** Key of the citizens' authorities. `p384` is the next card's generation. */
  readonly key?: 'rsa2048' | 'p384';
  /** Where verifiers reach this authority over HTTP; stands in agencies' certificates. Default `http://127.0.0.1:8081`. */
  readonly publicUrl?: string;
}

/** The authority's tables; also brings an older version's up to date. */
export const migrations = {
  schema: 'ca',
  folder: new URL('../migrations/', import.meta.url),
};

const citizenYears = 10;
const rootYears = 20;

/**
 * Makes the authority: the citizens' two roots, the roots of agencies and time stamps, apart from each other, an OCSP responder for each
 * issuing key, the demo residents and the first lists. Everything says JPKI-DEMO. Throws CaError where there is an authority already;
 * what a crash left half done is finished by calling it again.
 */
export async function initCa(input: InitInput): Promise<void> {
  if (input.scheme === 'prefectures') throw notBuilt();
  const { sql, keystore } = input;
  await migrate(sql, migrations);
  await withAdvisoryLock(sql, 'ca.init', async () => {
    const [done] = await sql`select value from ca.setting where name = 'initialised'`;
    if (done !== undefined) throw alreadyThere();
    const publicUrl = (input.publicUrl ?? 'http://127.0.0.1:8081').replace(/\/+$/, '');
    const ctx: CaContext = { sql, keystore, clock: () => input.now, publicUrl, onStep: () => undefined };
    const kind = input.key ?? 'rsa2048';
    await makeAuthority(ctx, 'sign', kind);
    await makeAuthority(ctx, 'auth', kind);
    await makeAuthority(ctx, 'agency', 'rsa3072');
    await makeAuthority(ctx, 'tsa', 'rsa3072');
    for (const authority of await authorities(sql)) {
      if (authority.responder === undefined) await issueResponder(ctx, authority);
    }
    await publishAll(ctx);
    await sql.begin(async (tx) => {
      for (const resident of demoResidents) {
        await tx`insert into ca.resident ${tx({
          municipality: resident.municipality,
          id: crypto.randomUUID(),
          name: resident.name,
          address: resident.address,
          birth_date: resident.birthDate,
          sex: resident.sex,
          stay_until: resident.stayUntil ?? null,
          created_at: input.now,
        })}`;
      }
      await tx`insert into ca.setting (name, value) values ('scheme', ${input.scheme}), ('publicUrl', ${publicUrl}),
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

/** The roots' serial number: each root is alone in its issuer's number space but for what it issues, which starts far above. */
const rootSerial = Uint8Array.of(1);

async function makeAuthority(ctx: CaContext, kind: AuthorityKind, key: KeyKind): Promise<void> {
  const id = `${kind}-g1`;
  const [there] = await ctx.sql`select 1 from ca.authority where id = ${id}`;
  if (there !== undefined) return;
  const pkcs8 = (await ctx.keystore.get(keyName(id))) ?? (await generateKeyPair(key)).pkcs8;
  await ctx.keystore.put(keyName(id), pkcs8);
  const signer = softwareSigner(pkcs8);
  const isCitizens = kind === 'sign' || kind === 'auth';
  const notBefore = new Date(Math.floor(ctx.clock().getTime() / 1000) * 1000);
  const common = {
    serial: rootSerial,
    publicKey: signer.publicKey,
    notBefore,
    notAfter: yearsLater(notBefore, isCitizens ? citizenYears : rootYears),
  };
  const template: CertificateTemplate = isCitizens
    ? citizenCaTemplate({
        ...common,
        kind: kind === 'sign' ? 'signature' : 'authentication',
        organization: 'JPKI-DEMO',
      })
    : rootTemplate({ ...common, subject: rootName(kind) });
  const prepared = await prepare(template, isCitizens ? 'citizen-ca' : 'root', 'self', signer);
  if (!prepared.ok)
    throw defect('init.lint', prepared.faults.map((f) => `${f.rule} (${f.detail})`).join(', '));
  const certificate = await signLinted(prepared.linted, signer);
  const parsed = parseCertificate(certificate);
  if (!parsed.ok) throw defect('init.unreadable', parsed.rule);
  await ctx.sql`insert into ca.authority ${ctx.sql({
    id,
    kind,
    generation: 1,
    key_id: keyIdentifier(parsed.value.spki),
    certificate,
    created_at: ctx.clock(),
  })}`;
}

function rootName(kind: 'agency' | 'tsa' | AuthorityKind): Uint8Array {
  return buildName([
    ['C', 'JP'],
    ['O', 'JPKI-DEMO'],
    ['OU', kind === 'tsa' ? 'Demo Time Stamping Root' : 'Demo Agency Root'],
  ]);
}

function alreadyThere(): CaError {
  return new CaError('ca.exists', {
    ja: 'このデータフォルダーには認証局がすでにあります。別のフォルダーを指定してください。',
    jaEasy: 'この フォルダーには 認証局が もう あります。ほかの フォルダーを えらんで ください。',
    en: 'There is an authority in this data folder already. Choose another folder.',
  });
}

function notBuilt(): CaError {
  return new CaError(
    'ca.scheme',
    {
      ja: '都道府県ごとの認証局（prefectures）はまだ作れません。national を使ってください。',
      jaEasy: 'prefectures は まだ つかえません。national を つかって ください。',
      en: 'The scheme "prefectures" is not available yet. Use "national".',
    },
    69,
  );
}
