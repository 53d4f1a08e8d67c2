export { type Agent, type AgentOptions, startAgent } from './agent/agent.js';
export { agentPhrase } from './agent/phrase.js';
export { agentPort, agentStatus } from './agent/port.js';
export { agentVersion } from './agent/version.js';
export { isAuthorityAddress } from './authority-asker.js';
export { CardSession } from './card-session.js';
export { type CardSignatureAlgorithm, cardAlgorithm } from './card-signature.js';
export { CardVisit, type CertificateName, type KeyKind, type PinStatus } from './card-visit.js';
export { endWarning } from './certificate-end.js';
export { type CertificateRow, certificateRows } from './certificate-words.js';
export type { CardChannel } from './channel.js';
export { ClientError, type ClientErrorCode, type PinKind } from './client-error.js';
export { type Explanation, explainClientError } from './client-words.js';
export { validityWords } from './doctor/certificate-check.js';
export { type DoctorOptions, doctor } from './doctor/doctor.js';
export { applyFixes, type FixResult } from './doctor/fixes.js';
export type { DoctorCheck, DoctorFix, DoctorReport } from './doctor/report.js';
export { doctorSteps } from './doctor/steps.js';
export { namedResponder, type OcspSend, type ResponderAddress } from './documents/ask-responders.js';
export { collectDocument, collectLargeDocument } from './documents/collect.js';
export { faultWords } from './documents/document-words.js';
export {
  DocumentError,
  type DocumentFormat,
  type DocumentSigner,
  type FormatId,
  type GivenFile,
  levels,
  type PdfChoices,
  type SignatureLevel,
  type SignedSoFar,
  type SignInput,
  type SignRequest,
  type StampText,
  type Trust,
} from './documents/format.js';
export { detectFormat, documentFormats } from './documents/formats.js';
export {
  isStreamed,
  type LargeFile,
  readLarge,
  type StreamedFormatId,
  signLarge,
} from './documents/large.js';
export { reportHtml } from './documents/report/report-html.js';
export { reportText } from './documents/report/report-text.js';
export { type ReportView, reportView } from './documents/report/report-view.js';
export { validationValues } from './documents/validation-values.js';
export type { ForeignCard } from './foreign-card.js';
export { foreignCardNames } from './foreign-card-words.js';
export { imageChannel } from './image-channel.js';
export { announceHome, findHome, writeOpener } from './install/agent-home.js';
export { isCounter, isPortal, readAgentTrust, writeAgentTrust } from './install/agent-trust.js';
export {
  folderOf,
  installAgent,
  installedState,
  runQuietly,
  thisMachine,
  uninstallAgent,
} from './install/install.js';
export { agentCommand, agentUnit, type Machine } from './install/install-plan.js';
export { type OwnValidity, ownValidity } from './own-validity.js';
export { hasPinForm, onPinPad, type Pin, type PinSource } from './pin.js';
export { newPinRules, pinTitles } from './pin-words.js';
export {
  listReaders,
  type ReaderInfo,
  type ReaderList,
  readerChannel,
  readerChannels,
} from './reader-channel.js';
export { waitForCard, watchReaders } from './reader-watch.js';
export { type RenewedKey, renewKey } from './renewal/renew-key.js';
export { RenewalError } from './renewal/renewal-error.js';
export { renewalService } from './renewal/renewal-service.js';
export { renewalStepWords, renewalWords, renewedNames } from './renewal/renewal-words.js';
export { installService, startService } from './service-words.js';
export { type SystemKind, systemKind } from './system.js';
export { parseTextItems, type TextItems } from './text-items.js';
export type { CardKind } from './token-kind.js';
export { askForTokens, type VouchingCard } from './tokens/card-request.js';
export { makeToken, type TokenStep, tokenPinFault } from './tokens/make-token.js';
export { TokenError } from './tokens/token-error.js';
export { type KnownToken, type TokenMedium, tokenService } from './tokens/token-service.js';
export { tokenNames, tokenStepWords, tokenWords } from './tokens/token-words.js';
