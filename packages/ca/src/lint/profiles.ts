import {
  attributeTypes as at,
  demoOids,
  extensionIds as ids,
  type KeyUsage,
  keyPurposes,
} from '@madoguchi/pki/certificates';
import { schemes } from '../schemes.js';
import type { ValidityPolicy } from '../validity.js';

/** What this authority issues. `signature-2008` and `official` are `signature` and `agency` of the governors' time. */
export type ProfileName =
  | 'citizen-ca'
  | 'governor-ca'
  | 'root'
  | 'signature'
  | 'signature-2008'
  | 'authentication'
  | 'phone-signature'
  | 'phone-authentication'
  | 'agency'
  | 'official'
  | 'encryption'
  | 'ocsp'
  | 'tsa'
  | 'link'
  | 'cross';

interface ExpectedExtension {
  readonly oid: string;
  readonly critical: boolean;
  readonly optional?: boolean;
}

/** A certificate profile as data: the lint rules read it, nothing else knows it. */
export interface Profile {
  /** Every extension; all required but for the optional ones. For citizens' profiles the order is part of the profile. */
  readonly extensions: readonly ExpectedExtension[];
  readonly ordered: boolean;
  /** By kind of the subject's key. */
  readonly keyUsage: Readonly<Record<'rsa' | 'ec', readonly KeyUsage[]>>;
  readonly extKeyUsage?: readonly string[];
  /** The policies allowed; exactly one of them stands in the certificate. Absent: none. */
  readonly policies?: readonly string[];
  /** With the address of the practice statement (CPS). */
  readonly cps: boolean;
  readonly ca: boolean;
  /** Stands on a citizen's card. */
  readonly citizen: boolean;
  readonly longestYears: number;
  /** The law's rule for the end, where the birth date stands in the certificate. */
  readonly validity?: ValidityPolicy;
  /** The end is a day's end in Japan, 23:59:59. */
  readonly endsWithDay: boolean;
  /** Attribute types of the subject; absent: one of several shapes, see the rules. */
  readonly subject?: readonly string[];
  /** Where the list that speaks for it is named: by whose name, or by an address. */
  readonly crlPlace: 'own' | 'issuer' | 'partition' | 'address' | 'none';
  readonly ocsp: boolean;
  readonly authorityKey: 'none' | 'key' | 'key, issuer and serial';
  readonly serialOctets: number;
}

const critical = (oid: string): ExpectedExtension => ({ oid, critical: true });
const plain = (oid: string): ExpectedExtension => ({ oid, critical: false });
const optional = (oid: string): ExpectedExtension => ({ oid, critical: true, optional: true });
const both = (...usages: KeyUsage[]) => ({ rsa: usages, ec: usages });
const certSign = both('keyCertSign', 'cRLSign');

const selfSigned = {
  ordered: true,
  keyUsage: certSign,
  cps: false,
  ca: true,
  longestYears: 10,
  endsWithDay: true,
  crlPlace: 'own',
  ocsp: false,
  authorityKey: 'none',
} as const;

const citizens = {
  ordered: true,
  cps: true,
  ca: false,
  citizen: true,
  longestYears: schemes.national.validity.years,
  endsWithDay: false,
  crlPlace: 'partition',
  authorityKey: 'key, issuer and serial',
  serialOctets: 4,
} as const;

const office = {
  ordered: false,
  cps: false,
  ca: false,
  citizen: false,
  longestYears: 5,
  endsWithDay: false,
  crlPlace: 'address',
  ocsp: true,
  authorityKey: 'key',
  serialOctets: 20,
} as const;

const signature: Profile = {
  ...citizens,
  extensions: [
    critical(ids.keyUsage),
    plain(ids.subjectAltName),
    critical(ids.certificatePolicies),
    plain(ids.issuerAltName),
    plain(ids.crlDistributionPoints),
    plain(ids.authorityKeyIdentifier),
    plain(ids.subjectKeyIdentifier),
  ],
  keyUsage: both('digitalSignature', 'nonRepudiation'),
  policies: [demoOids.signature],
  validity: schemes.national.validity,
  subject: [at.country, at.locality, at.locality, at.commonName],
  ocsp: false,
};

const { validity: _birthday, ...phoneSignature } = signature;

const authentication: Profile = {
  ...citizens,
  extensions: [
    critical(ids.keyUsage),
    plain(ids.extKeyUsage),
    critical(ids.certificatePolicies),
    plain(ids.issuerAltName),
    plain(ids.crlDistributionPoints),
    plain(ids.authorityInfoAccess),
    plain(ids.authorityKeyIdentifier),
    plain(ids.subjectKeyIdentifier),
  ],
  keyUsage: both('digitalSignature'),
  extKeyUsage: [keyPurposes.clientAuth],
  policies: [demoOids.authentication],
  subject: [at.country, at.commonName],
  ocsp: true,
};

