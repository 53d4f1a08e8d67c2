import { randomUUID } from 'node:crypto';
import {
  agencyTemplate,
  authenticationTemplate,
  crlDistributionPointName,
  demoOids,
  encryptionTemplate,
  ocspResponderTemplate,
  signatureTemplate,
  tsaTemplate,
} from '@madoguchi/pki/certificates';
import { authenticationCommonName, signatureCommonName } from '../common-name.js';
import {
  type Authority,
  type AuthorityKind,
  authorityById,
  type CaContext,
  citizenKinds,
  issuingAuthority,
} from '../context.js';
import { CaError } from '../error.js';
import { identityOf, type Resident } from '../identity/resident.js';
import { publicKeyOfRequest } from '../keys/certification-request.js';
import { findMunicipality } from '../places.js';
import { validUntil, yearsLater } from '../validity.js';
import { type MakeInput, makeCertificate } from './make.js';
import type { IssuedProfile } from './record.js';

/** Either a PKCS#10 request (DER or PEM), whose self-signature proves possession, or a key that the caller vouches for. */
type Key = { readonly csr: Uint8Array } | { readonly publicKey: Uint8Array };

interface AgencyNames {
  /** Municipality code, 5 digits, or another code of the agency. */
  readonly agencyCode: string;
  /** E.g. 見本市. */
  readonly agencyName: string;
}

export type IssueInput = Key & {
  readonly notAfter?: Date;
} /** In the scheme of 2008 `authority` may be `ministry-g1`: then it is a certificate of office (官職証明書). */ & (
    | ({
        readonly profile: 'agency';
        readonly hosts: readonly string[];
        readonly authority?: string;
      } & AgencyNames)
    | ({ readonly profile: 'encryption' } & AgencyNames)
    /** `authority` as in `/ca/<id>.cer`, e.g. `sign-g1`: a responder speaks for one key. */
    | { readonly profile: 'ocsp'; readonly authority: string }
    | { readonly profile: 'tsa' }
    | { readonly profile: 'signature' | 'authentication'; readonly resident: Resident }
  );

export interface Issued {
  readonly certificate: Uint8Array;
  /** Upper-case hexadecimal; for the caller's eyes only. */
  readonly serial: string;
  /** Stands for the certificate on pages and in logs. */
  readonly alias: string;
  /** Certificates from the issuer to the root. */
  readonly chain: readonly Uint8Array[];
}

const yearsOf = { agency: 3, encryption: 3, ocsp: 5, tsa: 5 } as const;

const issuerKind: Readonly<
  Record<
    Exclude<IssuedProfile, 'ocsp' | 'link' | 'cross' | 'phone-signature' | 'phone-authentication'>,
    AuthorityKind
  >
> = {
  signature: 'sign',
  authentication: 'auth',
  agency: 'agency',
  encryption: 'agency',
  tsa: 'tsa',
};

/**
 * Issues a certificate for a key that its requester holds. Throws CaError on a request whose signature does not fit, a weak key, or
 * values that the profile cannot carry.
 */
export async function issue(ctx: CaContext, input: IssueInput): Promise<Issued> {
  const publicKey = 'csr' in input ? requestedKey(input.csr) : input.publicKey;
  const authority = await issuerFor(ctx, input);
  const notBefore = new Date(Math.floor(ctx.clock().getTime() / 1000) * 1000);
  const template = templateFor(ctx, input, { authority, publicKey, notBefore });
  const made = await makeCertificate(ctx, {
    authority,
    profile: input.profile,
    municipality: 'resident' in input ? input.resident.municipality : '',
    issue: randomUUID(),
    isDelivered: true,
    publicKey,
    template,
  });
  return {
    certificate: made.certificate,
    serial: Buffer.from(made.serial).toString('hex').toUpperCase(),
    alias: made.alias,
    chain: [authority.certificate.der],
  };
}

function requestedKey(csr: Uint8Array): Uint8Array {
  const parsed = publicKeyOfRequest(csr);
  if (parsed.ok) return parsed.value;
  throw new CaError(parsed.rule, {
    ja: `証明書発行要求（CSR）が正しくありません（${parsed.rule}、${parsed.offset} バイト目）。作り直してください。`,
    jaEasy: `CSRが {正|ただ}しく ありません（${parsed.rule}）。もう{一度|いちど} つくって ください。`,
    en: `The certification request is not good (${parsed.rule} at octet ${parsed.offset}). Make a new one.`,
  });
}

async function issuerFor(ctx: CaContext, input: IssueInput): Promise<Authority> {
  if (input.profile === 'ocsp') return authorityById(ctx.sql, input.authority);
  if (input.profile === 'agency' && input.authority !== undefined) {
    const found = await authorityById(ctx.sql, input.authority);
    if (found.kind === 'agency' || found.kind === 'ministry') return found;
    throw new CaError('authority.kind', {
      ja: `認証局「${found.id}」は機関の証明書を発行しません。`,
      jaEasy: `「${found.id}」は {役所|やくしょ}の {証明書|しょうめいしょ}を つくりません。`,
      en: `The authority "${found.id}" issues no certificates for agencies.`,
    });
  }
  const municipality = 'resident' in input ? input.resident.municipality : '';
  if ('resident' in input) identityOf(input.resident);
  return issuingAuthority(ctx, issuerKind[input.profile], municipality);
}

