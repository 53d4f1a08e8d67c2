import type { SignaturePolicy } from '../cms/verify-signed-data.js';
import type { XmlSignatureResult, XmlSigner } from '../xmldsig/result.js';
import { verifyXmlSignatures } from '../xmldsig/verify.js';
import type { EvidenceSignature, EvidenceXml } from './evidence.js';

/** What an XML document gives the evidence: the facts about one of its signatures, and everything for its path and its time stamps. */
export interface GatheredXml {
  readonly xml: EvidenceXml;
  readonly signature: EvidenceSignature;
  readonly result: XmlSignatureResult;
  readonly signer: XmlSigner | undefined;
}

/** Verifies the XML signatures, and describes the one that is asked for; `number` undefined: the first, with the gravest verdict of all. */
export function gatherXml(
  source: { readonly xml: Uint8Array; readonly files?: ReadonlyMap<string, Uint8Array> },
  number: number | undefined,
  policy: Pick<SignaturePolicy, 'algorithms' | 'keys'>,
): GatheredXml {
  const { xml: document, files } = source;
  const result = verifyXmlSignatures({ document, policy, ...(files === undefined ? {} : { files }) });
  const signer = result.signers[number ?? 0];
  const asked = number === undefined || signer === undefined ? result : signer.verdict;
  const { subIndication, rule } = { subIndication: undefined, rule: undefined, ...asked };
  const { fault } = result;
  return {
    result,
    signer,
    xml: {
      form: signer?.form ?? 'xmldsig',
      digests: [...(signer?.digests ?? [])].sort(),
      uncovered: result.uncovered,
      unjudged: signer?.unjudged ?? [],
      ...(fault === undefined ? {} : { fault: `${fault.rule} ${fault.line}:${fault.column}` }),
    },
    signature: {
      signers: result.signers.length,
      ...(number === undefined ? {} : { number }),
      ...(subIndication === undefined ? {} : { subIndication }),
      ...(rule === undefined ? {} : { rule }),
      ...(signer === undefined ? {} : { signer: describeSigner(signer) }),
    },
  };
}

function describeSigner(signer: XmlSigner): NonNullable<EvidenceSignature['signer']> {
  const { signingTime, signatureAlgorithm: algorithm, keyBits, signingCertificate } = signer;
  return {
    ...(signingTime === undefined ? {} : { signingTime: signingTime.toISOString() }),
    ...(algorithm === undefined ? {} : { algorithm }),
    ...(keyBits === undefined ? {} : { keyBits }),
    signingCertificate,
    attributesOrdered: true,
  };
}
