import { issuerAttributes } from '../facts.js';
import { always, type LintRule, list, same, since, unless } from '../rule.js';

const organization = '2.5.4.10';
const country = '2.5.4.6';
const printable = 0x13;
const utf8 = 0x0c;

/** DER content of 1.2.392.200149.8.5.1: production policies. */
const productionArc = '1.2.392.200149.8.5.1.';

/** Version, serial number, algorithms, names, validity and key: what stands before the extensions. */
export const fieldRules: readonly LintRule[] = [
  {
    id: 'version',
    description: 'The certificate is of version 3.',
    citation: 'RFC 5280 4.1.2.1',
    effective: since.rfc5280,
    applies: always,
    check: ({ certificate }) => unless(certificate.version === 3, `version ${certificate.version}`),
  },
  {
    id: 'serial',
    description: 'The serial number is positive and has at most 20 octets, a citizen’s at most 4.',
    citation: 'RFC 5280 4.1.2.2; profile: 4 octets seen',
    effective: since.rfc5280,
    applies: always,
    check: ({ certificate: { serial }, profile }) => {
      const positive = (serial[0] ?? 0x80) < 0x80 && serial.some((octet) => octet !== 0);
      return unless(positive && serial.length <= profile.serialOctets, `${serial.length} octets`);
    },
  },
  {
    id: 'signature.algorithm',
    description: 'The signature uses SHA-2, with RSA (PKCS #1 v1.5) or ECDSA.',
    citation: 'profile, sections 3 and 8; SHA-1 is only ever verified',
    effective: since.always,
    applies: always,
    check: ({ certificate }) => {
      const algorithm = certificate.signatureAlgorithm;
      return unless(/^(rsa|ecdsa)-sha(256|384|512)$/.test(algorithm ?? ''), algorithm ?? 'unknown algorithm');
    },
  },
  {
    id: 'issuer',
    description: 'The issuer is the subject of the issuing certificate, byte for byte.',
    citation: 'RFC 5280 4.1.2.4, 6.1.3',
    effective: since.rfc5280,
    applies: always,
    check: ({ certificate, issuer }) =>
      unless(same(certificate.issuer.der, issuer.subject.der), 'another name'),
  },
  {
    id: 'subject.shape',
    description: 'The subject has the attributes of the profile, in their order, each in an RDN of its own.',
    citation: 'profile, sections 3 to 5 and 11',
    effective: since.always,
    applies: ({ profile }) => profile.subject !== undefined,
    check: ({ certificate, profile }) => {
      const { rdns } = certificate.subject;
      const expected = profile.subject ?? [];
      const kept =
        rdns.length === expected.length &&
        rdns.every((rdn, index) => rdn.length === 1 && rdn[0]?.type === expected[index]);
      return unless(kept, () => list(rdns.map((rdn) => rdn.map(({ type }) => type).join('+'))));
    },
  },
  {
    id: 'name.strings',
    description:
      'The country is JP as PrintableString; serial numbers are PrintableString, everything else UTF8String.',
    citation: 'RFC 5280 4.1.2.4; profile, sections 3 and 4',
    effective: since.rfc5280,
    applies: always,
    check: ({ facts }) => {
      const wrong = facts.attributes.find(({ type, tag, value }) => {
        if (type === country) return tag !== printable || value !== 'JP';
        return type === '2.5.4.5' ? tag !== printable : tag !== utf8;
      });
      return wrong?.type;
    },
  },
  {
    id: 'demo.name',
    description: 'Issuer and authority names say JPKI-DEMO: nothing may look like production.',
    citation: 'project decision',
    effective: since.always,
    applies: always,
    check: ({ issuer }) => {
      const found = issuerAttributes(issuer).filter((attribute) => attribute.type === organization);
      return unless(found.length === 1 && found[0]?.value === 'JPKI-DEMO', () =>
        list(found.map((o) => o.value)),
      );
    },
  },
  {
    id: 'demo.policy',
    description: 'No policy of the production arc.',
    citation: 'project decision',
    effective: since.always,
    applies: always,
    check: ({ certificate }) =>
      certificate.policies?.find((policy) => policy.oid.startsWith(productionArc))?.oid,
  },
  {
    id: 'validity.order',
    description: 'It ends after it begins.',
    citation: 'RFC 5280 4.1.2.5',
    effective: since.rfc5280,
    applies: always,
    check: ({ certificate }) => unless(certificate.notAfter > certificate.notBefore, 'it ends first'),
  },
  {
    id: 'validity.form',
    description: 'Times before 2050 are UTCTime with seconds, later ones GeneralizedTime.',
    citation: 'RFC 5280 4.1.2.5',
    effective: since.rfc5280,
    applies: always,
    check: ({ certificate: { notBefore, notAfter }, facts }) => {
      const years = [notBefore.getUTCFullYear(), notAfter.getUTCFullYear()];
      const wrong = facts.times.find(({ tag, text }, index) =>
        (years[index] ?? 0) < 2050 ? tag !== 0x17 || !/^\d{12}Z$/.test(text) : tag !== 0x18,
      );
      return wrong?.text;
    },
  },
  {
    id: 'validity.issuer',
    description: 'It does not begin before nor outlive its issuer’s.',
    citation: 'shell model; RFC 5280 6.1',
    effective: since.rfc5280,
    applies: always,
    check: ({ certificate, issuer }) =>
      unless(
        certificate.notAfter <= issuer.notAfter && certificate.notBefore >= issuer.notBefore,
        () => `${certificate.notBefore.toISOString()} to ${certificate.notAfter.toISOString()}`,
      ),
  },
  {
    id: 'validity.length',
    description: 'It is not longer than the profile allows.',
    citation: 'profile: fifth birthday after issue, three years in 2008; ten years for authorities',
    effective: since.always,
    applies: always,
    check: ({ certificate, profile }) => {
      const end = new Date(certificate.notBefore);
      end.setUTCFullYear(end.getUTCFullYear() + profile.longestYears);
      // The last day counts to its end in Japan.
      return unless(certificate.notAfter.getTime() <= end.getTime() + 24 * 3600_000, () =>
        certificate.notAfter.toISOString(),
      );
    },
  },
  {
    id: 'validity.day',
    description: 'An authority’s certificate ends with a day in Japan: 14:59:59 UTC.',
    citation: 'profile, section 3: notAfter always 14:59:59Z',
    effective: since.jpki2016,
    applies: ({ profile }) => profile.endsWithDay,
    check: ({ certificate: { notAfter } }) =>
      unless((notAfter.getTime() + 9 * 3600_000 + 1000) % 86_400_000 === 0, () => notAfter.toISOString()),
  },
  {
    id: 'key',
    description: 'The public key is of an allowed kind and not weak.',
    citation: 'profile: RSA-2048 with exponent 65537, P-384; CVE-2017-15361; project: key quality',
    effective: since.always,
    applies: always,
    check: ({ facts }) => facts.keyFault,
  },
];
