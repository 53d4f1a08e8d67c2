/** DER, names, keys, certificates and the profiles of JPKI. */
export type {
  AccessDescription,
  AuthorityKeyIdentifier,
  BasicConstraints,
  DistributionPoint,
  Extension,
  KeyUsage,
  PolicyInformation,
} from '../certificate/extensions.js';
export type { GeneralName } from '../certificate/general-name.js';
export {
  assembleCertificate,
  type CertificateTemplate,
  issueCertificate,
  toBeSigned,
} from '../certificate/issue.js';
export { type Certificate, parseCertificate, serialHex } from '../certificate/parse.js';
export { type CertificationRequest, parseCertificationRequest } from '../certificate/parse-request.js';
export { buildCertificationRequest } from '../certificate/request.js';
export { attempt, type DerFault, fail, type Parsed } from '../der/fault.js';
export {
  bytesOf,
  checkDer,
  contentOf,
  type Encoding,
  inside,
  Reader,
  type Tlv,
  wholeTlv,
} from '../der/read.js';
export { contextTag, tags } from '../der/tags.js';
export { readTime, writeGeneralizedTime, writeTime } from '../der/time.js';
export * as values from '../der/values.js';
export * as der from '../der/write.js';
export type { DigestAlgorithm, SignatureAlgorithm } from '../key/algorithm.js';
export { digest, keyIdentifier, sha256 } from '../key/digest.js';
export {
  importPublicKey,
  type KeyNumbers,
  type KeyPolicy,
  type PublicKey,
  readKeyNumbers,
  spkiFromRsa,
} from '../key/import.js';
export {
  type Decrypter,
  generateKeyPair,
  type KeyKind,
  type Signer,
  softwareDecrypter,
  softwareSigner,
} from '../key/software.js';
export { verifySignature } from '../key/verify.js';
export {
  buildName,
  type Name,
  type NameAttribute,
  nameKey,
  namesEqual,
  nameToString,
  nameValues,
  parseName,
} from '../name.js';
export * from '../oids.js';
export {
  agencyCodeOf,
  agencyNameOf,
  agencyTemplate,
  encryptionTemplate,
  hostsOf,
  ocspResponderTemplate,
  rootTemplate,
  tsaTemplate,
} from '../profile/agency.js';
export { authenticationTemplate, crlDistributionPointName, signatureTemplate } from '../profile/citizen.js';
export { type CitizenCertificateKind, citizenCaTemplate, governorCaTemplate } from '../profile/citizen-ca.js';
export { crossTemplate, linkTemplate } from '../profile/cross.js';
export { type Identity, readIdentity, type Sex } from '../profile/identity.js';
