import { type Name, nameToString } from '@madoguchi/pki';
import { markText } from '@madoguchi/procedure/basics';

const oids = { commonName: '2.5.4.3', organization: '2.5.4.10', unit: '2.5.4.11' };

function attribute(name: Name, oid: string): string | undefined {
  return name.rdns.flat().find(({ type }) => type === oid)?.value;
}

/** Who asks, as the certificate's common name says it (見本市長), where that only adds an office to the agency's name (見本市). */
export function agencyTitle(subject: Name, name: string): string {
  const commonName = attribute(subject, oids.commonName);
  return markText(commonName?.startsWith(name) ? commonName : name);
}

/** Common name (or unit) and organisation for people: 見本 行政機関認証局（JPKI-DEMO）. */
export function issuerName(issuer: Name): string {
  const own = attribute(issuer, oids.commonName) ?? attribute(issuer, oids.unit);
  const organization = attribute(issuer, oids.organization);
  if (own === undefined) return markText(nameToString(issuer));
  return markText(organization === undefined ? own : `${own}（${organization}）`);
}
