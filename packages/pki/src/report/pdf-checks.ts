import type { PdfChange } from '../pdf/change.js';
import { type Check, type CheckContext, type Finding, notApplicable } from './check.js';
import type { EvidencePdf, EvidencePdfSignature } from './evidence.js';
import type { FindingId } from './findings.js';

type Outcome = ReturnType<Check['run']>;

/** A check over the file, where the signature is in a PDF. */
function onPdf(
  id: string,
  run: (pdf: EvidencePdf, context: CheckContext) => Outcome,
  level: Check['level'] = 'FAIL',
): Check {
  return {
    id,
    block: 'signature',
    level,
    run: (context) =>
      context.evidence.pdf === undefined ? notApplicable : run(context.evidence.pdf, context),
  };
}

/** A check over the signature's place in the file. */
const onPlace = (
  id: string,
  run: (signature: EvidencePdfSignature, context: CheckContext) => Outcome,
  level: Check['level'] = 'FAIL',
): Check =>
  onPdf(
    id,
    ({ signature }, context) => (signature === undefined ? notApplicable : run(signature, context)),
    level,
  );

const broken = (finding: FindingId, detail: string): Finding => ({
  finding,
  subIndication: 'FORMAT_FAILURE',
  detail,
});

function describe({ rule, object }: PdfChange): string {
  return object === 0 ? rule : `${rule} (object ${object})`;
}

/** The first change of a kind, as a finding. */
function first(
  changes: readonly PdfChange[],
  finding: FindingId,
  wanted: (change: PdfChange) => boolean,
): Outcome {
  if (changes.length === 0) return notApplicable;
  const hit = changes.find(wanted);
  return hit === undefined ? undefined : broken(finding, describe(hit));
}

/** The place of a signature in its PDF, and what came after it. */
const placeChecks: readonly Check[] = [
  onPdf('pdf.format', ({ intact, rule = '' }) => {
    if (intact) return undefined;
    return broken(rule === 'pdf.encrypted' ? 'pdf.encrypted' : 'pdf.format', rule);
  }),
  onPdf('pdf.signature', ({ intact, signature }) => {
    if (!intact) return notApplicable;
    return signature === undefined ? broken('pdf.unsigned', '') : undefined;
  }),
  onPlace('pdf.place', ({ faults, message }) => {
    const [fault] = faults;
    if (fault !== undefined) return broken('pdf.place', `${fault.rule} at byte ${fault.offset}`);
    return message !== undefined && message.signers > 1
      ? broken('pdf.place', 'pdf.contents.signers')
      : undefined;
  }),
  onPlace('pdf.changes', ({ changes }) => first(changes, 'pdf.changed', ({ permitted }) => !permitted)),
  onPlace(
    'pdf.laterStamps',
    ({ changes }) =>
      first(changes, 'pdf.laterStamp', ({ kind, permitted, visible }) => {
        return permitted && kind === 'signature' && visible === true;
      }),
    'WARN',
  ),
  onPlace(
    'pdf.filled',
    ({ changes }) =>
      first(changes, 'pdf.filled', ({ kind, permitted }) => {
        return permitted && (kind === 'formFill' || kind === 'annotation');
      }),
    'WARN',
  ),
  onPlace(
    'pdf.metadata',
    ({ changes }) => first(changes, 'pdf.metadata', ({ kind }) => kind === 'metadata'),
    'WARN',
  ),
  onPlace(
    'pdf.pades',
    ({ subFilter, message, time }) => {
      if (subFilter !== 'ETSI.CAdES.detached' || message === undefined) return notApplicable;
      if (message.signingTime) return broken('pdf.pades', 'signingTime');
      return time === undefined ? broken('pdf.pades', '/M') : undefined;
    },
    'INFORM',
  ),
];

/** Faults that C5 (the ranges) and C6 (the contents) look at. */
const rangeFault = /^pdf\.(byteRange|revision|signature)\b/;
const contentsFault = /^pdf\.contents\b/;

type RegistryRow = readonly [
  id: string,
  /** What is wrong, for the engineer; undefined where the check passes. */
  run: (signature: EvidencePdfSignature, context: CheckContext) => string | undefined | typeof notApplicable,
];

const faultOf = ({ faults }: EvidencePdfSignature, wanted: RegExp): string | undefined =>
  faults.find(({ rule }) => wanted.test(rule))?.rule;

/** The checklist of the registries' form, C1 to C9, as signing programs for them implement it. */
const registryRows: readonly RegistryRow[] = [
  ['C1', ({ type }) => (type === 'Sig' ? undefined : `/Type ${type ?? 'absent'}`)],
  [
    'C2',
    ({ subFilter }) =>
      subFilter === 'adbe.pkcs7.detached' ? undefined : `/SubFilter ${subFilter ?? 'absent'}`,
  ],
  ['C3', ({ named }) => (named ? undefined : '/Name')],
  ['C4', ({ time }) => (time === undefined ? '/M' : undefined)],
  [
    'C5',
    (signature) => faultOf(signature, rangeFault) ?? (signature.fileCovered ? undefined : 'file not covered'),
  ],
  [
    'C6',
    (signature) =>
      faultOf(signature, contentsFault) ?? (signature.message === undefined ? 'no SignedData' : undefined),
  ],
  [
    'C7',
    ({ message }) =>
      message === undefined ? notApplicable : message.certificateInside ? undefined : 'certificate',
  ],
  [
    'C7.time',
    ({ message }) => {
      if (message === undefined || !message.signedAttributes) return notApplicable;
      return message.signingTime ? undefined : 'signingTime';
    },
  ],
  [
    'C8',
    ({ message }, { evidence }) => {
      if (message === undefined || !message.signedAttributes) return notApplicable;
      return evidence.signature?.subIndication === 'HASH_FAILURE' ? 'messageDigest' : undefined;
    },
  ],
  [
    'C8.direct',
    ({ message }) => {
      if (message === undefined) return notApplicable;
      return message.signedAttributes ? undefined : 'no signed attributes';
    },
  ],
  [
    'C9',
    ({ message }, { evidence }) => {
      const algorithm = evidence.signature?.signer?.algorithm;
      if (message === undefined) return notApplicable;
      return algorithm === 'rsa-sha256' ? undefined : (algorithm ?? message.digest ?? 'unknown');
    },
  ],
];

const registryChecks = registryRows.map(([id, run]) =>
  onPlace(
    `pdf.registry.${id}`,
    (signature, context) => {
      // Of a PAdES signature nobody asks whether it has the registries' form, unless the policy does.
      const isAsked = context.policy.levels?.['pdf.registry.C2'] !== undefined;
      if (!isAsked && signature.subFilter !== 'adbe.pkcs7.detached') return notApplicable;
      const wrong = run(signature, context);
      if (wrong === notApplicable || wrong === undefined) return wrong;
      return broken('pdf.registry', `${id} ${wrong}`);
    },
    // A remark, unless the policy is the registries'.
    'INFORM',
  ),
);

export const pdfChecks: readonly Check[] = [...placeChecks, ...registryChecks];