const agency: Profile = {
  ...office,
  extensions: [
    critical(ids.keyUsage),
    plain(ids.subjectAltName),
    critical(ids.certificatePolicies),
    plain(ids.crlDistributionPoints),
    plain(ids.authorityInfoAccess),
    plain(ids.authorityKeyIdentifier),
    plain(ids.subjectKeyIdentifier),
  ],
  keyUsage: both('digitalSignature', 'nonRepudiation'),
  policies: [demoOids.agency],
  subject: [at.country, at.organization, at.organizationalUnit, at.commonName, at.serialNumber],
};

const certified = {
  ordered: false,
  keyUsage: certSign,
  cps: false,
  ca: true,
  citizen: false,
  longestYears: 20,
  endsWithDay: true,
  crlPlace: 'issuer',
  ocsp: false,
  authorityKey: 'key',
  serialOctets: 20,
} as const;

/** The profiles of the reference: citizens' in sections 2 to 5, the bridges' in section 10, the others in section 11. */
export const profiles: Readonly<Record<ProfileName, Profile>> = {
  'citizen-ca': {
    ...selfSigned,
    extensions: [
      critical(ids.keyUsage),
      plain(ids.subjectAltName),
      critical(ids.basicConstraints),
      plain(ids.crlDistributionPoints),
      plain(ids.subjectKeyIdentifier),
    ],
    citizen: true,
    subject: [at.country, at.organization, at.organizationalUnit, at.organizationalUnit],
    serialOctets: 4,
  },
  /** The form of the bridge's certificate of 2003, the only one of its time that is known; the governors' are reconstructed from it. */
  'governor-ca': {
    ...selfSigned,
    extensions: [
      critical(ids.keyUsage),
      critical(ids.basicConstraints),
      plain(ids.crlDistributionPoints),
      plain(ids.subjectAltName),
      plain(ids.subjectKeyIdentifier),
    ],
    citizen: true,
    subject: [at.country, at.organization, at.organizationalUnit, at.organizationalUnit],
    serialOctets: 4,
  },
  root: {
    ...selfSigned,
    extensions: [
      critical(ids.keyUsage),
      critical(ids.basicConstraints),
      plain(ids.crlDistributionPoints),
      plain(ids.subjectKeyIdentifier),
    ],
    ordered: false,
    citizen: false,
    longestYears: 20,
    subject: [at.country, at.organization, at.organizationalUnit],
    serialOctets: 20,
  },
  signature,
  'signature-2008': {
    ...signature,
    policies: [demoOids.prefectureSignature],
    longestYears: schemes.prefectures.validity.years,
    validity: schemes.prefectures.validity,
    // Issuer and serial number would tie it to one of the governor's certificates: the bridges' could not be used.
    authorityKey: 'key',
  },
  authentication,
  /** The smartphone class: the card's profiles under policies and keys of their own; the end is the card's, not a birthday of its own. */
  'phone-signature': { ...phoneSignature, policies: [demoOids.phoneSignature] },
  'phone-authentication': { ...authentication, policies: [demoOids.phoneAuthentication] },
  agency,
  official: { ...agency, policies: [demoOids.official] },
  encryption: {
    ...office,
    extensions: agency.extensions.filter(({ oid }) => oid !== ids.subjectAltName),
    keyUsage: { rsa: ['keyEncipherment'], ec: ['keyAgreement'] },
    policies: [demoOids.agencyEncryption],
    subject: [at.country, at.organization, at.organizationalUnit, at.commonName, at.serialNumber],
  },
  ocsp: {
    ...office,
    extensions: [
      critical(ids.keyUsage),
      plain(ids.extKeyUsage),
      plain(ids.ocspNoCheck),
      plain(ids.authorityKeyIdentifier),
      plain(ids.subjectKeyIdentifier),
    ],
    keyUsage: both('digitalSignature'),
    extKeyUsage: [keyPurposes.ocspSigning],
    longestYears: 10,
    crlPlace: 'none',
    ocsp: false,
  },
  tsa: {
    ...office,
    extensions: [
      critical(ids.keyUsage),
      critical(ids.extKeyUsage),
      critical(ids.certificatePolicies),
      plain(ids.crlDistributionPoints),
      plain(ids.authorityInfoAccess),
      plain(ids.authorityKeyIdentifier),
      plain(ids.subjectKeyIdentifier),
    ],
    keyUsage: both('digitalSignature'),
    extKeyUsage: [keyPurposes.timeStamping],
    policies: [demoOids.timeStamping],
    longestYears: 10,
  },
  /** One generation's key certified by another's: the same name on both sides. */
  link: {
    ...certified,
    extensions: [
      critical(ids.keyUsage),
      critical(ids.basicConstraints),
      plain(ids.crlDistributionPoints),
      plain(ids.authorityKeyIdentifier),
      plain(ids.subjectKeyIdentifier),
    ],
  },
  cross: {
    ...certified,
    extensions: [
      critical(ids.keyUsage),
      critical(ids.basicConstraints),
      critical(ids.certificatePolicies),
      optional(ids.policyMappings),
      plain(ids.crlDistributionPoints),
      plain(ids.authorityKeyIdentifier),
      plain(ids.subjectKeyIdentifier),
    ],
    policies: [demoOids.prefectureSignature, demoOids.official],
    longestYears: 10,
  },
};
