export { type AnswerError, type Answers, checkAnswers, isAsked } from './answers.js';
export {
  type ApplicantIdentity,
  type Application,
  type ApplicationAttachment,
  buildApplication,
  parseApplication,
} from './application.js';
export { type ClaimedAttachment, checkAttachments } from './attachments.js';
export { canonicalize, isCanonical, sha256Hex } from './canonical.js';
export {
  type AttachmentRule,
  type Field,
  type ProcedureDefinition,
  parseDefinition,
} from './definition.js';
export { type DrawnRow, drawApplication } from './draw.js';
export type { Json } from './json.js';
export { markText } from './marks.js';
export type { Words } from './words.js';
