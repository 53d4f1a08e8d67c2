import type { SignaturePolicy } from '../cms/verify-signed-data.js';
import { attempt } from '../der/fault.js';
import { enclosedValues } from '../xades/read-properties.js';
import { parseXml, type XmlLimits } from '../xml/read.js';
import { isNamed, type XmlDocument, type XmlElement } from '../xml/tree.js';
import { dsigNamespace } from './algorithms.js';
import { type OpenedSignature, openSignature } from './open-signature.js';
import { findUncovered } from './place.js';
import { Resolver } from './resolve.js';
import type { XmlSignatureResult, XmlSigner } from './result.js';
import { xmlVerdictOf } from './rules.js';
import { verifyOpened } from './verify-signature.js';

/** Signatures of one document that are looked at. */
const maximumSignatures = 16;

/** Time stamps of one document that are looked at. */
const maximumStamps = 32;

/** What is asked of verifyXmlSignatures. */
export interface XmlVerifyInput {
  /** The document with the signatures, or a detached signature on its own. */
  readonly document: Uint8Array;
  /** Files that the signatures are about, by the names they use (percent-decoded): `添付.pdf`, `a/b.tif`. */
  readonly files?: ReadonlyMap<string, Uint8Array>;
  readonly policy?: Pick<SignaturePolicy, 'algorithms' | 'keys' | 'requireSigningCertificate'>;
  readonly limits?: XmlLimits;
}

/**
 * Verifies the XML signatures of a document (XML Signature 1.1; XAdES 1.3.2 levels B and T): enveloped, over elements beside it, over
 * its own objects, over files. Format and mathematics only, no path, no time. Never throws on hostile input.
 *
 * Only canonicalization and enveloped-signature are allowed as transforms; a signed element must stand where a signature can be about it;
 * an identifier that stands twice is refused; the key comes from X509Certificate alone. What was signed is in `signers[n].signed`: use
 * that and not the document. Order of the checks as in verifySignedData: format, certificate, algorithms known, content, signature
 * value, certificate reference, properties, strength.
 */
export function verifyXmlSignatures(input: XmlVerifyInput): XmlSignatureResult {
  const parsed = parseXml(input.document, input.limits === undefined ? {} : { limits: input.limits });
  if (!parsed.ok) {
    const { rule, offset, line, column } = parsed;
    return { ...xmlVerdictOf('xmldsig.format'), fault: { rule, offset, line, column }, ...nothing };
  }
  const document = parsed.value;
  const elements = findSignatures(document);
  if (elements.length === 0) return { ...xmlVerdictOf('xmldsig.none'), ...nothing };
  if (elements.length > maximumSignatures) return { ...xmlVerdictOf('xmldsig.many'), ...nothing };
  const resolver = new Resolver(document, input.files ?? new Map());
  const opened = elements.map((element) => openSignature(element, resolver));
  const uncovered = findUncovered(document.root, coverageOf(document, opened));
  const signers = opened.map((each) =>
    verifyOpened(each, {
      resolver,
      policy: input.policy ?? {},
      uncovered: uncovered.names,
      stamps: Math.ceil(maximumStamps / elements.length),
    }),
  );
  const values = opened.map(({ properties }) => enclosedValues(properties));
  return {
    ...gravest(signers),
    signers,
    uncovered: uncovered.paths,
    certificates: [
      ...opened.flatMap(({ signature }) => signature?.certificates ?? []),
      ...values.flatMap(({ certificates }) => certificates),
    ],
    crls: values.flatMap(({ crls }) => crls),
    ocspResponses: values.flatMap(({ ocspResponses }) => ocspResponses),
  };
}

const nothing = { signers: [], uncovered: [], certificates: [], crls: [], ocspResponses: [] };

/** Signatures that stand in no other signature: what is inside one is its own affair. */
export function findSignatures({ root }: XmlDocument): XmlElement[] {
  const found: XmlElement[] = [];
  const walk = (element: XmlElement): void => {
    if (isNamed(element, dsigNamespace, 'Signature')) {
      found.push(element);
      return;
    }
    for (const child of element.children) if (child.kind === 'element') walk(child);
  };
  walk(root);
  return found;
}

function coverageOf({ root }: XmlDocument, opened: readonly OpenedSignature[]) {
  const elements = new Set<XmlElement>();
  const around = new Set<XmlElement>();
  for (const { resolved } of opened.flatMap(({ references }) => references)) {
    if (resolved.kind === 'document') around.add(root);
    else if (resolved.kind === 'element') {
      (resolved.place === 'around' ? around : elements).add(resolved.element);
    }
  }
  return { elements, around };
}

/** All signatures must pass; FAILED is graver than INDETERMINATE, and of equals the first counts. */
function gravest(signers: readonly XmlSigner[]) {
  const verdicts = signers.map(({ verdict }) => verdict);
  const worst =
    verdicts.find(({ indication }) => indication === 'FAILED') ??
    verdicts.find(({ indication }) => indication === 'INDETERMINATE');
  return { ...(worst ?? xmlVerdictOf(undefined)) };
}

/** The names of the files that the signatures of a document are about, so that a caller can fetch them. Empty on a document that cannot be read. */
export function filesOfXmlSignatures(document: Uint8Array): string[] {
  const parsed = parseXml(document);
  if (!parsed.ok) return [];
  const elements = findSignatures(parsed.value).slice(0, maximumSignatures);
  const resolver = new Resolver(parsed.value, new Map());
  const names = elements.flatMap((element) => {
    const read = attempt(() => openSignature(element, resolver));
    return read.ok ? read.value.files : [];
  });
  return [...new Set(names)];
}
