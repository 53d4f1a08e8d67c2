import { access, extensionIds as ids, policyQualifiers } from '@madoguchi/pki/certificates';
import {
  always,
  extensionValue,
  type LintRule,
  type LintSubject,
  list,
  same,
  since,
  unless,
} from '../rule.js';

/** The one place of the CRL: a directory name's DER, an address, or undefined where it is anything else. */
function crlPlace({ certificate }: LintSubject): { name: Uint8Array } | { address: string } | undefined {
  const points = certificate.crlDistributionPoints ?? [];
  const [point] = points;
  if (point === undefined || points.length !== 1) return undefined;
  if (point.reasons !== undefined || point.crlIssuer !== undefined) return undefined;
  if (point.name === undefined || !('fullName' in point.name) || point.name.fullName.length !== 1)
    return undefined;
  const [full] = point.name.fullName;
  if (full?.kind === 'directoryName') return { name: full.name.der };
  return full?.kind === 'uniformResourceIdentifier' ? { address: full.value } : undefined;
}

/** What all profiles share in their extensions. */
export const extensionRules: readonly LintRule[] = [
  {
    id: 'extensions.list',
    description: 'Exactly the extensions of the profile, a citizen’s in their order.',
    citation: 'profile',
    effective: since.always,
    applies: always,
    check: ({ facts: { extensionIds: found }, profile }) => {
      const expected = profile.extensions.filter(
        ({ oid, optional }) => optional !== true || found.includes(oid),
      );
      // No extension stands twice: the reader refuses that.
      const kept =
        found.length === expected.length &&
        expected.every(({ oid }, index) => (profile.ordered ? found[index] === oid : found.includes(oid)));
      return unless(kept, () => list(found));
    },
  },
  {
    id: 'extensions.critical',
    description: 'Each extension is critical where the profile says so, and only there.',
    citation: 'profile',
    effective: since.always,
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
    effective: since.rfc5280,
    applies: always,
    check: ({ certificate, facts, profile }) => {
      const found = certificate.keyUsage ?? [];
      const expected = profile.keyUsage[facts.keyKind];
      const kept = found.length === expected.length && expected.every((usage) => found.includes(usage));
      return unless(kept, () => list(found));
    },
  },
  {
    id: 'extKeyUsage',
    description: 'Extended key usage as in the profile.',
    citation: 'RFC 5280 4.2.1.12; RFC 3161 2.3; RFC 6960 4.2.2.2; profile',
    effective: since.rfc5280,
    applies: always,
    check: ({ certificate, profile }) => {
      const found = certificate.extKeyUsage ?? [];
      const expected = profile.extKeyUsage ?? [];
      const kept =
        found.length === expected.length && expected.every((purpose, index) => found[index] === purpose);
      return unless(kept, () => list(found));
    },
  },
  {
    id: 'basicConstraints',
    description: 'An authority says so without a path length; nobody else has the extension.',
    citation: 'RFC 5280 4.2.1.9; profile, section 3',
    effective: since.rfc5280,
    applies: always,
    check: ({ certificate: { basicConstraints }, profile }) =>
      profile.ca
        ? unless(basicConstraints?.ca === true && basicConstraints.pathLength === undefined, 'no authority')
        : unless(basicConstraints === undefined, 'present'),
  },
  {
    id: 'policy',
    description: 'Exactly one policy, one of the profile’s.',
    citation: 'RFC 5280 4.2.1.4; profile',
    effective: since.rfc5280,
    applies: always,
    check: ({ certificate, profile }) => {
      const found = (certificate.policies ?? []).map((policy) => policy.oid);
      const kept =
        profile.policies === undefined
          ? found.length === 0
          : found.length === 1 && profile.policies.includes(found[0] ?? '');
      return unless(kept, () => list(found));
    },
  },
  {
    id: 'policy.cps',
    description:
      'A citizen’s policy names the practice statement by an http address (IA5String); others have no qualifier.',
    citation: 'profile, section 4: CPS qualifier',
    effective: since.jpki2016,
    applies: ({ profile }) => profile.policies !== undefined,
    check: ({ certificate, profile }) => {
      const qualifiers = certificate.policies?.[0]?.qualifiers ?? [];
      if (!profile.cps) return unless(qualifiers.length === 0, 'a qualifier');
      const [first] = qualifiers;
      const ia5String = 0x16;
      const text = Buffer.from(first?.value ?? [])
        .subarray(2)
        .toString('latin1');
      const isAddress = first?.value[0] === ia5String && /^https?:\/\//.test(text);
      const kept = qualifiers.length === 1 && first?.oid === policyQualifiers.cps && isAddress;
      return unless(kept, 'no address');
    },
  },
  {
    id: 'ski',
    description: 'The subject key identifier is SHA-1 of the public key.',
    citation: 'RFC 5280 4.2.1.2 (1); profile: 20 octets',
    effective: since.rfc5280,
    applies: always,
    check: ({ certificate, facts }) =>
      unless(same(certificate.subjectKeyIdentifier, facts.keyId), 'another value'),
  },
  {
    id: 'aki',
    description:
      'The authority key identifier names the issuing key; a citizen’s also its issuer and serial number; a root has none.',
    citation: 'RFC 5280 4.2.1.1; profile, sections 3 to 5: generations share one DN',
    effective: since.rfc5280,
    applies: always,
    check: ({ certificate, issuer, profile }) => {
      const found = certificate.authorityKeyIdentifier;
      if (profile.authorityKey === 'none') return unless(found === undefined, 'a root with one');
      if (!same(found?.keyIdentifier, issuer.subjectKeyIdentifier)) return 'another key';
      if (profile.authorityKey === 'key') {
        return unless(found?.issuer === undefined && found?.serial === undefined, 'more than the key');
      }
      const [name] = found?.issuer ?? [];
      const named = name?.kind === 'directoryName' && same(name.name.der, issuer.issuer.der);
      return unless(named && same(found?.serial, issuer.serial), 'not the issuer’s issuer and serial number');
    },
  },
  {
    id: 'crldp',
    description:
      'The place of the list: an authority’s own name or its issuer’s, a citizen’s partition by directory name, an address for offices.',
    citation: 'profile, sections 3 to 5, 9.1 and 11.2',
    effective: since.jpki2016,
    applies: always,
    check: (subject) => {
      const { certificate, issuer, profile } = subject;
      const place = crlPlace(subject);
      switch (profile.crlPlace) {
        case 'none':
          return unless(certificate.crlDistributionPoints === undefined, 'present');
        case 'address':
          return unless(
            place !== undefined && 'address' in place && /^https?:\/\//.test(place.address),
            'no address',
          );
        case 'own':
          return unless(
            place !== undefined && 'name' in place && same(place.name, certificate.subject.der),
            'another place',
          );
        case 'issuer':
          return unless(
            place !== undefined && 'name' in place && same(place.name, issuer.subject.der),
            'another place',
          );
        case 'partition':
          return unless(place !== undefined && 'name' in place, 'no directory name');
      }
    },
  },
  {
    id: 'aia',
    description: 'OCSP is named in authentication and office certificates, never in signature certificates.',
    citation: 'profile, sections 4, 5, 11.2',
    effective: since.jpki2016,
    applies: ({ profile }) => !profile.ca,
    check: ({ certificate, profile }) => {
      const found = certificate.authorityInfoAccess ?? [];
      const [first] = found;
      const named =
        found.length === 1 &&
        first?.method === access.ocsp &&
        first.location.kind === 'uniformResourceIdentifier' &&
        /^https?:\/\//.test(first.location.value);
      return unless(
        profile.ocsp ? named : found.length === 0,
        found.length === 0 ? 'absent' : 'present or another',
      );
    },
  },
  {
    id: 'name.distinct',
    description: 'Only roots and link certificates have the same name as issuer and subject.',
    citation: 'RFC 5280 3.2: self-issued certificates',
    effective: since.rfc5280,
    applies: always,
    check: ({ certificate, name, profile }) => {
      const isSelf = same(certificate.subject.der, certificate.issuer.der);
      return unless(
        isSelf === (profile.authorityKey === 'none' || name === 'link'),
        isSelf ? 'the same' : 'others',
      );
    },
  },
  {
    id: 'mappings',
    description:
      'Policies are mapped only between the domains of the two bridges, each policy once, never anyPolicy.',
    citation: 'RFC 5280 4.2.1.5; profile, section 10',
    effective: since.rfc5280,
    applies: ({ certificate }) => extensionValue(certificate, ids.policyMappings) !== undefined,
    check: ({ certificate, profile }) => {
      const found = certificate.policyMappings ?? [];
      const [own] = certificate.policies ?? [];
      const kept =
        found.length === 1 &&
        found.every(
          ({ issuer, subject }) =>
            issuer === own?.oid && subject !== issuer && (profile.policies ?? []).includes(subject),
        );
      return unless(kept, list(found.map(({ issuer, subject }) => `${issuer}→${subject}`)));
    },
  },
];
