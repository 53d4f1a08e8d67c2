/** Signed documents: CMS, containers, PDF, XML, time stamps, reports. */
export type { AsicArchive } from '../asic/archive-read.js';
export { addAsicArchive } from '../asic/archive-write.js';
export { type AsicContainer, type AsicFile, asicMediaType, readAsic, writeAsic } from '../asic/asic.js';
export { type AsicSimple, asicSimpleMediaType, readAsicSimple, writeAsicSimple } from '../asic/asic-s.js';
export {
  type AsicStreamed,
  type AsicStreamFile,
  openAsic,
  writeAsicSimpleStream,
  writeAsicStream,
} from '../asic/asic-stream.js';
export { isSafeEntryName } from '../asic/entry-name.js';
export { readZip, type ZipEntry, type ZipLimits } from '../asic/zip-read.js';
export { type ByteSource, openZip, type ZipSourceEntry } from '../asic/zip-source.js';
export { writeZipStream, type ZipStreamInput } from '../asic/zip-stream.js';
export { writeZip } from '../asic/zip-write.js';
export { type CounterSignature, findCounterSignatures } from '../cades/counter-signatures.js';
export { type FoundTimeStamp, findTimeStamps } from '../cades/time-stamps.js';
export {
  addArchiveTimeStamp,
  addSignatureTimeStamp,
  addValidationValues,
  type Stamp,
  type ValidationValues,
} from '../cades/upgrade.js';
export { type EnvelopeAddressee, openEnvelope, readEnvelopeRecipients } from '../cms/open-envelope.js';
export { sealEnvelope } from '../cms/seal-envelope.js';
export { type CadesInput, signCades } from '../cms/sign-cades.js';
export { type CadesStreamInput, signCadesAttached, signCadesDetached } from '../cms/sign-cades-stream.js';
export type {
  SignatureResult,
  SignatureRule,
  SignatureSubIndication,
  SignerResult,
} from '../cms/signature-result.js';
export { cadesPolicy, type SignaturePolicy, verifySignedData } from '../cms/verify-signed-data.js';
export { type StreamedSignature, verifySignedDataStream } from '../cms/verify-stream.js';
export type { PdfAppearance, PdfPlace } from '../pdf/appearance.js';
export type { PdfChange, PdfChangeKind } from '../pdf/change.js';
export { addDocumentTimeStamp } from '../pdf/document-time-stamp.js';
export { readPdf, type SignedPdf, signedRevision } from '../pdf/read.js';
export { addSecurityStore } from '../pdf/security-store.js';
export { type PdfSignatureForm, type PdfSignInput, pdfSigningFault, signPdf } from '../pdf/sign.js';
export { type PdfFault, type PdfSignature, signedContent } from '../pdf/signatures.js';
export type { BlockName, CheckResult } from '../report/check.js';
export { explainCheck } from '../report/check-words.js';
export {
  type CoveredFile,
  type DocumentEvidence,
  type DocumentReport,
  evaluateDocument,
  type FoundSignature,
  type SignedDocument,
} from '../report/document.js';
export { encodeReport, evaluate, type Report, type ReportBlock } from '../report/evaluate.js';
export type {
  Evidence,
  EvidenceAttempt,
  EvidenceCertificate,
  EvidenceChain,
  EvidenceContainer,
  EvidenceCounterSignature,
  EvidencePdf,
  EvidencePdfSignature,
  EvidenceSignature,
  EvidenceSigner,
  EvidenceTimeStamp,
  EvidenceXml,
  RevocationItem,
} from '../report/evidence.js';
export { documentEvidenceShape, parseDocumentEvidence } from '../report/evidence-shape.js';
export { createPathFinder, everySignature, type PathFinder } from '../report/find-path.js';
export { explainFinding, type FindingId } from '../report/findings.js';
export {
  beginEvidence,
  type GatherInput,
  gatherEverySigner,
  gatherEvidence,
  type StreamedEvidence,
} from '../report/gather.js';
export { type ReportSubIndication, subIndications } from '../report/indications.js';
export { parsePolicy, policyShape } from '../report/parse-policy.js';
export {
  citizenSignaturePolicy,
  type Freshness,
  registryPdfPolicy,
  type ValidationPolicy,
} from '../report/policy.js';
export type { RevocationSource } from '../report/revocation-items.js';
export { jsonSchema, type ShapeFault } from '../report/shape.js';
export { stampThrough, TimeStampError } from '../tsp/ask.js';
export type { MessageImprint } from '../tsp/imprint.js';
export type { Accuracy, TimeStampInfo } from '../tsp/info.js';
export {
  buildTimeStampRequest,
  longestTimeStampRequest,
  parseTimeStampRequest,
  type TimeStampRequest,
} from '../tsp/request.js';
export {
  buildTimeStampResponse,
  parseTimeStampResponse,
  type TimeStampFailure,
  type TimeStampResponse,
  type TimeStampTerms,
  timeStampFault,
  timeStampRefusal,
} from '../tsp/response.js';
export type { TimeStampSigner } from '../tsp/token.js';
export {
  openTimeStamp,
  type TimeStampExpectation,
  type TimeStampToken,
  type TimeStampVerdict,
  verifyTimeStamp,
  verifyTimeStampResponse,
} from '../tsp/verify.js';
export {
  createVerifier,
  type SignerVerification,
  type Verification,
  type VerificationQuestion,
  type Verifier,
  type VerifierSettings,
} from '../verifier.js';
export { addXmlSignatureTimeStamp } from '../xades/add-time-stamp.js';
export { addXmlValidationValues } from '../xades/add-values.js';
export { type Canonicalization, canonicalize } from '../xml/canonicalize.js';
export { parseXml, type XmlLimits, type XmlOptions, type XmlParsed } from '../xml/read.js';
export type { XmlAttribute, XmlDocument, XmlElement, XmlNode } from '../xml/tree.js';
export { xmlSignFault } from '../xmldsig/place-signature.js';
export type { SignedPart, XmlSignatureResult, XmlSigner } from '../xmldsig/result.js';
export type { XmlSignatureRule, XmlVerdict } from '../xmldsig/rules.js';
export {
  signXml,
  type XmlSignedFile,
  type XmlSignInput,
  type XmlSignOutcome,
} from '../xmldsig/sign.js';
export { filesOfXmlSignatures, verifyXmlSignatures, type XmlVerifyInput } from '../xmldsig/verify.js';
