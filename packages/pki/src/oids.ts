/** Object identifiers in use, each once, with its source. */

/** Attribute types of names (X.520; RFC 4519; RFC 5280 appendix A). */
export const attributeTypes = {
  commonName: '2.5.4.3',
  surname: '2.5.4.4',
  serialNumber: '2.5.4.5',
  country: '2.5.4.6',
  locality: '2.5.4.7',
  stateOrProvince: '2.5.4.8',
  organization: '2.5.4.10',
  organizationalUnit: '2.5.4.11',
  title: '2.5.4.12',
  givenName: '2.5.4.42',
  dnQualifier: '2.5.4.46',
  domainComponent: '0.9.2342.19200300.100.1.25',
  emailAddress: '1.2.840.113549.1.9.1',
} as const;

/** Public key and signature algorithms (RFC 3279, 4055, 5480, 5758). */
export const algorithms = {
  rsaEncryption: '1.2.840.113549.1.1.1',
  sha1WithRsa: '1.2.840.113549.1.1.5',
  mgf1: '1.2.840.113549.1.1.8',
  rsaPss: '1.2.840.113549.1.1.10',
  sha256WithRsa: '1.2.840.113549.1.1.11',
  sha384WithRsa: '1.2.840.113549.1.1.12',
  sha512WithRsa: '1.2.840.113549.1.1.13',
  ecPublicKey: '1.2.840.10045.2.1',
  p256: '1.2.840.10045.3.1.7',
  p384: '1.3.132.0.34',
  ecdsaSha256: '1.2.840.10045.4.3.2',
  ecdsaSha384: '1.2.840.10045.4.3.3',
  ecdsaSha512: '1.2.840.10045.4.3.4',
} as const;

/** Digest algorithms (RFC 5754; SHA-1: RFC 3279). */
export const digests = {
  sha1: '1.3.14.3.2.26',
  sha256: '2.16.840.1.101.3.4.2.1',
  sha384: '2.16.840.1.101.3.4.2.2',
  sha512: '2.16.840.1.101.3.4.2.3',
} as const;

/** Certificate, CRL and OCSP extensions (RFC 5280, 6960). */
export const extensionIds = {
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  issuerAltName: '2.5.29.18',
  basicConstraints: '2.5.29.19',
  crlNumber: '2.5.29.20',
  reasonCode: '2.5.29.21',
  invalidityDate: '2.5.29.24',
  deltaCrlIndicator: '2.5.29.27',
  issuingDistributionPoint: '2.5.29.28',
  certificateIssuer: '2.5.29.29',
  nameConstraints: '2.5.29.30',
  crlDistributionPoints: '2.5.29.31',
  certificatePolicies: '2.5.29.32',
  policyMappings: '2.5.29.33',
  authorityKeyIdentifier: '2.5.29.35',
  policyConstraints: '2.5.29.36',
  extKeyUsage: '2.5.29.37',
  freshestCrl: '2.5.29.46',
  inhibitAnyPolicy: '2.5.29.54',
  expiredCertsOnCrl: '2.5.29.60',
  authorityInfoAccess: '1.3.6.1.5.5.7.1.1',
  ocspNonce: '1.3.6.1.5.5.7.48.1.2',
  ocspNoCheck: '1.3.6.1.5.5.7.48.1.5',
  ocspArchiveCutoff: '1.3.6.1.5.5.7.48.1.6',
} as const;

/** Extended key usages (RFC 5280 4.2.1.12; documentSigning: RFC 9336). */
export const keyPurposes = {
  any: '2.5.29.37.0',
  serverAuth: '1.3.6.1.5.5.7.3.1',
  clientAuth: '1.3.6.1.5.5.7.3.2',
  emailProtection: '1.3.6.1.5.5.7.3.4',
  timeStamping: '1.3.6.1.5.5.7.3.8',
  ocspSigning: '1.3.6.1.5.5.7.3.9',
  documentSigning: '1.3.6.1.5.5.7.3.36',
} as const;

/** RFC 5280 4.2.1.4: any policy. */
export const anyPolicy = '2.5.29.32.0';

/** Policy qualifiers (RFC 5280 4.2.1.4). */
export const policyQualifiers = { cps: '1.3.6.1.5.5.7.2.1', userNotice: '1.3.6.1.5.5.7.2.2' } as const;

/** Access methods and the basic OCSP response (RFC 5280 4.2.2.1, RFC 6960 4.2.1). */
export const access = {
  ocsp: '1.3.6.1.5.5.7.48.1',
  caIssuers: '1.3.6.1.5.5.7.48.2',
  ocspBasic: '1.3.6.1.5.5.7.48.1.1',
} as const;

/**
 * The otherName types of the signature certificate (arc 1.2.392.200149.8.5 of JPKI): the four items of identity and, for name
 * and address, one digit a character that says whether the character stands for another one.
 */
export const identityItems = {
  name: '1.2.392.200149.8.5.5.1',
  nameSubstitution: '1.2.392.200149.8.5.5.2',
  sex: '1.2.392.200149.8.5.5.3',
  birthDate: '1.2.392.200149.8.5.5.4',
  address: '1.2.392.200149.8.5.5.5',
  addressSubstitution: '1.2.392.200149.8.5.5.6',
} as const;

/**
 * Certificate policies of the demo authority, under the documentation arc of RFC 5612: nothing issued here may look like
 * production. The tails follow the shape of the real ones (signature on card …1.1.20, authentication on card …1.3.30).
 */
export const demoOids = {
  signature: '1.3.6.1.4.1.32473.8.5.1.1.20',
  authentication: '1.3.6.1.4.1.32473.8.5.1.3.30',
  /** Certificates on a smartphone: the real signature policy is …1.1.40, that of authentication is not known (our own choice). */
  phoneSignature: '1.3.6.1.4.1.32473.8.5.1.1.40',
  phoneAuthentication: '1.3.6.1.4.1.32473.8.5.1.3.50',
  agency: '1.3.6.1.4.1.32473.8.5.1.9.10',
  agencyEncryption: '1.3.6.1.4.1.32473.8.5.1.9.20',
  timeStamping: '1.3.6.1.4.1.32473.8.5.1.9.30',
  /** Signature certificates of the governors' authorities (scheme of 2008, reconstructed). */
  prefectureSignature: '1.3.6.1.4.1.32473.8.5.2.1.20',
  /** Certificates of office (官職証明書) on the government's side of the bridges. */
  official: '1.3.6.1.4.1.32473.8.5.3.1.10',
  /** Not a policy: the CRL extension that carries the end of the authority's audit chain. */
  auditHead: '1.3.6.1.4.1.32473.8.5.4.1',
  /** Not a policy: the content type of what a card's holder asks the authority for; no signed file ever has it. */
  holderRequest: '1.3.6.1.4.1.32473.8.5.4.2',
} as const;
