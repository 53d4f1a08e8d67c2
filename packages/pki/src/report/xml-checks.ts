import { type Check, type CheckContext, type Finding, notApplicable } from './check.js';
import type { EvidenceXml } from './evidence.js';
import type { FindingId } from './findings.js';
import { algorithmWeakness } from './strength.js';

/** A check over what only an XML document has. */
function onXml(
  id: string,
  level: Check['level'],
  run: (xml: EvidenceXml, context: CheckContext) => Finding | undefined | typeof notApplicable,
): Check {
  return {
    id,
    block: 'signature',
    level,
    run: (context) => {
      const { xml } = context.evidence;
      return xml === undefined ? notApplicable : run(xml, context);
    },
  };
}

/** SHA-1 over what is signed is as weak as SHA-1 in the signature. */
function checkDigests({ digests }: EvidenceXml, context: CheckContext): Finding | undefined {
  const weakness = digests.includes('sha1') ? algorithmWeakness(context, 'rsa-sha1') : undefined;
  return weakness === undefined
    ? undefined
    : { finding: 'signature.weak', subIndication: weakness.subIndication, detail: 'sha1' };
}

/** Plain XML Signature has no place for it; the receivers of today ask for none. */
function checkReference({ form }: EvidenceXml, { policy, evidence }: CheckContext) {
  const signer = evidence.signature?.signer;
  if (form !== 'xmldsig' || signer === undefined || !policy.requireSigningCertificate) return notApplicable;
  return { finding: 'signature.unreferenced', subIndication: 'SIG_CONSTRAINTS_FAILURE' } as const;
}

/** Forms have parts that are not signed; whoever reads the document must not take them for signed. */
function checkCoverage({ uncovered }: EvidenceXml): Finding | undefined {
  if (uncovered.length === 0) return undefined;
  return {
    finding: 'xml.uncovered',
    subIndication: 'SIG_CONSTRAINTS_FAILURE',
    detail: uncovered.join(' '),
  };
}

function checkUnjudged({ unjudged }: EvidenceXml): Finding | undefined {
  if (unjudged.length === 0) return undefined;
  return { finding: 'xml.unjudged', subIndication: 'SIG_CONSTRAINTS_FAILURE', detail: unjudged.join(' ') };
}

/** What is asked of an XML signature beside what is asked of any. */
export const xmlChecks: readonly Check[] = [
  onXml('xml.digests', 'FAIL', checkDigests),
  onXml('xml.reference', 'WARN', checkReference),
  onXml('xml.coverage', 'WARN', checkCoverage),
  onXml('xml.unjudged', 'INFORM', checkUnjudged),
];

/** Something was put beside or in the place of what was signed. */
const wrapping: readonly string[] = [
  'xmldsig.reference.ambiguous',
  'xmldsig.reference.position',
  'xmldsig.reference.twin',
];

/** The finding for a rule of XML Signature that deserves words of its own. */
export const findingOfXmlRule = (rule: string): FindingId | undefined =>
  wrapping.includes(rule) ? 'xml.wrapped' : undefined;
