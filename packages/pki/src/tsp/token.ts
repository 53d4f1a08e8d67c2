import { createHash } from 'node:crypto';
import { buildSignedAttributes } from '../cms/attributes.js';
import { outlineCertificate } from '../cms/certificate-outline.js';
import { contentTypes } from '../cms/cms-oids.js';
import { buildContentInfo, buildIssuerAndSerial } from '../cms/content-info.js';
import { signerAlgorithms } from '../cms/signature-algorithms.js';
import { attempt } from '../der/fault.js';
import { contextTag } from '../der/tags.js';
import { constructed, explicit, integer, octetString, oid, sequence, setOf, sorted } from '../der/write.js';
import { signatureSchemes } from '../key/algorithm.js';
import type { Signer } from '../key/software.js';

/** The authority's certificate with its key, and what goes into its tokens. */
export interface TimeStampSigner {
  readonly signer: Signer;
  /** DER; extended key usage timeStamping, critical and alone. */
  readonly certificate: Uint8Array;
  /** Certificates up to the root, enclosed together with the authority's own. */
  readonly chain?: readonly Uint8Array[];
}

/**
 * A time-stamp token (RFC 3161 2.4.2): SignedData version 3 over TSTInfo with one signer and signingCertificateV2 (RFC 5816).
 * Rejects with TypeError on a certificate that cannot be read and on SHA-1.
 */
export async function signTimeStampInfo(
  info: Uint8Array,
  authority: TimeStampSigner,
  options: { readonly time: Date; readonly enclose: boolean },
): Promise<Uint8Array> {
  const { signer, certificate, chain = [] } = authority;
  const outline = attempt(() => outlineCertificate(certificate));
  if (!outline.ok) throw new TypeError(`The authority's certificate cannot be read (${outline.rule}).`);
  const { digest } = signatureSchemes[signer.algorithm];
  if (digest === 'sha1') throw new TypeError('Nothing is signed with SHA-1.');
  const identifiers = signerAlgorithms(signer.algorithm);
  const signed = buildSignedAttributes({
    contentType: contentTypes.timeStampInfo,
    messageDigest: createHash(digest).update(info).digest(),
    signingTime: options.time,
    certificateSha256: createHash('sha256').update(certificate).digest(),
  });
  const signature = await signer.sign(signed);
  const field = Uint8Array.from(signed);
  field[0] = contextTag(0, true);
  return buildContentInfo(
    contentTypes.signedData,
    sequence(
      integer(3),
      setOf(identifiers.digest),
      sequence(oid(contentTypes.timeStampInfo), explicit(0, octetString(info))),
      options.enclose ? constructed(contextTag(0, true), sorted([certificate, ...chain])) : undefined,
      setOf(
        sequence(
          integer(1),
          buildIssuerAndSerial(outline.value),
          identifiers.digest,
          field,
          identifiers.signature,
          octetString(signature),
        ),
      ),
    ),
  );
}
