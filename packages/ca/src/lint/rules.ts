import {
  agencyCodeOf,
  type Certificate,
  hostsOf,
  extensionIds as ids,
  keyIdentifier,
  readIdentity,
} from '@madoguchi/pki';
import { isInRepertoire } from '../identity/repertoire.js';
import { keyFault } from '../keys/key-quality.js';
import type { Profile, ProfileName } from './profiles.js';

/** What a rule looks at. */
interface LintSubject {
  readonly certificate: Certificate;
  readonly name: ProfileName;
  readonly profile: Profile;
  readonly issuer: Certificate;
}

/** A rule is data: what it asks, where that is written, whom it concerns, and the check: undefined when kept, else what was found. */
interface LintRule {
  readonly id: string;
  readonly description: string;
  readonly citation: string;
  readonly applies: (subject: LintSubject) => boolean;
  readonly check: (subject: LintSubject) => string | undefined;
}

const always = () => true;
const endEntity = ({ profile }: LintSubject) => !profile.ca;
const citizenLeaf = ({ profile }: LintSubject) => profile.citizen && !profile.ca;
const only =
  (...names: ProfileName[]) =>
  ({ name }: LintSubject) =>
    names.includes(name);

const same = (a: Uint8Array | undefined, b: Uint8Array | undefined) =>
  a !== undefined && b !== undefined && Buffer.compare(a, b) === 0;
const list = (items: readonly string[]) => items.join(' ') || 'nothing';
const unless = (kept: boolean, found: string) => (kept ? undefined : found);

const commonName = '2.5.4.3';
const dnTypes = (certificate: Certificate) =>
  certificate.subject.rdns.flat().map((attribute) => attribute.type);
const cnOf = (certificate: Certificate) =>
  certificate.subject.rdns.flat().find((attribute) => attribute.type === commonName)?.value ?? '';

/** DER content of 1.2.392.200149.8.5.1: production policies. */
const productionArc = '1.2.392.200149.8.5.1.';

/** Accepted and written in this order: .1 .4 .3 .5 .2 .6 of the JPKI arc, as the bytes of the SAN show. */
const identityOrder = [1, 4, 3, 5, 2, 6];

function identityItemOrder(value: Uint8Array): number[] {
  const prefix = Buffer.from('060a2a83088c9b55080505', 'hex');
  const bytes = Buffer.from(value);
  const found: number[] = [];
  for (let at = bytes.indexOf(prefix); at >= 0; at = bytes.indexOf(prefix, at + 1)) {
    found.push(bytes[at + prefix.length] ?? 0);
  }
  return found;
}

