import type { SignaturePolicy } from '../cms/verify-signed-data.js';
import type { XmlSignatureResult, XmlSigner } from '../xmldsig/result.js';
import { verifyXmlSignatures } from '../xmldsig/verify.js';
import type { EvidenceSignature, EvidenceXml } from './evidence.js';

/** What an XML document gives the evidence about one of its signatures. */
interface DescribedXml {
  readonly xml: EvidenceXml;
  readonly signature: EvidenceSignature;
  readonly signer: XmlSigner | undefined;
}

/** Verifies all signatures of the document, once for the evidence of each. */
export function verifyXml(
  { xml: document, files }: { readonly xml: Uint8Array; readonly files?: ReadonlyMap<string, Uint8Array> },
  policy: Pick<SignaturePolicy, 'algorithms' | 'keys'>,
): XmlSignatureResult {
  return verifyXmlSignatures({ document, policy, ...(files === undefined ? {} : { files }) });
}

/** Describes the signature that is asked for; `number` undefined: the first, with the gravest verdict of all. */
export function describeXml(result: XmlSignatureResult, number: number | undefined): DescribedXml {
  const signer = result.signers[number ?? 0];
  const asked = number === undefined || signer === undefined ? result : signer.verdict;
  const { subIndication, rule } = { subIndication: undefined, rule: undefined, ...asked };
  const { fault } = result;
  return {
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
  const { signingTime, signatureAlgorithm: algorithm, keyBits, signingCertificate, signaturePolicy } = signer;
  return {
    ...(signingTime === undefined ? {} : { signingTime: signingTime.toISOString() }),
    ...(algorithm === undefined ? {} : { algorithm }),
    ...(keyBits === undefined ? {} : { keyBits }),
    signingCertificate,
    ...(signaturePolicy === undefined ? {} : { signaturePolicy }),
    attributesOrdered: true,
  };
}
