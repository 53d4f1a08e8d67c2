import { contentTypes } from '../cms/cms-oids.js';
import { type Check, type CheckContext, type Finding, notApplicable } from './check.js';
import type { EvidenceSigner } from './evidence.js';
import type { FindingId } from './findings.js';
import type { ReportSubIndication } from './indications.js';
import { pdfChecks } from './pdf-checks.js';
import { algorithmWeakness, keyWeakness } from './strength.js';
import { findingOfXmlRule, xmlChecks } from './xml-checks.js';

type Step = readonly [
  id: string,
  subIndications: readonly ReportSubIndication[],
  findingOf: (rule: string) => FindingId,
];

/** The sub-indications a signature can end with, in the order in which they are found: what comes later was then not looked at. */
const steps: readonly Step[] = [
  ['signature.format', ['FORMAT_FAILURE'], (rule) => findingOfXmlRule(rule) ?? 'signature.format'],
  ['signature.certificate', ['NO_SIGNING_CERTIFICATE_FOUND'], () => 'signature.noCertificate'],
  ['signature.computable', ['CRYPTO_CONSTRAINTS_FAILURE'], () => 'signature.unknownAlgorithm'],
  [
    'signature.content',
    ['HASH_FAILURE', 'SIGNED_DATA_NOT_FOUND'],
    (rule) =>
      rule === 'signature.content.missing' ? 'signature.contentMissing' : 'signature.contentChanged',
  ],
  [
    'signature.value',
    ['SIG_CRYPTO_FAILURE'],
    (rule) =>
      rule === 'signature.certificate.exchanged' ? 'signature.certificateExchanged' : 'signature.broken',
  ],
  [
    'signature.attributes',
    ['SIG_CONSTRAINTS_FAILURE'],
    (rule) => findingOfXmlRule(rule) ?? 'signature.attributes',
  ],
];

const stepChecks = steps.map(
  ([id, subIndications, findingOf], index): Check => ({
    id,
    block: 'signature',
    level: 'FAIL',
    run: ({ evidence }) => {
      if (evidence.signature === undefined) return notApplicable;
      const { subIndication, rule = '' } = evidence.signature;
      const hit = subIndications.find((candidate) => candidate === subIndication);
      if (hit !== undefined) {
        const place = evidence.xml?.fault;
        const detail = place === undefined ? rule : `${rule} ${place}`;
        return { finding: findingOf(rule), subIndication: hit, detail };
      }
      const earlier = steps.slice(0, index).some(([, ends]) => ends.some((end) => end === subIndication));
      return earlier ? notApplicable : undefined;
    },
  }),
);

/** A check over the facts about the signer, where the signature could be read that far. */
function onSigner(
  id: string,
  run: (context: CheckContext, signer: EvidenceSigner) => Finding | undefined | typeof notApplicable,
  level: Check['level'] = 'FAIL',
): Check {
  return {
    id,
    block: 'signature',
    level,
    run: (context) => {
      const signer = context.evidence.signature?.signer;
      return signer === undefined ? notApplicable : run(context, signer);
    },
  };
}

function checkContainer({ evidence }: CheckContext): Finding | undefined | typeof notApplicable {
  const { container } = evidence;
  if (container === undefined) return notApplicable;
  if (container.intact) return undefined;
  // The last part of these rules is a file's name: it may be somebody's name and stays in the evidence.
  const [, kind] = /^asic\.(digest|missing|unlisted)\./.exec(container.rule ?? '') ?? [];
  const detail = kind === undefined ? (container.rule ?? '') : `asic.${kind}`;
  if (kind === 'digest') return { finding: 'container.fileChanged', subIndication: 'HASH_FAILURE', detail };
  if (kind === 'missing')
    return { finding: 'container.fileMissing', subIndication: 'SIGNED_DATA_NOT_FOUND', detail };
  if (kind === 'unlisted') return { finding: 'container.fileAdded', subIndication: 'FORMAT_FAILURE', detail };
  return { finding: 'container.format', subIndication: 'FORMAT_FAILURE', detail };
}

function checkAlgorithm(context: CheckContext, { algorithm, keyBits }: EvidenceSigner): Finding | undefined {
  if (algorithm === undefined) return undefined;
  // Without the signer's key nothing is known of its length; that the certificate is missing is said by its own check.
  const weakness =
    algorithmWeakness(context, algorithm) ??
    (keyBits === undefined ? undefined : keyWeakness(context, keyBits));
  return weakness === undefined ? undefined : { finding: 'signature.weak', ...weakness };
}

function checkReference(
  { policy, evidence }: CheckContext,
  { signingCertificate }: EvidenceSigner,
): Finding | undefined | typeof notApplicable {
  if (evidence.xml?.form === 'xmldsig') return notApplicable;
  if (!policy.requireSigningCertificate || signingCertificate !== 'absent') return undefined;
  return { finding: 'signature.unreferenced', subIndication: 'SIG_CONSTRAINTS_FAILURE' };
}

/** Signed as plain data: another type (a time stamp's, for instance) was meant for another reader. */
function checkContentType({ evidence, policy }: CheckContext): Finding | undefined {
  const { contentType = contentTypes.data } = evidence.signature ?? {};
  if ((policy.contentTypes ?? [contentTypes.data]).includes(contentType)) return undefined;
  return { finding: 'signature.attributes', subIndication: 'SIG_CONSTRAINTS_FAILURE', detail: contentType };
}

