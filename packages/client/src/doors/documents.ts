/** Documents that the holder signs and checks. */

export { longestPart } from '../documents/application-part.js';
export { namedResponder, type OcspSend, type ResponderAddress } from '../documents/ask-responders.js';
export { collectDocument, collectLargeDocument } from '../documents/collect.js';
export { faultWords } from '../documents/document-words.js';
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
} from '../documents/format.js';
export { detectFormat, documentFormats } from '../documents/formats.js';
export {
  isStreamed,
  type LargeFile,
  readLarge,
  type StreamedFormatId,
  signLarge,
} from '../documents/large.js';
export { reportHtml } from '../documents/report/report-html.js';
export { reportText } from '../documents/report/report-text.js';
export { type ReportView, reportView } from '../documents/report/report-view.js';
export { validationValues } from '../documents/validation-values.js';
