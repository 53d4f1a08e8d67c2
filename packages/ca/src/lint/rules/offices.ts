import { agencyCodeOf, hostsOf, extensionIds as ids, nameValues } from '@madoguchi/pki/certificates';
import { extensionValue, type LintRule, only, since, unless } from '../rule.js';

/** Agencies, their encryption keys, responders and time stamps. */
export const officeRules: readonly LintRule[] = [
  {
    id: 'agency.code',
    description: 'The subject carries the agency’s code.',
    citation: 'protocol 1: iss is the code in the certificate',
    effective: since.always,
    applies: only('agency', 'official', 'encryption'),
    check: ({ certificate }) => {
      const code = agencyCodeOf(certificate) ?? '';
      return unless(/^[0-9A-Za-z-]{1,20}$/.test(code), code || 'none');
    },
  },
  {
    id: 'agency.hosts',
    description: 'At least one host; each a host name or an address.',
    citation: 'protocol 1: origin, intake and return stand in the SAN',
    effective: since.always,
    applies: only('agency', 'official'),
    check: ({ certificate }) => unless(hostsOf(certificate).length > 0, 'none'),
  },
  {
    id: 'ocsp.nocheck',
    description: 'id-pkix-ocsp-nocheck is NULL, and the responder’s name is below its issuer’s.',
    citation: 'RFC 6960 4.2.2.2.1; profile, section 11.2',
    effective: since.rfc6960,
    applies: only('ocsp'),
    check: ({ certificate }) => {
      const value = Buffer.from(extensionValue(certificate, ids.ocspNoCheck) ?? []).toString('hex');
      return unless(
        value === '0500' && nameValues(certificate.subject, '2.5.4.3').length === 1,
        value || 'none',
      );
    },
  },
  {
    id: 'tsa.purpose',
    description:
      'Time stamping is the only purpose and critical, and the usage is digitalSignature and/or nonRepudiation.',
    citation: 'RFC 3161 2.3; profile, section 11.2',
    effective: since.rfc3161,
    applies: only('tsa'),
    check: ({ certificate }) => {
      const purposes = certificate.extensions.find(({ oid }) => oid === ids.extKeyUsage);
      const usages = certificate.keyUsage ?? [];
      const kept =
        purposes?.critical === true &&
        certificate.extKeyUsage?.length === 1 &&
        usages.every((usage) => usage === 'digitalSignature' || usage === 'nonRepudiation');
      return unless(kept, usages.join(' ') || 'no usage');
    },
  },
];
