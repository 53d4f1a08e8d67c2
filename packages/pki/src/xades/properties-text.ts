import { createHash } from 'node:crypto';
import { escapeXml } from '../xml/escape.js';
import { canonicalMethods, digestMethods } from '../xmldsig/algorithms.js';
import { xadesNamespace } from '../xmldsig/place.js';

/**
 * QualifyingProperties of level B-B (EN 319 132-1): SigningTime, SigningCertificateV2 by SHA-256, and the media type of each thing that is
 * signed. It stands where the default namespace is that of XML Signature.
 */
export function propertiesText(input: {
  /** Id of the signature. */
  readonly signature: string;
  readonly id: string;
  readonly signingTime: Date;
  readonly certificate: Uint8Array;
  /** Ids of references, and what they are about. */
  readonly formats: readonly { readonly reference: string; readonly mime: string }[];
}): string {
  const { signature, id, signingTime, certificate, formats } = input;
  const digest = createHash('sha256').update(certificate).digest('base64');
  const about = formats.map(
    ({ reference, mime }) =>
      `<xades:DataObjectFormat ObjectReference="#${escapeXml(reference)}"><xades:MimeType>${escapeXml(mime)}</xades:MimeType></xades:DataObjectFormat>`,
  );
  return (
    `<xades:QualifyingProperties xmlns:xades="${xadesNamespace}" Target="#${escapeXml(signature)}">` +
    `<xades:SignedProperties Id="${escapeXml(id)}"><xades:SignedSignatureProperties>` +
    `<xades:SigningTime>${signingTime.toISOString().replace(/\.\d+Z$/, 'Z')}</xades:SigningTime>` +
    `<xades:SigningCertificateV2><xades:Cert><xades:CertDigest><DigestMethod Algorithm="${digestMethods.sha256}"/>` +
    `<DigestValue>${digest}</DigestValue></xades:CertDigest></xades:Cert></xades:SigningCertificateV2>` +
    `</xades:SignedSignatureProperties><xades:SignedDataObjectProperties>${about.join('')}` +
    '</xades:SignedDataObjectProperties></xades:SignedProperties></xades:QualifyingProperties>'
  );
}

/** A SignatureTimeStamp over SignatureValue in Canonical XML 1.0. */
export function timeStampText(token: Uint8Array): string {
  return (
    `<xades:SignatureTimeStamp xmlns:xades="${xadesNamespace}">` +
    `<ds:CanonicalizationMethod xmlns:ds="http://www.w3.org/2000/09/xmldsig#" Algorithm="${canonicalMethods['c14n-1.0']}"/>` +
    `<xades:EncapsulatedTimeStamp>${Buffer.from(token).toString('base64')}</xades:EncapsulatedTimeStamp>` +
    '</xades:SignatureTimeStamp>'
  );
}

/** CertificateValues and RevocationValues, each only where there is something to hold. */
export function valuesText(values: {
  readonly certificates: readonly Uint8Array[];
  readonly crls: readonly Uint8Array[];
  readonly ocspResponses: readonly Uint8Array[];
}): string {
  const each = (name: string, all: readonly Uint8Array[]) =>
    all.map((der) => `<xades:${name}>${Buffer.from(der).toString('base64')}</xades:${name}>`).join('');
  const wrapped = (name: string, inner: string, declaration = '') =>
    inner === '' ? '' : `<xades:${name}${declaration}>${inner}</xades:${name}>`;
  const declaration = ` xmlns:xades="${xadesNamespace}"`;
  const crls = wrapped('CRLValues', each('EncapsulatedCRLValue', values.crls));
  const ocsp = wrapped('OCSPValues', each('EncapsulatedOCSPValue', values.ocspResponses));
  return (
    wrapped('CertificateValues', each('EncapsulatedX509Certificate', values.certificates), declaration) +
    wrapped('RevocationValues', crls + ocsp, declaration)
  );
}
