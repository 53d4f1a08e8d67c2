import type { ValidationValues } from '../cades/upgrade.js';
import { attempt, fail, type Parsed } from '../der/fault.js';
import { wholeTlv } from '../der/read.js';
import { tags } from '../der/tags.js';
import { findSignatures } from '../xmldsig/verify.js';
import { valuesText } from './properties-text.js';
import { openXml, placeUnsigned } from './unsigned-place.js';

/**
 * To B-LT (EN 319 132-1): certificates, CRLs and OCSP responses as CertificateValues and RevocationValues of a signature. No signed octet
 * changes. Values that are no DER SEQUENCE, a document that cannot be read and a signature without qualifying properties
 * (`xades.absent`) come back as a broken rule.
 */
export function addXmlValidationValues(
  document: Uint8Array,
  values: ValidationValues,
  /** Number of the signature in the document; default the last one, which was made last. */
  signer?: number,
): Parsed<Buffer> {
  const { certificates = [], crls = [], ocspResponses = [] } = values;
  return attempt(() => {
    for (const value of [...certificates, ...crls, ...ocspResponses]) {
      if (wholeTlv(value).tag !== tags.sequence) fail('xades.value', 0);
    }
    const opened = openXml(document);
    if (!opened.ok) return fail(opened.rule, opened.offset);
    const place = placeUnsigned(opened.value.text, signer ?? findSignatures(opened.value).length - 1);
    return Buffer.from(place.around(valuesText({ certificates, crls, ocspResponses })));
  });
}
