import { demoOids, extensionIds as ids, type KeyUsage, keyPurposes } from '@madoguchi/pki';

/** What this authority issues. */
export type ProfileName =
  | 'citizen-ca'
  | 'root'
  | 'signature'
  | 'authentication'
  | 'agency'
  | 'encryption'
  | 'ocsp'
  | 'tsa';

interface ExpectedExtension {
  readonly oid: string;
  readonly critical: boolean;
}

/** A certificate profile as data: the lint rules read it, nothing else knows it. */
export interface Profile {
  /** Every extension, all required. For citizens' profiles the order is part of the profile. */
  readonly extensions: readonly ExpectedExtension[];
  readonly ordered: boolean;
  /** By kind of the subject's key. */
  readonly keyUsage: Readonly<Record<'rsa' | 'ec', readonly KeyUsage[]>>;
  readonly extKeyUsage?: readonly string[];
  readonly policy?: string;
  readonly ca: boolean;
  /** Holds personal data or stands on a citizen's card. */
  readonly citizen: boolean;
  readonly longestYears: number;
}

const critical = (oid: string): ExpectedExtension => ({ oid, critical: true });
const plain = (oid: string): ExpectedExtension => ({ oid, critical: false });
const both = (...usages: KeyUsage[]) => ({ rsa: usages, ec: usages });

/** The profiles of the reference (certificates of citizens: sections 3 to 5; the others: section 11). */
export const profiles: Readonly<Record<ProfileName, Profile>> = {
  'citizen-ca': {
    extensions: [
      critical(ids.keyUsage),
      plain(ids.subjectAltName),
      critical(ids.basicConstraints),
      plain(ids.crlDistributionPoints),
      plain(ids.subjectKeyIdentifier),
    ],
    ordered: true,
    keyUsage: both('keyCertSign', 'cRLSign'),
    ca: true,
    citizen: true,
    longestYears: 10,
  },
  root: {
    extensions: [
      critical(ids.keyUsage),
      critical(ids.basicConstraints),
      plain(ids.crlDistributionPoints),
      plain(ids.subjectKeyIdentifier),
    ],
    ordered: false,
    keyUsage: both('keyCertSign', 'cRLSign'),
    ca: true,
    citizen: false,
    longestYears: 20,
  },
  signature: {
    extensions: [
      critical(ids.keyUsage),
      plain(ids.subjectAltName),
      critical(ids.certificatePolicies),
      plain(ids.issuerAltName),
      plain(ids.crlDistributionPoints),
      plain(ids.authorityKeyIdentifier),
      plain(ids.subjectKeyIdentifier),
    ],
    ordered: true,
    keyUsage: both('digitalSignature', 'nonRepudiation'),
    policy: demoOids.signature,
    ca: false,
    citizen: true,
    longestYears: 5,
  },
  authentication: {
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
    ordered: true,
    keyUsage: both('digitalSignature'),
    extKeyUsage: [keyPurposes.clientAuth],
    policy: demoOids.authentication,
    ca: false,
    citizen: true,
    longestYears: 5,
  },
  agency: {
    extensions: [
      critical(ids.keyUsage),
      plain(ids.subjectAltName),
      critical(ids.certificatePolicies),
      plain(ids.crlDistributionPoints),
      plain(ids.authorityInfoAccess),
      plain(ids.authorityKeyIdentifier),
      plain(ids.subjectKeyIdentifier),
    ],
    ordered: false,
    keyUsage: both('digitalSignature', 'nonRepudiation'),
    policy: demoOids.agency,
    ca: false,
    citizen: false,
    longestYears: 5,
  },
  encryption: {
    extensions: [
      critical(ids.keyUsage),
      critical(ids.certificatePolicies),
      plain(ids.crlDistributionPoints),
      plain(ids.authorityInfoAccess),
      plain(ids.authorityKeyIdentifier),
      plain(ids.subjectKeyIdentifier),
    ],
    ordered: false,
    keyUsage: { rsa: ['keyEncipherment'], ec: ['keyAgreement'] },
    policy: demoOids.agencyEncryption,
    ca: false,
    citizen: false,
    longestYears: 5,
  },
  ocsp: {
    extensions: [
      critical(ids.keyUsage),
      plain(ids.extKeyUsage),
      plain(ids.ocspNoCheck),
      plain(ids.authorityKeyIdentifier),
      plain(ids.subjectKeyIdentifier),
    ],
    ordered: false,
    keyUsage: both('digitalSignature'),
    extKeyUsage: [keyPurposes.ocspSigning],
    ca: false,
    citizen: false,
    longestYears: 10,
  },
  tsa: {
    extensions: [
      critical(ids.keyUsage),
      critical(ids.extKeyUsage),
      critical(ids.certificatePolicies),
      plain(ids.crlDistributionPoints),
      plain(ids.authorityInfoAccess),
      plain(ids.authorityKeyIdentifier),
      plain(ids.subjectKeyIdentifier),
    ],
    ordered: false,
    keyUsage: both('digitalSignature'),
    extKeyUsage: [keyPurposes.timeStamping],
    policy: demoOids.timeStamping,
    ca: false,
    citizen: false,
    longestYears: 10,
  },
};