interface Base {
  readonly authority: Authority;
  readonly publicKey: Uint8Array;
  readonly notBefore: Date;
}

/** The certificate that a request leads to, as a function of its numbers. */
export function templateFor(
  ctx: CaContext,
  input: IssueInput,
  { authority, publicKey, notBefore }: Base,
): MakeInput['template'] {
  const issuer = authority.certificate;
  const earliest = (end: Date) =>
    new Date(Math.min(end.getTime(), issuer.notAfter.getTime(), input.notAfter?.getTime() ?? Infinity));
  const addresses = {
    crlUrl: `${ctx.publicUrl}/crl/${authority.id}.crl`,
    ocspUrl: `${ctx.publicUrl}/ocsp`,
  };
  switch (input.profile) {
    case 'signature':
    case 'authentication': {
      const { resident } = input;
      const identity = identityOf(resident);
      const place = findMunicipality(resident.municipality);
      const base = {
        publicKey,
        issuer,
        notBefore,
        notAfter: earliest(
          validUntil(
            notBefore,
            resident.birthDate,
            resident.stayUntil ? { stay: resident.stayUntil } : {},
            '02-28',
            ctx.scheme.validity,
          ),
        ),
        ...partitionOf(ctx, authority, place?.prefectureRomaji),
        prefectureRomaji: place?.prefectureRomaji ?? '',
        municipalityRomaji: place?.romaji ?? '',
      };
      if (input.profile === 'signature') {
        return (serial, number) =>
          signatureTemplate({
            ...base,
            serial,
            identity,
            commonName: signatureCommonName(notBefore, number),
            policyOid: ctx.scheme.signaturePolicy,
          });
      }
      return (serial, number) =>
        authenticationTemplate({
          ...base,
          serial,
          commonName: authenticationCommonName(resident.municipality, number),
          policyOid: demoOids.authentication,
          ocspUrl: addresses.ocspUrl,
        });
    }
    default: {
      const notAfter = earliest(yearsLater(notBefore, yearsOf[input.profile]));
      const base = { publicKey, issuer, notBefore, notAfter };
      if (input.profile === 'ocsp') return (serial) => ocspResponderTemplate({ ...base, serial });
      if (input.profile === 'tsa') return (serial) => tsaTemplate({ ...base, ...addresses, serial });
      const names = agencyNames(input);
      if (input.profile === 'encryption') {
        return (serial) => encryptionTemplate({ ...base, ...addresses, ...names, serial });
      }
      const hosts = goodHosts(input.hosts);
      const policyOid = authority.kind === 'ministry' ? demoOids.official : demoOids.agency;
      return (serial) => agencyTemplate({ ...base, ...addresses, ...names, hosts, policyOid, serial });
    }
  }
}

/** What differs where the CRL is not the municipality's: its name, and that paths may lead over bridges. */
export function partitionOf(
  ctx: CaContext,
  authority: Authority,
  prefectureRomaji: string | undefined,
): { distributionPoint?: Uint8Array; isBridged?: boolean } {
  if (ctx.scheme.partition === 'municipality' || !citizenKinds.includes(authority.kind)) return {};
  return {
    distributionPoint: crlDistributionPointName(authority.certificate, prefectureRomaji ?? ''),
    isBridged: ctx.scheme.bridges,
  };
}

function agencyNames({ agencyCode, agencyName }: AgencyNames): AgencyNames {
  const isGood = /^[0-9A-Za-z-]{1,20}$/.test(agencyCode) && agencyName !== '' && agencyName.length <= 64;
  if (isGood && !/\p{C}/u.test(agencyName)) return { agencyCode, agencyName };
  throw new CaError('agency.name', {
    ja: '機関のコード（英数字20文字まで）と名前（64文字まで）を指定してください。',
    jaEasy: '{役所|やくしょ}の {番号|ばんごう}と {名前|なまえ}を {書|か}いて ください。',
    en: 'Give the agency’s code (up to 20 letters and digits) and its name (up to 64 characters).',
  });
}

/** Host names and addresses without scheme or port. */
function goodHosts(hosts: readonly string[]): readonly string[] {
  const isHost = (host: string) =>
    /^(?=.{1,253}$)[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})*$/i.test(host) || URL.canParse(`http://[${host}]`);
  if (hosts.length > 0 && hosts.length <= 50 && hosts.every(isHost)) return hosts;
  throw new CaError('agency.hosts', {
    ja: 'ホスト名かアドレスを、ポートなしで1つ以上（50まで）指定してください。例: city.mihon.example',
    jaEasy: 'ホストの {名前|なまえ}を {書|か}いて ください。れい: city.mihon.example',
    en: 'Give one to fifty host names or addresses without a port, e.g. city.mihon.example.',
  });
}
