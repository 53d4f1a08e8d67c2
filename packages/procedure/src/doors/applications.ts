/** Definitions, applications and all that is signed, sent and answered about them. */
export type { AgencyTrust } from '../agency-signer.js';
export {
  type AnswerError,
  type Answers,
  checkAnswers,
  checkStep,
  previewTotals,
  rowNumbers,
  scopeOf,
} from '../answers.js';
export {
  type ApplicantIdentity,
  type Application,
  type ApplicationAttachment,
  buildApplication,
  parseApplication,
  type Relation,
} from '../application.js';
export { type ClaimedAttachment, checkAttachments } from '../attachments.js';
export {
  type AgencyCatalogue,
  agencyCatalogue,
  type CatalogueProcedure,
  parseCatalogue,
} from '../catalogue.js';
export { readCosigned } from '../cosigned.js';
export {
  type CounterJobClaims,
  counterJobLifetime,
  createCounterJob,
  verifyCounterJob,
} from '../counter-job.js';
export { type Condition, chosen, holds } from '../definition/conditions.js';
export type { IdentityItem, ProcedureDefinition } from '../definition/definition.js';
export { type Extended, extendDefinition, isExtension } from '../definition/extend.js';
export { type Entry, type Field, type Group, isGroup } from '../definition/fields.js';
export { type ParsedDefinition, parseDefinition } from '../definition/parse.js';
export type { AttachmentRule, PartRule, PersonRule, SignerRule, Step } from '../definition/parts.js';
export { type DrawnRow, drawApplication, showAnswer } from '../draw.js';
export {
  createLoginRequest,
  type LoginRequestClaims,
  type LoginRequestRule,
  loginLifetime,
  verifyLoginRequest,
} from '../login/request.js';
export { buildLoginToken, type LoginToken, parseLoginToken } from '../login/token.js';
export {
  type LoginRevocation,
  type LoginTrust,
  type VerifiedHolder,
  verifyLoginCertificate,
} from '../login/verify-certificate.js';
export { type ExpectedLogin, type LoginTokenRule, verifyLoginToken } from '../login/verify-token.js';
export {
  type AgencyFigures,
  monthSchema,
  type ProcedureFigures,
  readAgencyFigures,
  waitingSchema,
} from '../public-figures.js';
export { createReceipt, type Receipt, type ReceiptRule, verifyReceipt } from '../receipt.js';
export {
  createSigningRequest,
  type RequestRule,
  type SigningRequestClaims,
  verifySigningRequest,
} from '../request.js';
export {
  buildSubmission,
  openSubmission,
  readSubmission,
  readSubmissionIn,
  type Submission,
  sealSubmission,
} from '../submission.js';