export const lintRules: readonly LintRule[] = [
  {
    id: 'version',
    description: 'The certificate is of version 3.',
    citation: 'RFC 5280 4.1.2.1',
    applies: always,
    check: ({ certificate }) => unless(certificate.version === 3, `version ${certificate.version}`),
  },
  {
    id: 'serial',
    description: 'The serial number is positive and has at most 20 octets, a citizen’s at most 4.',
    citation: 'RFC 5280 4.1.2.2; profile: 4 octets seen',
    applies: always,
    check: ({ certificate: { serial }, profile }) => {
      const positive = (serial[0] ?? 0x80) < 0x80 && serial.some((octet) => octet !== 0);
      return unless(positive && serial.length <= (profile.citizen ? 4 : 20), `${serial.length} octets`);
    },
  },
  {
    id: 'signature.algorithm',
    description: 'The signature uses SHA-2.',
    citation: 'project: SHA-1 is only ever verified',
    applies: always,
    check: ({ certificate }) => {
      const algorithm = certificate.signatureAlgorithm;
      return unless(algorithm !== undefined && algorithm !== 'rsa-sha1', algorithm ?? 'unknown algorithm');
    },
  },
  {
    id: 'issuer',
    description: 'The issuer is the subject of the issuing certificate, byte for byte.',
    citation: 'RFC 5280 4.1.2.4, 6.1.3',
    applies: always,
    check: ({ certificate, issuer }) =>
      unless(same(certificate.issuer.der, issuer.subject.der), 'another name'),
  },
  {
    id: 'demo.name',
    description: 'Issuer and authority names say JPKI-DEMO: nothing may look like production.',
    citation: 'project decision',
    applies: always,
    check: ({ issuer }) => {
      const organizations = issuer.subject.rdns.flat().filter((attribute) => attribute.type === '2.5.4.10');
      return unless(
        organizations.length === 1 && organizations[0]?.value === 'JPKI-DEMO',
        list(organizations.map((o) => o.value)),
      );
    },
  },
  {
    id: 'demo.policy',
    description: 'No policy of the production arc.',
    citation: 'project decision',
    applies: always,
    check: ({ certificate }) =>
      certificate.policies?.find((policy) => policy.oid.startsWith(productionArc))?.oid,
  },
  {
    id: 'validity.order',
    description: 'It ends after it begins.',
    citation: 'RFC 5280 4.1.2.5',
    applies: always,
    check: ({ certificate }) => unless(certificate.notAfter > certificate.notBefore, 'it ends first'),
  },
  {
    id: 'validity.issuer',
    description: 'It does not begin before nor outlive its issuer’s.',
    citation: 'shell model; RFC 5280 6.1',
    applies: always,
    check: ({ certificate, issuer }) =>
      unless(
        certificate.notAfter <= issuer.notAfter && certificate.notBefore >= issuer.notBefore,
        `${certificate.notBefore.toISOString()} to ${certificate.notAfter.toISOString()}`,
      ),
  },
  {
    id: 'validity.length',
    description: 'It is not longer than the profile allows.',
    citation: 'profile: fifth birthday after issue; ten years for authorities',
    applies: always,
    check: ({ certificate, profile }) => {
      const end = new Date(certificate.notBefore);
      end.setUTCFullYear(end.getUTCFullYear() + profile.longestYears);
      // The last day counts to its end in Japan.
      return unless(
        certificate.notAfter.getTime() <= end.getTime() + 24 * 3600_000,
        certificate.notAfter.toISOString(),
      );
    },
  },
  {
    id: 'key',
    description: 'The public key is of an allowed kind and not weak.',
    citation: 'project: key quality',
    applies: always,
    check: ({ certificate }) => keyFault(certificate.spki),
  },
  {
    id: 'extensions.list',
    description: 'Exactly the extensions of the profile.',
    citation: 'profile',
    applies: always,
    check: ({ certificate, profile }) => {
      const found = certificate.extensions.map((extension) => extension.oid);
      const expected = profile.extensions.map((extension) => extension.oid);
      const [a, b] = profile.ordered ? [found, expected] : [[...found].sort(), [...expected].sort()];
      return unless(list(a) === list(b), list(found));
    },
  },
  {
    id: 'extensions.critical',
    description: 'Each extension is critical where the profile says so, and only there.',
    citation: 'profile',
    applies: always,
    check: ({ certificate, profile }) =>
      certificate.extensions.find(
        (extension) =>
          profile.extensions.find((expected) => expected.oid === extension.oid)?.critical !==
          extension.critical,
      )?.oid,
  },
  {
    id: 'keyUsage',
    description: 'Key usage as in the profile.',
    citation: 'RFC 5280 4.2.1.3; profile',
    applies: always,
    check: ({ certificate, profile }) => {
      const kind = /^rsa/.test(keyKind(certificate)) ? 'rsa' : 'ec';
      const found = [...(certificate.keyUsage ?? [])].sort();
      return unless(list(found) === list([...profile.keyUsage[kind]].sort()), list(found));
    },
  },
  {
    id: 'extKeyUsage',
    description: 'Extended key usage as in the profile.',
    citation: 'RFC 5280 4.2.1.12; profile',
    applies: always,
    check: ({ certificate, profile }) =>
      unless(
        list(certificate.extKeyUsage ?? []) === list(profile.extKeyUsage ?? []),
        list(certificate.extKeyUsage ?? []),
      ),
  },
  {
    id: 'basicConstraints',
    description: 'An authority says so without a path length; nobody else has the extension.',
    citation: 'RFC 5280 4.2.1.9; profile',
    applies: always,
    check: ({ certificate: { basicConstraints }, profile }) =>
      profile.ca
        ? unless(basicConstraints?.ca === true && basicConstraints.pathLength === undefined, 'no authority')
        : unless(basicConstraints === undefined, 'present'),
  },
  {
    id: 'policy',
    description: 'Exactly the one policy of the profile.',
    citation: 'RFC 5280 4.2.1.4; profile',
    applies: always,
    check: ({ certificate, profile }) => {
      const found = (certificate.policies ?? []).map((policy) => policy.oid);
      return unless(list(found) === list(profile.policy === undefined ? [] : [profile.policy]), list(found));
    },
  },
  {
    id: 'ski',
    description: 'The subject key identifier is SHA-1 of the public key.',
    citation: 'RFC 5280 4.2.1.2 (1)',
    applies: always,
    check: ({ certificate }) =>
      unless(same(certificate.subjectKeyIdentifier, keyIdentifier(certificate.spki)), 'another value'),
  },
  {
    id: 'aki',
    description: 'The authority key identifier names the issuing key; a root has none.',
    citation: 'RFC 5280 4.2.1.1; generations share one DN',
    applies: always,
    check: ({ certificate, issuer, profile }) =>
      profile.ca
        ? unless(certificate.authorityKeyIdentifier === undefined, 'a root with one')
        : unless(
            same(certificate.authorityKeyIdentifier?.keyIdentifier, issuer.subjectKeyIdentifier),
            'another key',
          ),
  },
  {
    id: 'crldp.name',
    description: 'A citizen’s CRL place is named by directory name, without an address.',
    citation: 'profile, section 9.1',
    applies: ({ profile }) => profile.citizen,
    check: ({ certificate }) => {
      const value = extension(certificate, ids.crlDistributionPoints);
      return unless(value !== undefined && !Buffer.from(value).includes('http'), 'an address');
    },
  },
  {
    id: 'crldp.address',
    description: 'Agencies’ and time stamps’ CRLs are found by an http address.',
    citation: 'profile, section 11.2',
    applies: only('agency', 'encryption', 'tsa'),
    check: ({ certificate }) => {
      const value = extension(certificate, ids.crlDistributionPoints);
      return unless(value !== undefined && Buffer.from(value).includes('http'), 'no address');
    },
  },
  {
    id: 'aia',
    description: 'OCSP is named in authentication and agency certificates, never in signature certificates.',
    citation: 'profile, sections 4, 5, 11.2',
    applies: endEntity,
    check: ({ certificate, name }) => {
      const expected = ['authentication', 'agency', 'encryption', 'tsa'].includes(name);
      const found = (certificate.authorityInfoAccess ?? []).some((a) => a.method === '1.3.6.1.5.5.7.48.1');
      return unless(found === expected, found ? 'present' : 'absent');
    },
  },
  {
    id: 'signature.subject',
    description: 'The subject is C, L, L, CN.',
    citation: 'profile, section 4',
    applies: only('signature'),
    check: ({ certificate }) => {
      const found = list(dnTypes(certificate));
      return unless(found === '2.5.4.6 2.5.4.7 2.5.4.7 2.5.4.3', found);
    },
  },
  {
    id: 'signature.commonName',
    description: 'The common name has 28 digits and is never the name.',
    citation: 'profile, section 4',
    applies: only('signature'),
    check: ({ certificate }) => unless(/^\d{28}$/.test(cnOf(certificate)), 'another shape'),
  },
  {
    id: 'signature.identity',
    description: 'The six identity items are there, in order, and flags are as long as their texts.',
    citation: 'profile, section 6',
    applies: only('signature'),
    check: ({ certificate }) => {
      const identity = readIdentity(certificate);
      if (identity === undefined) return 'none';
      if (!identity.ok) return identity.rule;
      const { name, nameSubstitution, address, addressSubstitution } = identity.value;
      if (name.length !== nameSubstitution.length) return 'flags of the name';
      if (address.length !== addressSubstitution.length) return 'flags of the address';
      const order = identityItemOrder(extension(certificate, ids.subjectAltName) ?? new Uint8Array());
      return unless(order.join() === identityOrder.join(), `order ${order.join()}`);
    },
  },
  {
    id: 'signature.repertoire',
    description: 'Name and address have only characters of JIS X 0208 and JIS X 0212.',
    citation: 'profile, section 6.3',
    applies: only('signature'),
    check: ({ certificate }) => {
      const identity = readIdentity(certificate);
      if (identity?.ok !== true) return undefined;
      const texts = identity.value.name + identity.value.address;
      return unless([...texts].every(isInRepertoire), 'a character outside');
    },
  },
  {
    id: 'authentication.subject',
    description: 'The subject is C, CN: no place, no name.',
    citation: 'profile, section 5',
    applies: only('authentication'),
    check: ({ certificate }) => {
      const found = list(dnTypes(certificate));
      return unless(found === '2.5.4.6 2.5.4.3', found);
    },
  },
  {
    id: 'authentication.commonName',
    description: 'The common name has 14 characters, a municipality code and 4 characters.',
    citation: 'profile, section 5',
    applies: only('authentication'),
    check: ({ certificate }) =>
      unless(/^[0-9A-Z]{14}\d{5}[0-9A-F]{4}$/.test(cnOf(certificate)), 'another shape'),
  },
  {
    id: 'citizen.country',
    description: 'The country is JP as PrintableString.',
    citation: 'profile, section 4',
    applies: citizenLeaf,
    check: ({ certificate }) => {
      const bytes = Buffer.from(certificate.subject.der);
      return unless(bytes.includes(Buffer.from('13024a50', 'hex')), 'another form');
    },
  },
  {
    id: 'agency.code',
    description: 'The subject carries the agency’s code.',
    citation: 'protocol: iss is the code in the certificate',
    applies: only('agency', 'encryption'),
    check: ({ certificate }) =>
      unless(
        /^[0-9A-Za-z-]{1,20}$/.test(agencyCodeOf(certificate) ?? ''),
        agencyCodeOf(certificate) ?? 'none',
      ),
  },
  {
    id: 'agency.hosts',
    description: 'At least one host; each a host name or an address.',
    citation: 'protocol 1: origin, intake and return stand in the SAN',
    applies: only('agency'),
    check: ({ certificate }) => unless(hostsOf(certificate).length > 0, 'none'),
  },
];

function extension(certificate: Certificate, oid: string): Uint8Array | undefined {
  return certificate.extensions.find((found) => found.oid === oid)?.value;
}

/** `rsa` or `ec` by the algorithm identifier in the SPKI. */
function keyKind(certificate: Certificate): string {
  const rsa = Buffer.from('06092a864886f70d010101', 'hex');
  return Buffer.from(certificate.spki).subarray(0, 24).includes(rsa) ? 'rsa' : 'ec';
}
