import { createHash } from 'node:crypto';
import { outlineCertificate } from '../cms/certificate-outline.js';
import { attempt } from '../der/fault.js';
import { type SignatureAlgorithm, signatureSchemes } from '../key/algorithm.js';
import { importPublicKey } from '../key/import.js';
import { propertiesText } from '../xades/properties-text.js';
import { signedPropertiesType } from '../xades/read-properties.js';
import { canonicalize } from '../xml/canonicalize.js';
import { parseXml } from '../xml/read.js';
import { childElements, descendants, type XmlElement } from '../xml/tree.js';
import { ecdsaFromDer } from './ecdsa-value.js';
import { type Placed, placeSignature } from './place-signature.js';
import { type ReferenceText, type SignatureText, signatureText } from './signature-text.js';

/** A file beside the signature; its bytes are hashed as they are. */
export interface XmlSignedFile {
  /** As the signature names it, percent-encoded there: `添付.pdf`. */
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Media type, for XAdES; default application/octet-stream. */
  readonly mime?: string;
}

/** What is asked of signXml. */
export interface XmlSignInput {
  /** The document that gets the signature. Without it the signature is a document of its own, over files. */
  readonly document?: Uint8Array;
  /** Identifier (`ID`, `Id`, `id`, `xml:id`) of the element to sign; default the whole document. */
  readonly element?: string;
  /** Name of the element that the signature goes into; default the root (whole document), else right behind the signed element. */
  readonly into?: string;
  readonly files?: readonly XmlSignedFile[];
  /** DER; it goes into X509Certificate. */
  readonly signerCertificate: Uint8Array;
  readonly certificates?: readonly Uint8Array[];
  readonly algorithm: SignatureAlgorithm;
  /** XAdES level B-B with this claimed time, UTC; without it plain XML Signature, as the receivers of today expect. */
  readonly xades?: { readonly signingTime: Date };
  /** Signs the canonical SignedInfo (it hashes it itself); ECDSA signatures are DER. A card or a `Signer`. */
  readonly sign: (signedInfo: Uint8Array) => Promise<Uint8Array>;
}

/** The signed document, UTF-8, or why it was not signed. */
export type XmlSignOutcome =
  | {
      readonly ok: true;
      readonly value: Buffer;
      /** Number of the new signature in the document, from 0. */
      readonly signer: number;
    }
  | {
      readonly ok: false;
      /** `xml.…`: the document cannot be read; `xmldsig.sign.…`: what was asked for cannot be done with it. */
      readonly rule: string;
      readonly line?: number;
      readonly column?: number;
    };

const canonical = { method: 'c14n-1.0', comments: false } as const;

/**
 * Signs with XML Signature (enveloped, over an element, over files, or over both as e-Gov has it), or XAdES B-B. Not one character of
 * the document changes: the signature is put in between. The key may stay in a card. Bad documents come back as a broken
 * rule; rejects with TypeError on a certificate that cannot be read, on SHA-1 and on nothing to sign, and with whatever `sign` rejects.
 */
export async function signXml(input: XmlSignInput): Promise<XmlSignOutcome> {
  const { algorithm, files = [], signerCertificate } = input;
  const outline = attempt(() => outlineCertificate(signerCertificate));
  if (!outline.ok) throw new TypeError(`The signer's certificate cannot be read (${outline.rule}).`);
  const key = importPublicKey(outline.value.spki);
  if (!key.ok) throw new TypeError(`The signer's key cannot be used (${key.rule}).`);
  const { digest, family } = signatureSchemes[algorithm];
  if (digest === 'sha1') throw new TypeError('Nothing is signed with SHA-1.');
  if (input.document === undefined && files.length === 0) throw new TypeError('There is nothing to sign.');
  const placed = placeSignature(input);
  if (!placed.ok) return placed;
  const { value: place } = placed;
  const hash = (bytes: Uint8Array) => createHash(digest).update(bytes).digest();
  const id = `sig-${createHash('sha256').update(signerCertificate).update(place.text).digest('hex').slice(0, 16)}-${place.number}`;
  const contents = contentReferences(place, files, hash);
  const object = input.xades === undefined ? undefined : propertiesOf(input, id, contents);
  const text: SignatureText = {
    id,
    algorithm,
    digest,
    references: contents.map(({ reference }) => reference),
    value: new Uint8Array(),
    certificates: [
      signerCertificate,
      ...(input.certificates ?? []).filter((each) => each !== signerCertificate),
    ],
    ...(object === undefined ? {} : { object }),
  };
  const withProperties = object === undefined ? text : referToProperties(text, place, id, hash);
  const signedInfo = canonicalize(partOf(withProperties, place, 'SignedInfo'), canonical);
  const signature = await input.sign(signedInfo);
  const value = family === 'ecdsa' ? ecdsaFromDer(signature, key.key.bits) : signature;
  const signed = place.around(signatureText({ ...withProperties, value }));
  return { ok: true, value: Buffer.from(signed), signer: place.before };
}

interface Content {
  readonly reference: ReferenceText;
  readonly mime: string;
}

function contentReferences(
  place: Placed,
  files: readonly XmlSignedFile[],
  hash: (bytes: Uint8Array) => Uint8Array,
): Content[] {
  const { target } = place;
  const own: Content[] =
    target === undefined
      ? []
      : [
          {
            reference: {
              id: `ref-${place.number}-0`,
              uri: target.uri,
              enveloped: target.isAround,
              canonical: true,
              digest: hash(canonicalize(target.of, canonical)),
            },
            mime: 'text/xml',
          },
        ];
  const others = files.map(({ name, bytes, mime = 'application/octet-stream' }, index): Content => {
    const uri = name.split('/').map(encodeURIComponent).join('/');
    const id = `ref-${place.number}-${index + own.length}`;
    return { reference: { id, uri, enveloped: false, canonical: false, digest: hash(bytes) }, mime };
  });
  return [...own, ...others];
}

function propertiesOf(
  { signerCertificate, xades }: XmlSignInput,
  id: string,
  contents: readonly Content[],
): string {
  return propertiesText({
    signature: id,
    id: `${id}-properties`,
    signingTime: xades?.signingTime ?? new Date(0),
    certificate: signerCertificate,
    formats: contents.map(({ reference, mime }) => ({ reference: reference.id ?? '', mime })),
  });
}

/** The properties are hashed where they stand: they take over the namespaces of the document around. */
function referToProperties(
  text: SignatureText,
  place: Placed,
  id: string,
  hash: (bytes: Uint8Array) => Uint8Array,
): SignatureText {
  const properties = partOf(text, place, 'SignedProperties');
  const reference: ReferenceText = {
    uri: `#${id}-properties`,
    type: signedPropertiesType,
    enveloped: false,
    canonical: true,
    digest: hash(canonicalize(properties, canonical)),
  };
  return { ...text, references: [...text.references, reference] };
}

/** An element of the signature, read in the document it will stand in. */
function partOf(text: SignatureText, place: Placed, name: 'SignedInfo' | 'SignedProperties'): XmlElement {
  const whole = parseXml(Buffer.from(place.around(signatureText(text))));
  if (!whole.ok) throw new Error(`the document with the signature cannot be read: ${whole.rule}`);
  const signature = [...descendants(whole.value.root)].find((element) => element.start === place.at);
  const part = signature === undefined ? undefined : findIn(signature, name);
  if (part === undefined) throw new Error('the signature is not where it was put');
  return part;
}

function findIn(element: XmlElement, name: string): XmlElement | undefined {
  for (const child of childElements(element)) {
    const found = child.name === name ? child : findIn(child, name);
    if (found !== undefined) return found;
  }
  return undefined;
}
