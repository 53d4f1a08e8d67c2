import {
  buildName,
  type CertificateTemplate,
  citizenCaTemplate,
  governorCaTemplate,
  type KeyKind,
  keyIdentifier,
  parseCertificate,
  rootTemplate,
} from '@madoguchi/pki/certificates';
import { appendAudit } from '@madoguchi/store';
import {
  type Authority,
  type AuthorityKind,
  authorityById,
  authorityId,
  type CaContext,
  forgetAuthorities,
  keyName,
} from '../context.js';
import { defect } from '../error.js';
import { prepare, signLinted } from '../issuance/linted.js';
import { nextNumbers } from '../issuance/numbers.js';
import { auditChain } from '../issuance/record.js';
import { lintProfileOfAuthority } from '../lint/choose.js';
import { findPrefecture } from '../prefectures.js';
import { yearsLater } from '../validity.js';

const organization = 'JPKI-DEMO';

/** Roots that are not citizens' live longer than what they issue. */
const rootYears = 20;

export interface NewAuthority {
  readonly kind: AuthorityKind;
  readonly generation: number;
  readonly prefecture: string;
  readonly key: KeyKind;
  readonly issuesFrom: Date;
}

/** Makes an issuing key and its self-signed certificate, linted as any other; the same again where it is there already. */
export async function makeAuthority(ctx: CaContext, what: NewAuthority): Promise<Authority> {
  const id = authorityId(what.kind, what.generation, what.prefecture);
  const [there] = await ctx.sql`select 1 from ca.authority where id = ${id}`;
  if (there !== undefined) return authorityById(ctx.sql, id);
  const signer = await ctx.keys.ensure(keyName(id), what.key);
  const notBefore = new Date(Math.floor(ctx.clock().getTime() / 1000) * 1000);
  // The first root is alone in its number space but for what it issues, which starts far above; later ones take from that space.
  const serial = what.generation === 1 ? Uint8Array.of(1) : (await nextNumbers(ctx)).serial;
  const template = templateOf(ctx, what, { serial, publicKey: signer.publicKey, notBefore });
  const prepared = await prepare(template, lintProfileOfAuthority(what), 'self', signer);
  if (!prepared.ok)
    throw defect('init.lint', prepared.faults.map((f) => `${f.rule} (${f.detail})`).join(', '));
  const certificate = await signLinted(prepared.linted, signer);
  const parsed = parseCertificate(certificate);
  if (!parsed.ok) throw defect('init.unreadable', parsed.rule);
  const keyId = keyIdentifier(parsed.value.spki);
  await ctx.sql.begin(async (tx) => {
    await tx`insert into ca.authority ${tx({
      id,
      kind: what.kind,
      generation: what.generation,
      prefecture: what.prefecture,
      issues_from: what.issuesFrom,
      key_id: keyId,
      certificate,
      created_at: ctx.clock(),
    })}`;
    await appendAudit(tx, auditChain, {
      at: ctx.clock(),
      actor: 'ca',
      action: 'authority.made',
      subject: id,
      detail: { keyId: Buffer.from(keyId).toString('hex'), issuesFrom: what.issuesFrom.toISOString() },
    });
  });
  forgetAuthorities(ctx.sql);
  return authorityById(ctx.sql, id);
}

function templateOf(
  ctx: CaContext,
  { kind, prefecture }: NewAuthority,
  base: { serial: Uint8Array; publicKey: Uint8Array; notBefore: Date },
): CertificateTemplate {
  const { scheme } = ctx;
  const years = kind === 'agency' || kind === 'tsa' ? rootYears : scheme.authorityYears;
  const common = { ...base, organization, notAfter: yearsLater(base.notBefore, years) };
  switch (kind) {
    case 'sign':
    case 'auth': {
      const governor = findPrefecture(prefecture);
      if (scheme.per === 'country') {
        return citizenCaTemplate({ ...common, kind: kind === 'sign' ? 'signature' : 'authentication' });
      }
      if (governor === undefined) throw defect('authority.prefecture', `no prefecture ${prefecture}`);
      return governorCaTemplate({
        ...common,
        units: [governor.romaji, `Governor of ${governor.romaji} (reconstructed)`],
        japanese: [governor.name, `${governor.governor}（再現した見本）`],
      });
    }
    case 'phone-sign':
      return citizenCaTemplate({ ...common, kind: 'phone-signature' });
    case 'phone-auth':
      return citizenCaTemplate({ ...common, kind: 'phone-authentication' });
    case 'bridge':
      return governorCaTemplate({
        ...common,
        units: ['Prefectural Association For JPKI', 'BridgeCA (reconstructed)'],
        japanese: ['都道府県協議会', 'ブリッジ認証局（再現した見本）'],
      });
    case 'agency':
    case 'tsa':
    case 'gpki':
    case 'ministry':
      return rootTemplate({ ...common, subject: rootName(kind) });
  }
}

const rootUnits = {
  agency: 'Demo Agency Root',
  tsa: 'Demo Time Stamping Root',
  gpki: 'Demo Government Bridge CA',
  ministry: 'Demo Ministry CA',
} as const;

function rootName(kind: keyof typeof rootUnits): Uint8Array {
  return buildName([
    ['C', 'JP'],
    ['O', organization],
    ['OU', rootUnits[kind]],
  ]);
}
