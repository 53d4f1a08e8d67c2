import { type LintRule, only, same, since, unless } from '../rule.js';

/** Roots of citizens, governors and offices, link and cross-certificates. */
export const authorityRules: readonly LintRule[] = [
  {
    id: 'authority.japaneseName',
    description:
      'The Japanese name stands as the one directory name of subjectAltName, and says 見本 (sample).',
    citation: 'profile, sections 2.2 and 3, extension 2; project decision',
    effective: since.jpki2016,
    applies: only('citizen-ca', 'governor-ca'),
    check: ({ certificate }) => {
      const names = certificate.subjectAltNames ?? [];
      const [name] = names;
      if (names.length !== 1 || name?.kind !== 'directoryName') return 'no directory name';
      const values = name.name.rdns.flat().map((attribute) => attribute.value);
      return unless(values[0] === 'JP' && (values.at(-1) ?? '').includes('見本'), values.join(' '));
    },
  },
  {
    id: 'authority.reconstructed',
    description: 'What is reconstructed says so in its name, and thereby in every certificate it issues.',
    citation: 'profile, section 2.3',
    effective: since.always,
    applies: only('governor-ca'),
    check: ({ certificate }) => {
      const units = certificate.subject.rdns.flat().map((attribute) => attribute.value);
      return unless(
        units.some((unit) => unit.includes('reconstructed')),
        units.join(' '),
      );
    },
  },
  {
    id: 'authority.selfSigned',
    description: 'A root’s issuer is itself.',
    citation: 'profile, section 3: subject = issuer',
    effective: since.always,
    applies: only('citizen-ca', 'governor-ca', 'root'),
    check: ({ certificate }) =>
      unless(same(certificate.issuer.der, certificate.subject.der), 'another issuer'),
  },
];
