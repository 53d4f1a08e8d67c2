import { writeGeneralName } from '../certificate/general-name.js';
import type { CertificateTemplate } from '../certificate/issue.js';
import type { Certificate } from '../certificate/parse.js';
import { oid, sequence } from '../der/write.js';
import { extensionIds } from '../oids.js';
import { authorityKey, caTrue, crlDistributionPoint, keyUsage, subjectKey } from './extensions.js';

interface CaInput {
  serial: Uint8Array;
  /** The key that is certified. */
  publicKey: Uint8Array;
  issuer: Certificate;
  notBefore: Date;
  notAfter: Date;
}

/**
 * A CA certificate under another CA (a bridge, or mutual certification). `subject` is a Name in DER. With an authorityKeyIdentifier, which
 * strict judges want. `policies` are the issuer's; each may be mapped to one of the subject's.
 */
export function crossTemplate(
  input: CaInput & {
    subject: Uint8Array;
    pathLength?: number;
    policies?: readonly { oid: string; mapsTo?: string }[];
  },
): CertificateTemplate {
  const { serial, publicKey, issuer, subject, notBefore, notAfter, policies = [] } = input;
  const mappings = policies.flatMap(({ oid: from, mapsTo }) =>
    mapsTo === undefined ? [] : [sequence(oid(from), oid(mapsTo))],
  );
  const list = sequence(...policies.map((each) => sequence(oid(each.oid))));
  return {
    serial,
    issuer: issuer.subject.der,
    subject,
    notBefore,
    notAfter,
    publicKey,
    extensions: [
      keyUsage('keyCertSign', 'cRLSign'),
      caTrue(input.pathLength),
      ...(policies.length === 0
        ? []
        : [{ oid: extensionIds.certificatePolicies, critical: true, value: list }]),
      ...(mappings.length === 0
        ? []
        : [{ oid: extensionIds.policyMappings, critical: true, value: sequence(...mappings) }]),
      crlDistributionPoint(writeGeneralName.directory(issuer.subject.der)),
      authorityKey(issuer),
      subjectKey(publicKey),
    ],
  };
}

/** One generation's key certified by another of the same CA: issuer and subject are the same name. */
export function linkTemplate(input: CaInput): CertificateTemplate {
  return crossTemplate({ ...input, subject: input.issuer.subject.der });
}
