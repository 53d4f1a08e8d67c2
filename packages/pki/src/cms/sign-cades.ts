import { createHash } from 'node:crypto';
import { attempt } from '../der/fault.js';
import { contextTag } from '../der/tags.js';
import { constructed, explicit, integer, octetString, oid, sequence, setOf, sorted } from '../der/write.js';
import { type SignatureAlgorithm, signatureSchemes } from '../key/algorithm.js';
import { buildSignedAttributes } from './attributes.js';
import { outlineCertificate } from './certificate-outline.js';
import { contentTypes } from './cms-oids.js';
import { buildContentInfo, buildIssuerAndSerial } from './content-info.js';
import { signerAlgorithms } from './signature-algorithms.js';

interface CadesCommon {
  /** DER; it goes into the message. */
  signerCertificate: Uint8Array;
  /** Further certificates for the message, for instance the CA's. */
  certificates?: readonly Uint8Array[];
  /** What the content is, as a dotted OID (RFC 5652 5.3); default id-data, which every file is. */
  contentType?: string;
  /** The claimed time of signing, UTC; cut to seconds. Left out in PDF only, where PAdES has it in the signature dictionary. */
  signingTime?: Date;
  algorithm: SignatureAlgorithm;
  /** Signs the DER of the signed attributes (it hashes them itself); ECDSA signatures are DER. A card or a `Signer`. */
  sign: (signedAttributes: Uint8Array) => Promise<Uint8Array>;
}

/** What `signCades` signs, with whose certificate and by which key. */
export type CadesInput = CadesCommon &
  (
    | {
        /** The bytes that are signed. */
        content: Uint8Array;
        /** True: the content travels beside the signature; false: inside it. */
        detached: boolean;
      }
    | {
        /** The digest of the bytes that are signed, by the algorithm's own digest: for content that was streamed by. */
        contentDigest: Uint8Array;
        detached: true;
      }
  );

/**
 * Signs with CAdES B-B (ETSI EN 319 122-1): a CMS SignedData with one signer, who is named by issuer and serial number, and the signed
 * attributes contentType, signingTime, messageDigest, signingCertificateV2. The signature value comes from `sign`, so the
 * key may stay in a card. Rejects with TypeError on a certificate that cannot be read and on SHA-1, and with whatever `sign` rejects.
 */
export async function signCades(input: CadesInput): Promise<Uint8Array> {
  const signer = attempt(() => outlineCertificate(input.signerCertificate));
  if (!signer.ok) throw new TypeError(`The signer's certificate cannot be read (${signer.rule}).`);
  const { digest } = signatureSchemes[input.algorithm];
  if (digest === 'sha1') throw new TypeError('Nothing is signed with SHA-1.');
  const identifiers = signerAlgorithms(input.algorithm);
  const contentType = input.contentType ?? contentTypes.data;
  const signedAttributes = buildSignedAttributes({
    contentType,
    messageDigest:
      'contentDigest' in input ? input.contentDigest : createHash(digest).update(input.content).digest(),
    ...(input.signingTime === undefined ? {} : { signingTime: input.signingTime }),
    certificateSha256: createHash('sha256').update(input.signerCertificate).digest(),
  });
  const signature = await input.sign(signedAttributes);
  const signedAttributesField = Uint8Array.from(signedAttributes);
  signedAttributesField[0] = contextTag(0, true);
  const signerInfo = sequence(
    integer(1),
    buildIssuerAndSerial(signer.value),
    identifiers.digest,
    signedAttributesField,
    identifiers.signature,
    octetString(signature),
  );
  const content = input.detached ? undefined : explicit(0, octetString(input.content));
  const certificates = sorted(distinct([input.signerCertificate, ...(input.certificates ?? [])]));
  return buildContentInfo(
    contentTypes.signedData,
    sequence(
      // RFC 5652 5.1.
      integer(contentType === contentTypes.data ? 1 : 3),
      setOf(identifiers.digest),
      sequence(oid(contentType), content),
      constructed(contextTag(0, true), certificates),
      setOf(signerInfo),
    ),
  );
}

const distinct = (all: readonly Uint8Array[]): Uint8Array[] => [
  ...new Map(all.map((bytes) => [Buffer.from(bytes).toString('latin1'), bytes])).values(),
];
