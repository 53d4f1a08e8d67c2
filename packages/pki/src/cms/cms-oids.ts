/** Content types (RFC 5652 sections 4 and 5, RFC 5083, RFC 3161). */
export const contentTypes = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  authEnvelopedData: '1.2.840.113549.1.9.16.1.23',
  timeStampInfo: '1.2.840.113549.1.9.16.1.4',
} as const;

/** Signed attributes (RFC 5652 section 11, RFC 5035). */
export const attributeIds = {
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  signingCertificate: '1.2.840.113549.1.9.16.2.12',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  /** ETSI EN 319 122-1 5.2.9.1. */
  signaturePolicy: '1.2.840.113549.1.9.16.2.15',
} as const;

/** Other revocation information in SignedData.crls: an OCSP response (RFC 5940 section 2.1). */
export const ocspResponseInfo = '1.3.6.1.5.5.7.16.2';

/** Algorithms of the envelope (RFC 5084, 3565, 5753, 3560). */
export const envelopeAlgorithms = {
  aes256Gcm: '2.16.840.1.101.3.4.1.46',
  aes256Wrap: '2.16.840.1.101.3.4.1.45',
  ecdhSha256: '1.3.132.1.11.1',
  rsaOaep: '1.2.840.113549.1.1.7',
  oaepEmptyLabel: '1.2.840.113549.1.1.9',
} as const;
