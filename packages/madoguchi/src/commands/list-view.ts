import { createHash } from 'node:crypto';
import { nameToString } from '@madoguchi/pki/certificates';
import type { CrlIndex } from '@madoguchi/pki/validation';
import { distributionPoint, extensionDocument, generalName, hex } from './certificate-view.js';

/** A revocation list as plain data. Its entries are counted, not listed: a nation's list has millions. */
export function listDocument(crl: CrlIndex): Record<string, unknown> {
  const scope = crl.issuingDistributionPoint;
  const place =
    scope?.name === undefined
      ? null
      : 'fullName' in scope.name
        ? scope.name.fullName.map(generalName).join(' | ')
        : distributionPoint({ name: scope.name });
  return {
    kind: 'crl',
    issuer: nameToString(crl.issuer),
    thisUpdate: crl.thisUpdate.toISOString(),
    nextUpdate: crl.nextUpdate?.toISOString() ?? null,
    number: crl.number?.toString() ?? null,
    deltaBase: crl.deltaBase?.toString() ?? null,
    entries: crl.size,
    signatureAlgorithm: crl.signatureAlgorithm ?? null,
    authorityKeyIdentifier: hex(crl.authorityKeyIdentifier),
    scope:
      scope === undefined
        ? null
        : {
            place,
            onlyContainsUserCerts: scope.onlyContainsUserCerts,
            onlyContainsCaCerts: scope.onlyContainsCaCerts,
            onlyContainsAttributeCerts: scope.onlyContainsAttributeCerts,
            indirectCrl: scope.indirectCrl,
          },
    expiredCertsOnCrl: crl.expiredCertsOnCrl?.toISOString() ?? null,
    extensions: crl.extensions.map(extensionDocument),
    sha256: createHash('sha256').update(crl.der).digest('hex'),
  };
}
