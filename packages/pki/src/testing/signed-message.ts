import { createHash } from 'node:crypto';
import { outlineCertificate } from '../cms/certificate-outline.js';
import { attributeIds, contentTypes } from '../cms/cms-oids.js';
import { buildContentInfo, buildIssuerAndSerial } from '../cms/content-info.js';
import { contextTag, tags } from '../der/tags.js';
import {
  constructed,
  explicit,
  integer,
  nullValue,
  octetString,
  oid,
  sequence,
  setOf,
  sorted,
} from '../der/write.js';
import type { Holder } from './small-pki.js';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();
const sha256Id = '2.16.840.1.101.3.4.2.1';

export const attribute = (type: string, ...values: Uint8Array[]): Uint8Array =>
  sequence(oid(type), setOf(...values));

/** The good attributes of a message, for tests to add to, leave out and spoil. */
export function goodAttributes(
  content: Uint8Array,
  holder: Holder,
): Record<'type' | 'digest' | 'certificate', Uint8Array> {
  return {
    type: attribute(attributeIds.contentType, oid(contentTypes.data)),
    digest: attribute(attributeIds.messageDigest, octetString(sha256(content))),
    certificate: attribute(
      attributeIds.signingCertificateV2,
      sequence(sequence(sequence(octetString(sha256(holder.certificate))))),
    ),
  };
}

export interface MessageOptions {
  /** Signed attributes in this order; absent: the content itself is signed. */
  attributes?: Uint8Array[];
  content: Uint8Array;
  holder: Holder;
  contentType?: string;
  inside?: boolean;
  certificates?: Uint8Array[];
  /** DER of AlgorithmIdentifiers. */
  digestAlgorithm?: Uint8Array;
  signatureAlgorithm?: Uint8Array;
  unordered?: boolean;
  signers?: number;
  trailing?: Uint8Array[];
  signature?: Uint8Array;
}

/** A SignedData made without any of the product's care, so that each rule can be broken alone. */
export async function signedMessage(options: MessageOptions): Promise<Uint8Array> {
  const { holder, content } = options;
  const { issuer, serial } = outlineCertificate(holder.certificate);
  const parts =
    options.attributes === undefined
      ? undefined
      : options.unordered
        ? options.attributes
        : sorted(options.attributes);
  const signed = parts === undefined ? content : constructed(tags.set, parts);
  const digestAlgorithm = options.digestAlgorithm ?? sequence(oid(sha256Id), nullValue());
  const signerInfo = sequence(
    integer(1),
    buildIssuerAndSerial({ issuer, serial }),
    digestAlgorithm,
    parts === undefined ? undefined : constructed(contextTag(0, true), parts),
    options.signatureAlgorithm ?? sequence(oid('1.2.840.10045.4.3.2')),
    octetString(options.signature ?? (await holder.signer.sign(signed))),
  );
  const certificates = options.certificates ?? [holder.certificate];
  return buildContentInfo(
    contentTypes.signedData,
    sequence(
      integer(1),
      setOf(digestAlgorithm),
      sequence(
        oid(options.contentType ?? contentTypes.data),
        options.inside ? explicit(0, octetString(content)) : undefined,
      ),
      certificates.length === 0 ? undefined : constructed(contextTag(0, true), certificates),
      constructed(
        tags.set,
        Array.from({ length: options.signers ?? 1 }, () => signerInfo),
      ),
      ...(options.trailing ?? []),
    ),
  );
}
