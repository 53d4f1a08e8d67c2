/** A certificate in words, for `card cert --text` and `cert show`. */
import { type Certificate, nameToString, parseCertificate, readIdentity, serialHex } from '@madoguchi/pki';
import { CommandError } from '../cli/command.js';
import { derValues } from '../cli/input.js';

export function toPem(der: Uint8Array): string {
  const base64 = Buffer.from(der)
    .toString('base64')
    .replace(/(.{64})/g, '$1\n')
    .trimEnd();
  return `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----\n`;
}

/** DER or PEM, as files come. */
export function fromPemOrDer(bytes: Uint8Array): Uint8Array {
  return derValues(bytes, ['CERTIFICATE'])[0] ?? bytes;
}

/** Ends the command when these bytes are no certificate. */
export function parsed(der: Uint8Array): Certificate {
  const result = parseCertificate(der);
  if (!result.ok) {
    throw new CommandError('no', `This is not a certificate: ${result.rule} at byte ${result.offset}.`);
  }
  return result.value;
}

/** Every field as plain data; byte strings in hexadecimal. */
export function certificateDocument(der: Uint8Array): Record<string, unknown> {
  const certificate = parsed(der);
  const identity = readIdentity(certificate);
  return {
    version: certificate.version,
    serial: serialHex(certificate),
    issuer: nameToString(certificate.issuer),
    subject: nameToString(certificate.subject),
    notBefore: certificate.notBefore.toISOString(),
    notAfter: certificate.notAfter.toISOString(),
    signatureAlgorithm: certificate.signatureAlgorithm ?? null,
    keyUsage: certificate.keyUsage ?? null,
    extKeyUsage: certificate.extKeyUsage ?? null,
    basicConstraints: certificate.basicConstraints ?? null,
    policies: certificate.policies?.map((policy) => policy.oid) ?? null,
    subjectKeyIdentifier: hex(certificate.subjectKeyIdentifier),
    authorityKeyIdentifier: hex(certificate.authorityKeyIdentifier?.keyIdentifier),
    identity: identity === undefined ? null : identity.ok ? identity.value : { fault: identity.rule },
    extensions: certificate.extensions.map(({ oid, critical, value }) => ({
      oid,
      critical,
      value: hex(value),
    })),
  };
}

function hex(bytes: Uint8Array | undefined): string | null {
  return bytes === undefined ? null : Buffer.from(bytes).toString('hex');
}

const identityLabels = {
  name: '氏名',
  nameSubstitution: '氏名の代替文字 (1: substituted)',
  address: '住所',
  addressSubstitution: '住所の代替文字 (1: substituted)',
  birthDate: '生年月日',
  sex: '性別',
} as const;

function identityLines(der: Uint8Array): string[] {
  const identity = readIdentity(parsed(der));
  if (identity === undefined) return [];
  if (!identity.ok) return [`identity  cannot be read: ${identity.rule}`];
  const { value } = identity;
  return Object.entries(identityLabels).map(
    ([key, label]) => `${label}: ${value[key as keyof typeof identityLabels] || '—'}`,
  );
}

export function certificateLines(der: Uint8Array): string[] {
  const { identity: _, ...document } = certificateDocument(der);
  const line = (value: unknown): string =>
    value === null ? '—' : typeof value === 'object' ? JSON.stringify(value) : String(value);
  const fields = Object.entries(document).flatMap(([key, value]) =>
    key === 'extensions' && Array.isArray(value)
      ? ['extensions', ...value.map((each: unknown) => `  ${line(each)}`)]
      : [`${key.padEnd(24)} ${line(value)}`],
  );
  return [...fields, ...identityLines(der)];
}
