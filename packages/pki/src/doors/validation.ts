/** Is a certificate good: paths, CRL, OCSP. */
export { buildCrl, type CrlInput, type RevokedEntry } from '../crl/build.js';
export type { Revocation } from '../crl/entry.js';
export { type CrlIndex, type IssuingDistributionPoint, loadCrl } from '../crl/load.js';
export { type RevocationReason, reasonCodes } from '../crl/reason.js';
export { crlSpeaksFor } from '../crl/speaks-for.js';
export { type CertificateId, certificateId } from '../ocsp/certificate-id.js';
export {
  buildHolderOcspRequest,
  buildOcspRequest,
  type OcspRequest,
  type OcspRequestSignature,
  parseOcspRequest,
} from '../ocsp/request.js';
export {
  buildOcspResponse,
  buildOcspResponseNow,
  type OcspAnswer,
  type OcspError,
  type OcspStatus,
  ocspError,
} from '../ocsp/response.js';
export { type OcspVerdict, verifyOcspResponse } from '../ocsp/verify.js';
export type { CryptoPolicy } from '../path/context.js';
export { type PathInput, type PathResult, validatePath } from '../path/validate.js';
export {
  createPathValidator,
  type PathQuestion,
  type PathSettings,
  type PathValidator,
} from '../path/validator.js';
export type { SubIndication } from '../path/verdict.js';