/** A report about one of several must have been asked for by number: then the others have reports of their own. */
function checkSigners({ evidence }: CheckContext): Finding | undefined {
  const { signers = 0, number } = evidence.signature ?? {};
  if (signers <= 1 || number !== undefined) return undefined;
  return {
    finding: 'signature.severalSigners',
    subIndication: 'SIG_CONSTRAINTS_FAILURE',
    detail: String(signers),
  };
}

/**
 * A signature made under a named signature policy (EN 319 122-1 5.2.9) is only understood by who has read that document: ours says which it
 * has taken in, by object identifier and digest.
 */
function checkSignaturePolicy(
  { policy }: CheckContext,
  { signaturePolicy }: EvidenceSigner,
): Finding | undefined | typeof notApplicable {
  if (signaturePolicy === undefined) return notApplicable;
  const { oid, sha256 } = signaturePolicy;
  const known = policy.signaturePolicies?.[oid];
  if (known === undefined) {
    return {
      finding: 'signature.policyUnknown',
      subIndication: 'SIGNATURE_POLICY_NOT_AVAILABLE',
      detail: oid,
    };
  }
  if (sha256 === known) return undefined;
  return { finding: 'signature.policyDiffers', subIndication: 'POLICY_PROCESSING_ERROR', detail: oid };
}

/** The claimed time must lie between the bounds that are proven. The signer's clock is not proof, so this only warns. */
function checkClaimedTime(
  { policy, notEarlier, notLater }: CheckContext,
  { signingTime }: EvidenceSigner,
): Finding | undefined {
  if (signingTime === undefined)
    return { finding: 'signature.noTime', subIndication: 'SIG_CONSTRAINTS_FAILURE' };
  const claimed = Date.parse(signingTime);
  const skew = policy.skewSeconds * 1000;
  const early = notEarlier !== undefined && claimed < notEarlier.getTime() - skew;
  if (!early && claimed <= notLater.getTime() + skew) return undefined;
  return { finding: 'signature.oddTime', subIndication: 'SIG_CONSTRAINTS_FAILURE', detail: signingTime };
}

/** Broken stamps and impossible times are signs of tampering; a stamp that merely proves nothing is noted below. */
function checkTimeStamps({ stamps }: CheckContext): Finding | undefined | typeof notApplicable {
  if (stamps.length === 0) return notApplicable;
  const hit =
    stamps.find(({ fault }) => fault?.kind === 'broken') ??
    stamps.find(({ fault }) => fault?.kind === 'order');
  if (hit?.fault === undefined) return undefined;
  const { kind, subIndication, detail } = hit.fault;
  const finding = kind === 'broken' ? 'signature.timeStampBroken' : 'signature.timeStampOrder';
  return { finding, subIndication, detail: `${hit.kind} ${detail}` };
}

function checkProofs({ stamps }: CheckContext): Finding | undefined | typeof notApplicable {
  if (stamps.length === 0) return notApplicable;
  const hit = stamps.find(({ fault }) => fault?.kind === 'unproven');
  if (hit?.fault === undefined) return undefined;
  const { subIndication, detail } = hit.fault;
  return {
    finding: 'signature.timeStampUnproven',
    subIndication,
    detail: `${hit.kind} ${subIndication} ${detail}`,
  };
}

function checkCounterSignatures({ evidence }: CheckContext): Finding | undefined | typeof notApplicable {
  const all = evidence.signature?.signer?.counterSignatures ?? [];
  if (all.length === 0) return notApplicable;
  const broken = all.find(({ intact }) => !intact);
  if (broken === undefined) return undefined;
  const detail = broken.rule ?? '';
  return { finding: 'signature.counterSignature', subIndication: 'SIG_CONSTRAINTS_FAILURE', detail };
}

function checkOrder(_: CheckContext, { attributesOrdered }: EvidenceSigner): Finding | undefined {
  return attributesOrdered ? undefined : { finding: 'signature.unordered', subIndication: 'FORMAT_FAILURE' };
}

/** The block of 署名: is this what was signed, and did this certificate's key sign it? In the order of EN 319 102-1. */
export const signatureChecks: readonly Check[] = [
  { id: 'container', block: 'signature', level: 'FAIL', run: checkContainer },
  ...pdfChecks,
  ...stepChecks,
  onSigner('signature.algorithm', checkAlgorithm),
  onSigner('signature.reference', checkReference),
  ...xmlChecks,
  onSigner('signature.contentType', checkContentType),
  onSigner('signature.signers', checkSigners),
  onSigner('signature.policy', checkSignaturePolicy),
  onSigner('signature.claimedTime', checkClaimedTime, 'WARN'),
  onSigner('signature.order', checkOrder, 'INFORM'),
  { id: 'signature.timeStamps', block: 'signature', level: 'FAIL', run: checkTimeStamps },
  { id: 'signature.timeStampProofs', block: 'signature', level: 'WARN', run: checkProofs },
  { id: 'signature.counterSignatures', block: 'signature', level: 'WARN', run: checkCounterSignatures },
];
