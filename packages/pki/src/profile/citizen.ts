import type { Extension } from '../certificate/extensions.js';
import { writeGeneralName } from '../certificate/general-name.js';
import type { CertificateTemplate } from '../certificate/issue.js';
import type { Certificate } from '../certificate/parse.js';
import { buildName, type NameAttribute } from '../name.js';
import { attributeTypes, keyPurposes } from '../oids.js';
import {
  altName,
  authorityKey,
  crlDistributionPoint,
  extKeyUsage,
  keyUsage,
  ocspAccess,
  policy,
  subjectKey,
} from './extensions.js';
import { type Identity, identityAltName } from './identity.js';

interface CitizenInput {
  serial: Uint8Array;
  publicKey: Uint8Array;
  issuer: Certificate;
  /** Opaque, never the holder's name. */
  commonName: string;
  /** Of the municipality of issue, e.g. `Mihon-ken` and `Mihon-shi`. */
  prefectureRomaji: string;
  municipalityRomaji: string;
  notBefore: Date;
  notAfter: Date;
  policyOid: string;
  /** URI of the practice statement. */
  cps?: string;
  /** Name (DER) of the place of the CRL; default: the municipality's, see crlDistributionPointName. */
  distributionPoint?: Uint8Array;
  /**
   * True: authorityKeyIdentifier has the key alone. Issuer and serial number, as the profile of 2016 has them, name one certificate of the
   * issuer, so no path over a cross-certificate would be found (measured: OpenSSL 3.0).
   */
  isBridged?: boolean;
}

const demoCps = 'http://cps.jpki-demo.example/';

/**
 * 署名用電子証明書, card version of 2016 and later: the four items of identity in subjectAltName, the CRL named by the municipality of
 * issue, no extended key usage and no AIA. The extensions stand in the profile's order.
 */
export function signatureTemplate(input: CitizenInput & { identity: Identity }): CertificateTemplate {
  return {
    ...common(input),
    subject: buildName([
      ['C', 'JP'],
      ['L', input.prefectureRomaji],
      ['L', input.municipalityRomaji],
      ['CN', input.commonName],
    ]),
    extensions: [
      keyUsage('digitalSignature', 'nonRepudiation'),
      identityAltName(input.identity),
      policy(input.policyOid, input.cps ?? demoCps),
      ...issuerNames(input),
      authorityKey(input.issuer, input.isBridged !== true),
      subjectKey(input.publicKey),
    ],
  };
}

/** 利用者証明用電子証明書: no personal data at all; for TLS clients and login tokens. */
export function authenticationTemplate(input: CitizenInput & { ocspUrl?: string }): CertificateTemplate {
  return {
    ...common(input),
    subject: buildName([
      ['C', 'JP'],
      ['CN', input.commonName],
    ]),
    extensions: [
      keyUsage('digitalSignature'),
      extKeyUsage(false, keyPurposes.clientAuth),
      policy(input.policyOid, input.cps ?? demoCps),
      ...issuerNames(input),
      ...(input.ocspUrl === undefined ? [] : [ocspAccess(input.ocspUrl)]),
      authorityKey(input.issuer, true),
      subjectKey(input.publicKey),
    ],
  };
}

function common(input: CitizenInput) {
  const { serial, issuer, notBefore, notAfter, publicKey } = input;
  return { serial, issuer: issuer.subject.der, notBefore, notAfter, publicKey };
}

/** Thousands of certificates share their issuer and place: what is the same in them is written once. */
const sharedNames = new WeakMap<Certificate, Map<string, Extension[]>>();

/** issuerAltName (the issuer's Japanese name) and the name of the CRL. */
function issuerNames(input: CitizenInput): Extension[] {
  const shared = sharedNames.get(input.issuer) ?? new Map<string, Extension[]>();
  sharedNames.set(input.issuer, shared);
  const place = [
    input.prefectureRomaji,
    input.municipalityRomaji,
    input.distributionPoint !== undefined,
  ].join();
  const known = shared.get(place) ?? writeIssuerNames(input);
  if (shared.size < 10_000) shared.set(place, known);
  return known;
}

function writeIssuerNames(input: CitizenInput): Extension[] {
  const japanese = input.issuer.subjectAltNames?.find((name) => name.kind === 'directoryName');
  const place =
    input.distributionPoint ??
    crlDistributionPointName(input.issuer, input.prefectureRomaji, input.municipalityRomaji);
  return [
    ...(japanese?.kind === 'directoryName'
      ? [altName('issuer', writeGeneralName.directory(japanese.name.der))]
      : []),
    crlDistributionPoint(writeGeneralName.directory(place)),
  ];
}

/**
 * The DN (DER) under which the CRL of one municipality is published:
 * C, O and the first OU of the authority, then OU=CRL Distribution Points, OU=<prefecture>, CN=<municipality> CRLDP.
 * It is the same for all generations of the authority: only together with the issuer's key does it name one CRL. Without a municipality
 * (scheme of 2008) the CRL is the prefecture's: OU=CRL Distribution Points, CN=<prefecture> CRLDP.
 */
export function crlDistributionPointName(
  issuer: Certificate,
  prefectureRomaji: string,
  municipalityRomaji?: string,
): Uint8Array {
  const attributes = issuer.subject.rdns.flat();
  const value = (type: string): NameAttribute | undefined =>
    attributes.find((attribute) => attribute.type === type);
  const head = [
    attributeTypes.country,
    attributeTypes.organization,
    attributeTypes.organizationalUnit,
  ].flatMap((type): [string, string][] => {
    const found = value(type);
    return found === undefined ? [] : [[type, found.value]];
  });
  return buildName([
    ...head,
    ['OU', 'CRL Distribution Points'],
    ...(municipalityRomaji === undefined ? [] : [['OU', prefectureRomaji] as [string, string]]),
    ['CN', `${municipalityRomaji ?? prefectureRomaji} CRLDP`],
  ]);
}
