import type { Certificate } from '../certificate/parse.js';
import { keyIdentifier } from '../key/digest.js';
import { namesEqual, parseName } from '../name.js';
import type { CrlIndex } from './load.js';

/**
 * Whether a CRL is the one of the very key that issued this certificate, for the very partition the certificate names. Stricter than
 * path validation: all generations of the authority share names, so another generation's (perhaps empty) CRL of the same partition must
 * not clear a certificate. Compares the CRL's authorityKeyIdentifier with the key of `issuer`, and the two distribution point names.
 * It does not verify signatures: do that with `crl.verify(issuer.spki)`.
 */
export function crlSpeaksFor(crl: CrlIndex, certificate: Certificate, issuer: Certificate): boolean {
  const key = issuer.subjectKeyIdentifier ?? keyIdentifier(issuer.spki);
  const asked = certificate.authorityKeyIdentifier?.keyIdentifier;
  if (crl.authorityKeyIdentifier === undefined || Buffer.compare(crl.authorityKeyIdentifier, key) !== 0)
    return false;
  if (asked === undefined || Buffer.compare(asked, key) !== 0) return false;
  if (!namesEqual(crl.issuer, issuer.subject) || !namesEqual(certificate.issuer, issuer.subject))
    return false;
  if (crl.distributionPoint === undefined) return false;
  const place = parseName(crl.distributionPoint);
  return (
    place.ok &&
    (certificate.crlDistributionPoints ?? []).some(
      (point) =>
        point.name !== undefined &&
        'fullName' in point.name &&
        point.name.fullName.some(
          (name) => name.kind === 'directoryName' && namesEqual(name.name, place.value),
        ),
    )
  );
}
